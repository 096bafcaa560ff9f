import type { Audit as WriteAudit } from '../kernel/app.ts';
import { chinaDate } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log, LogFields } from '../kernel/log.ts';
import { SCHEME } from '../proxy-sdk/canonical.ts';
import type { Store } from '../store/store.ts';
import { endpoints } from '../wechat/catalogue/endpoints.ts';
import { checkAccess, checkDoor } from './access.ts';
import { allowancesFor } from './allowance.ts';
import type { Authenticate, Identity } from './authenticate.ts';
import type { Breaker } from './breaker.ts';
import type { Forward } from './forward.ts';
import type { Idempotency } from './idempotency.ts';
import type { Limiter } from './limiter.ts';
import { UsedNonces, useNonce } from './nonces.ts';
import type { OwnEndpoints } from './own-endpoints.ts';
import { Refusal } from './refusal.ts';
import { passOn, refuse, signAnswer } from './respond.ts';
import { nameOf, type PassedTarget, type ProxyPath, readPath, resolve } from './route.ts';
import type { Scrubber } from './scrub.ts';

export interface HandlerOptions {
  readonly authenticate: Authenticate;
  readonly limiter: Limiter;
  readonly store: Pick<Store, 'create'>;
  readonly ownEndpoints: OwnEndpoints;
  readonly idempotency: Idempotency;
  readonly breaker: Breaker;
  readonly forward: Forward;
  readonly scrubber: Pick<Scrubber, 'scrub'>;
  readonly audit?: WriteAudit | undefined;
  /** Until when the scheme v1 is taken, in ms since the epoch. */
  readonly v1Until: number;
  readonly clock: Clock;
  readonly log: Log;
}

const AUDITED = /^(?:menu|massSend|publish)\./;

function isAudited(name: string): boolean {
  const endpoint = endpoints.find((each) => each.name === name)?.endpoint;
  return AUDITED.test(name) && endpoint?.access !== 'read';
}

type Audit = { -readonly [Field in keyof LogFields]: LogFields[Field] };

/**
 * One request of a business system: its path, its client, what that client may call and how often,
 * whether it is a replay; then the proxy answers itself or passes it on to WeChat. The first step
 * that refuses ends it.
 */
export function createHandler(options: HandlerOptions): HttpHandler {
  const { clock, log } = options;
  const usedNonces = new UsedNonces(clock);
  /** Clients whose operator this instance has told that their scheme ends. */
  const warned = new Set<string>();

  return async (request) => {
    const startedAt = clock.now();
    const audit: Audit = { requestId: request.requestId };
    let identity: Identity | undefined;
    let response: HttpResponse;
    try {
      const address = readPath(request.path);
      identity = await options.authenticate(request);
      response = await run(address, identity, request, audit);
    } catch (error) {
      response = refuse(error, request.requestId);
      audit.reason = error instanceof Refusal ? error.reason : 'failed';
      if (!(error instanceof Refusal) || error.status >= 500) audit.error = error;
    }
    const { status, body } = response;
    const ms = clock.now() - startedAt;
    if (identity) await writeAudit(identity, audit, status);
    const line = { ...audit, status, ms, bytes: Buffer.byteLength(body) };
    if (status >= 500) log.error('proxy call', line);
    else if (status >= 400) log.warn('proxy call', line);
    else log.info('proxy call', line);
    return identity ? signAnswer(response, identity) : response;
  };

  /** Once for each client and instance: its operator has to act, and not to read it with every call. */
  function warnOfEnd(client: string): void {
    if (warned.has(client)) return;
    warned.add(client);
    const lastDay = chinaDate(options.v1Until - 1);
    const reason = `It signs by the scheme v1, which is taken until ${lastDay}: give it a client library or recipe of v2 (docs/proxy.md).`;
    log.warn('signing scheme ends', { client, reason });
  }

  /** What changes the account's menus, or sends to everybody, goes into the audit trail. */
  async function writeAudit({ client }: Identity, audit: Audit, status: number): Promise<void> {
    const { endpoint = '', errcode = 0, requestId } = audit;
    if (!options.audit || !isAudited(endpoint)) return;
    const isDone = status === 200 && errcode === 0;
    const act = { actor: `client ${client._id}`, action: endpoint, requestId };
    try {
      await options.audit({
        ...act,
        outcome: isDone ? 'ok' : status < 500 ? 'invalid' : 'upstream',
      });
    } catch (error) {
      log.error('audit trail not written', { client: client._id, endpoint, error });
    }
  }

  async function run(
    address: ProxyPath,
    identity: Identity,
    request: HttpRequest,
    audit: Audit,
  ): Promise<HttpResponse> {
    const { client } = identity;
    audit.client = client._id;
    if (identity.scheme !== SCHEME) audit.details = { scheme: identity.scheme };
    if (identity.scheme === 'v1') warnOfEnd(client._id);
    const target = resolve(request.method, address);
    audit.endpoint = nameOf(target);
    checkAccess(client, target);
    checkDoor(identity, target);
    usedNonces.check(identity);
    const giveBack = await options.limiter.take(client, allowancesFor(client, target));
    try {
      await useNonce(options.store, identity);
      usedNonces.note(identity);
      return target.kind === 'own'
        ? await options.ownEndpoints(target.operation, identity, request)
        : await pass(target, client._id, request, audit);
    } catch (error) {
      // Nothing was passed on, so nothing was spent.
      if (error instanceof Refusal) giveBack();
      throw error;
    }
  }

  /** To WeChat and back: once for each key, unless WeChat is down, and never with a token in the answer. */
  async function pass(
    target: PassedTarget,
    client: string,
    request: HttpRequest,
    audit: Audit,
  ): Promise<HttpResponse> {
    const { idempotency, breaker, forward, scrubber } = options;
    const answer = await idempotency(client, target, request, async () => {
      const raw = await breaker(target, () => forward(target, request));
      return scrubber.scrub(target, raw);
    });
    audit.errcode = answer.errcode;
    audit.rid = answer.rid;
    const response = passOn(answer);
    if (!answer.isReplay) return response;
    audit.reason = 'repeated';
    return { ...response, headers: { ...response.headers, 'idempotent-replayed': 'true' } };
  }
}
