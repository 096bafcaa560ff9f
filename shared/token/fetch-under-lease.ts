import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { withinTime } from '../kernel/time-limit.ts';
import type { Credential } from './decide.ts';
import { explain, toFailure } from './failure.ts';
import type { Fetched, Fetcher } from './fetcher.ts';
import type { Open } from './opener.ts';
import type { Sealer } from './sealing.ts';
import { FETCH_TIMEOUT_MS } from './timing.ts';
import type { Ledger, Taken } from './token-store.ts';

/**
 * Asks WeChat under a lease and writes down what came of it. `undefined`: look again, the document
 * says what to do.
 *
 * @throws AppError if the failure could not be written down
 */
export type Ask = (granted: Taken) => Promise<Credential | undefined>;

export function createAsker(options: {
  readonly fetcher: Fetcher;
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly open: Open;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}): Ask {
  const { fetcher, ledger, sealer, open, clock, random, log } = options;
  const { kind } = fetcher;

  return async function ask(granted) {
    let taken = granted;
    let issuedAt = clock.now();
    if (isTooLate(taken, issuedAt)) return undefined;
    let fetched: Fetched;
    log.debug('asking WeChat', { count: taken.doc.generation });
    try {
      fetched = await withinTime(clock, FETCH_TIMEOUT_MS, ({ signal }) => fetcher.fetch(signal));
      const isTheRefused =
        taken.doc.isRefused && open(taken.doc)?.token.equals(fetched.token.reveal());
      if (isTheRefused && fetcher.force) {
        const counted = await ledger.countForced(taken);
        if (typeof counted === 'string') return undefined;
        taken = counted;
        issuedAt = clock.now();
        // It would kill the token of whoever has asked meanwhile.
        if (isTooLate(taken, issuedAt)) return undefined;
        const { force } = fetcher;
        fetched = await withinTime(clock, FETCH_TIMEOUT_MS, ({ signal }) => force(signal));
        log.warn('token refresh forced', { count: taken.doc.forced?.count ?? 0 });
      }
    } catch (error) {
      const { failure: previous } = taken.doc;
      const context = { now: clock.now(), keyId: sealer.keyId, previous, random };
      const failure = toFailure(error, context);
      const explained = explain(kind, failure);
      log.error('token not renewed', { errcode: failure.errcode, error: explained });
      if ((await ledger.giveUp(taken, failure)) === 'unknown') throw explained;
      return undefined;
    }
    const generation = taken.doc.generation + 1;
    const expiresAt = issuedAt + Math.floor(fetched.expiresInSeconds * 1_000);
    const sealedToken = sealer.seal({ purpose: kind, generation }, fetched.token);
    const renewed: Credential = { generation, token: fetched.token, issuedAt, expiresAt };
    const outcome = await ledger.complete(taken, { sealedToken, issuedAt, expiresAt });
    const fields = { count: generation, ms: clock.now() - issuedAt };
    if (outcome === 'written') {
      log.info('token renewed', fields);
      return renewed;
    }
    log.warn('token not stored', { ...fields, reason: outcome });
    // The store is gone. While the lease lasts nobody else can have asked, so that this instance
    // alone may serve what it has got, until they agree again.
    const isAlone = outcome === 'unknown' && clock.now() < taken.doc.lease.until;
    return isAlone ? renewed : undefined;
  };
}

/** Frozen since the lease was written: an answer might come when somebody else is asking. */
function isTooLate({ doc }: Taken, now: number): boolean {
  return now + FETCH_TIMEOUT_MS > doc.lease.until;
}
