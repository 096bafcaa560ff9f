import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Credential, LeasedDocument } from './decide.ts';
import { failureError, toFailure } from './failure.ts';
import type { Fetched, Fetcher } from './fetchers.ts';
import type { Sealer } from './sealing.ts';
import { FETCH_TIMEOUT_MS } from './timing.ts';
import type { TokenStore } from './token-store.ts';

/**
 * Asks WeChat under a lease and writes down what came of it.
 *
 * @returns the new credential; `undefined` if the attempt must look again, since the document says
 * what to do.
 * @throws AppError if the failure could not be written down
 */
export async function fetchUnderLease(
  granted: LeasedDocument,
  using: {
    readonly fetcher: Fetcher;
    readonly tokens: TokenStore;
    readonly sealer: Sealer;
    readonly clock: Clock;
    readonly random: () => number;
    readonly log: Log;
  },
): Promise<Credential | undefined> {
  const { fetcher, tokens, sealer, clock, random, log } = using;
  const { kind } = fetcher;
  let leased = granted;
  let issuedAt = clock.now();
  if (isTooLate(leased, issuedAt)) return undefined;
  let fetched: Fetched;
  log.debug('asking WeChat', { count: leased.generation });
  try {
    fetched = await fetcher.fetch();
    const isTheRefused =
      leased.isRefused && tokens.open(leased)?.token.equals(fetched.token.reveal());
    if (isTheRefused && fetcher.force) {
      const counted = await tokens.countForced(leased);
      if (typeof counted === 'string') return undefined;
      leased = counted;
      issuedAt = clock.now();
      // A forced refresh now would kill the token of an instance that has asked meanwhile.
      if (isTooLate(leased, issuedAt)) return undefined;
      fetched = await fetcher.force();
      log.warn('token refresh forced', { count: leased.forced?.count ?? 0 });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { failure: previous } = leased;
    const failure = toFailure(error, { now: clock.now(), keyId: sealer.keyId, previous, random });
    const explained = failureError(kind, failure);
    log.error('token not renewed', { errcode: failure.errcode, error: explained });
    if ((await tokens.giveUp(leased, failure)) === 'unknown') throw explained;
    return undefined;
  }
  const generation = leased.generation + 1;
  const expiresAt = issuedAt + Math.floor(fetched.expiresInSeconds * 1_000);
  const sealedToken = sealer.seal({ purpose: kind, generation }, fetched.token);
  const renewed: Credential = { generation, token: fetched.token, issuedAt, expiresAt };
  const written = await tokens.complete(leased, { sealedToken, issuedAt, expiresAt });
  const fields = { count: generation, ms: clock.now() - issuedAt };
  if (written === 'written') {
    log.info('token renewed', fields);
    return renewed;
  }
  log.warn('token not stored', { ...fields, reason: written });
  // The store is gone. While the lease lasts no other instance can have asked WeChat, so that this
  // one alone may serve what it has got, until they agree again.
  const isAlone = written === 'unknown' && clock.now() < leased.lease.until;
  return isAlone ? renewed : undefined;
}

/** The instance was frozen since it wrote the lease: an answer might come when another one is asking. */
function isTooLate({ lease }: LeasedDocument, now: number): boolean {
  return now + FETCH_TIMEOUT_MS > lease.until;
}
