import type { Clock } from '../kernel/clock.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log, LogFields } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import { checkAccess } from './access.ts';
import type { Authenticate, Identity } from './authenticate.ts';
import type { Answer, Passable } from './forward.ts';
import { useNonce } from './nonces.ts';
import type { Own } from './own.ts';
import { passOn, refuse } from './respond.ts';
import { readPath, resolve, type Target } from './route.ts';
import { nameOf } from './scrub.ts';

export interface HandlerOptions {
  readonly authenticate: Authenticate;
  readonly store: Pick<Store, 'create'>;
  readonly own: Own;
  /** Passes a call on to WeChat; what it gives has no token in it. */
  readonly forward: (target: Passable, request: HttpRequest) => Promise<Answer>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * One request of a business system: its path, who asks, what they may, how much, whether it is a
 * replay; then WeChat. Each step only narrows, and the first that refuses is the last.
 */
export function createHandler(options: HandlerOptions): HttpHandler {
  const { clock, log } = options;

  return async (request) => {
    const startedAt = clock.now();
    const audit: { -readonly [Field in keyof LogFields]: LogFields[Field] } = {
      requestId: request.requestId,
    };
    let response: HttpResponse;
    try {
      response = await run(request, audit);
    } catch (error) {
      response = refuse(error, request.requestId);
      audit.error = error;
    }
    const { status, body } = response;
    const fields = {
      ...audit,
      status,
      ms: clock.now() - startedAt,
      bytes: Buffer.byteLength(body),
    };
    log[status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info']('proxy call', fields);
    return response;
  };

  async function run(
    request: HttpRequest,
    audit: { -readonly [Field in keyof LogFields]: LogFields[Field] },
  ): Promise<HttpResponse> {
    const address = readPath(request.path);
    const identity = await options.authenticate(request);
    audit.client = identity.client._id;
    const target = resolve(request.method, address);
    audit.endpoint = target.kind === 'own' ? target.right : nameOf(target);
    checkAccess(identity.client, target);
    await useNonce(options.store, identity);
    return pass(target, identity, request, audit);
  }

  async function pass(
    target: Target,
    identity: Identity,
    request: HttpRequest,
    audit: { errcode?: number | undefined; rid?: string | undefined },
  ): Promise<HttpResponse> {
    if (target.kind === 'own') return options.own(target.operation, identity, request);
    const answer = await options.forward(target, request);
    audit.errcode = answer.errcode;
    audit.rid = answer.rid;
    return passOn(answer);
  }
}
