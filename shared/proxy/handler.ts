import type { Clock } from '../kernel/clock.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log, LogFields } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import { checkAccess } from './access.ts';
import { allowancesFor } from './allowance.ts';
import type { Authenticate, Identity } from './authenticate.ts';
import type { Passable } from './forward.ts';
import type { Outcome } from './idempotency.ts';
import type { Limiter } from './limiter.ts';
import { useNonce } from './nonces.ts';
import type { Own } from './own-endpoints.ts';
import { Refusal } from './refusal.ts';
import { passOn, refuse } from './respond.ts';
import { readPath, resolve, type Target } from './route.ts';
import { nameOf } from './scrub.ts';

export interface HandlerOptions {
  readonly authenticate: Authenticate;
  readonly limiter: Limiter;
  readonly store: Pick<Store, 'create'>;
  readonly own: Own;
  /** Passes a call on to WeChat; what it gives has no token in it. */
  readonly forward: (client: string, target: Passable, request: HttpRequest) => Promise<Outcome>;
  readonly clock: Clock;
  readonly log: Log;
}

type Audit = { -readonly [Field in keyof LogFields]: LogFields[Field] };

/**
 * One request of a business system: its path, who asks, what they may, how much, whether it is a
 * replay; then WeChat. Each step only narrows, and the first that refuses is the last.
 */
export function createHandler(options: HandlerOptions): HttpHandler {
  const { clock, log } = options;

  return async (request) => {
    const startedAt = clock.now();
    const audit: Audit = { requestId: request.requestId };
    let response: HttpResponse;
    try {
      response = await run(request, audit);
    } catch (error) {
      response = refuse(error, request.requestId);
      audit.reason = error instanceof Refusal ? error.reason : 'failed';
      if (!(error instanceof Refusal) || error.status >= 500) audit.error = error;
    }
    const { status, body } = response;
    const ms = clock.now() - startedAt;
    const line = { ...audit, status, ms, bytes: Buffer.byteLength(body) };
    if (status >= 500) log.error('proxy call', line);
    else if (status >= 400) log.warn('proxy call', line);
    else log.info('proxy call', line);
    return response;
  };

  async function run(request: HttpRequest, audit: Audit): Promise<HttpResponse> {
    const address = readPath(request.path);
    const identity = await options.authenticate(request);
    const { client } = identity;
    audit.client = client._id;
    const target = resolve(request.method, address);
    audit.endpoint = target.kind === 'own' ? target.right : nameOf(target);
    checkAccess(client, target);
    const allowances = allowancesFor(client, target);
    const giveBack = await options.limiter.take(client, allowances);
    try {
      await useNonce(options.store, identity);
      return await pass(target, identity, request, audit);
    } catch (error) {
      // Nothing was passed on, so nothing was spent.
      if (error instanceof Refusal) giveBack();
      throw error;
    }
  }

  async function pass(
    target: Target,
    identity: Identity,
    request: HttpRequest,
    audit: Audit,
  ): Promise<HttpResponse> {
    if (target.kind === 'own') return options.own(target.operation, identity, request);
    const answer = await options.forward(identity.client._id, target, request);
    audit.errcode = answer.errcode;
    audit.rid = answer.rid;
    const response = passOn(answer);
    if (!answer.isReplay) return response;
    audit.reason = 'repeated';
    return { ...response, headers: { ...response.headers, 'idempotent-replayed': 'true' } };
  }
}
