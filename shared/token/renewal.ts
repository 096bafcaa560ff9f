import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Secret } from '../kernel/secret.ts';
import { explain, toFailure } from './failure.ts';
import type { Fetched, Fetcher } from './fetcher.ts';
import { isUnavailable, type Ledger, type Taken } from './ledger.ts';
import { pauseMs } from './pause.ts';
import type { Sealer } from './sealing.ts';
import {
  FETCH_TIMEOUT_MS,
  LEASE_MS,
  PATIENCE_MS,
  POLL_MS,
  RECHECK_TIMEOUT_MS,
  SKEW_MS,
  STORE_PAUSE_MS,
  STORE_TRIES,
} from './timing.ts';
import type { TokenDocument } from './token-document.ts';
import {
  type Credential,
  judge,
  type Lease,
  leaseKey,
  type Need,
  type Verdict,
} from './verdict.ts';
import { withTimeout } from './with-timeout.ts';

/** What one attempt is after. */
export interface Goal {
  /** WeChat has refused this one in a call. */
  readonly refused?: Secret | undefined;
  /** This generation is to be replaced before its time. */
  readonly replace?: number | undefined;
  /** The newest generation that this instance has seen: the store may only be behind it if it was reset. */
  readonly floor: number;
  /** What memory holds and may go on serving if nothing better can be had. */
  memory(): Credential | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Obtained {
  readonly credential: Credential;
  /** `fetched` by this attempt, read from the `store`, or still that of `memory`. */
  readonly from: 'fetched' | 'store' | 'memory';
}

export interface Renewal {
  /** @throws AppError that says why there is no credential and what to do. */
  obtain(goal: Goal): Promise<Obtained>;
  /** The credential in a document, if there is one that this AppSecret opens. */
  open(doc: TokenDocument | undefined): Credential | undefined;
}

/** Runs the protocol for one credential until there is a usable one, or a reason why not. */
export function createRenewal(options: {
  readonly fetcher: Fetcher;
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Unlike that of any other instance. */
  readonly instance: string;
}): Renewal {
  const { fetcher, ledger, sealer, clock, random, instance, log } = options;
  const { kind } = fetcher;
  let attempts = 0;
  let watched: { readonly key: string; readonly since: number } | undefined;
  let unreadable: string | undefined;

  return { obtain, open };

  async function obtain(goal: Goal): Promise<Obtained> {
    attempts += 1;
    const holder = `${instance}.${attempts}`;
    const deadline = clock.now() + PATIENCE_MS;
    let polls = 0;
    let storeFailures = 0;
    let refusedGeneration: number | undefined;

    for (;;) {
      goal.signal?.throwIfAborted();
      const memory = goal.memory();
      const spare = memory?.generation === refusedGeneration ? undefined : memory;
      let next: Verdict | Taken;
      try {
        next = await consult(spare);
        storeFailures = 0;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        if (spare) return { credential: spare, from: 'memory' };
        storeFailures += 1;
        if (storeFailures === STORE_TRIES || clock.now() >= deadline) throw storeIsDown(error);
        await sleep(clock, pauseMs(STORE_PAUSE_MS, storeFailures, random), goal.signal);
        continue;
      }
      if ('doc' in next) {
        const renewed = await renew(next);
        if (renewed) return { credential: renewed, from: 'fetched' };
        continue;
      }
      switch (next.kind) {
        case 'use':
          return {
            credential: next.credential,
            from: next.credential === spare ? 'memory' : 'store',
          };
        case 'fail':
          throw explain(kind, next.failure);
        case 'wait':
          await sleep(clock, next.until - clock.now() + pauseMs(POLL_MS, 1, random), goal.signal);
          break;
        case 'poll':
          if (clock.now() >= deadline) throw waitedTooLong();
          watch(next.lease);
          polls += 1;
          await sleep(clock, pauseMs(POLL_MS, polls, random), goal.signal);
      }
    }

    /** Looks, and takes the lease if that is the thing to do. */
    async function consult(spare: Credential | undefined): Promise<Verdict | Taken> {
      const doc = spare
        ? await withTimeout(clock, RECHECK_TIMEOUT_MS, () => ledger.read())
        : await ledger.read();
      if (doc?.isRefused) refusedGeneration = doc.generation;
      const generation = doc?.generation ?? 0;
      if (spare && generation < spare.generation) return { kind: 'use', credential: spare };
      const seen: Verdict =
        generation < goal.floor ? { kind: 'take' } : judge(doc, open(doc), need());
      if (seen.kind === 'ours' && doc) return { doc: { ...doc, lease: seen.lease } };
      if (seen.kind !== 'take') return seen;
      return ledger.take<Verdict | Taken>(holder, (now) => {
        const credential = open(now);
        const verdict = judge(now, credential, need());
        if (verdict.kind === 'take') {
          const isRefused = !!credential && !!goal.refused?.equals(credential.token.reveal());
          return { take: true, isRefused };
        }
        const isOurs = verdict.kind === 'ours' && now;
        return {
          take: false,
          decision: isOurs ? { doc: { ...now, lease: verdict.lease } } : verdict,
        };
      });
    }

    function need(): Need {
      const now = clock.now();
      const isDead = watched && now - watched.since >= LEASE_MS + SKEW_MS;
      const { refused, replace } = goal;
      const deadLease = isDead ? watched?.key : undefined;
      return { now, holder, deadline, keyId: sealer.keyId, refused, replace, deadLease };
    }
  }

  /** Asks WeChat under the lease. `undefined`: look again, the document says what came of it. */
  async function renew(granted: Taken): Promise<Credential | undefined> {
    let taken = granted;
    let issuedAt = clock.now();
    // Frozen since the lease was written: by now somebody else may be asking.
    if (issuedAt + FETCH_TIMEOUT_MS > taken.doc.lease.until) return undefined;
    let fetched: Fetched;
    try {
      fetched = await withTimeout(clock, FETCH_TIMEOUT_MS, (signal) => fetcher.fetch(signal));
      const isTheRefused =
        taken.doc.isRefused && open(taken.doc)?.token.equals(fetched.token.reveal());
      if (isTheRefused && fetcher.force) {
        const counted = await ledger.countForced(taken);
        if (typeof counted === 'string') return undefined;
        taken = counted;
        issuedAt = clock.now();
        const { force } = fetcher;
        fetched = await withTimeout(clock, FETCH_TIMEOUT_MS, (signal) => force(signal));
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
    const outcome = await ledger.complete(taken, { sealedToken, issuedAt, expiresAt });
    log.info('token renewed', { count: generation, ms: clock.now() - issuedAt, reason: outcome });
    // With the store gone since, this instance alone serves what it has got until they agree again.
    return outcome === 'late'
      ? undefined
      : { generation, token: fetched.token, issuedAt, expiresAt };
  }

  function open(doc: TokenDocument | undefined): Credential | undefined {
    if (doc?.sealedToken === undefined) return undefined;
    const { generation, sealedToken, issuedAt = 0, expiresAt = 0 } = doc;
    try {
      const token = sealer.open({ purpose: kind, generation }, sealedToken);
      return { generation, token, issuedAt, expiresAt };
    } catch (error) {
      if (unreadable !== sealedToken) log.warn('stored token not readable', { error });
      unreadable = sealedToken;
      return undefined;
    }
  }

  function watch(lease: Lease): void {
    const key = leaseKey(lease);
    if (watched?.key !== key) watched = { key, since: clock.now() };
  }

  function storeIsDown(cause: unknown): AppError {
    return new AppError(
      'upstream',
      `There is no valid ${kind} here and the store that holds it cannot be reached. WeChat is not asked without it, since many instances asking at once would overturn each other's token. See the state of the CloudBase environment.`,
      { details: { kind, reason: 'store' }, cause },
    );
  }

  function waitedTooLong(): AppError {
    return new AppError(
      'timeout',
      `There is no valid ${kind}: another instance has been renewing it for ${PATIENCE_MS} ms without an end. The next call looks again.`,
      { details: { kind, reason: 'lease' } },
    );
  }
}
