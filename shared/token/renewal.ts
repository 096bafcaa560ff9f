import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Secret } from '../kernel/secret.ts';
import { withinTime } from '../kernel/time-limit.ts';
import {
  type Credential,
  judge,
  type Lease,
  leaseKey,
  type Need,
  usableOf,
  type Verdict,
} from './decide.ts';
import { explain } from './failure.ts';
import { createAsker } from './fetch-under-lease.ts';
import type { Fetcher } from './fetcher.ts';
import { createOpener } from './opener.ts';
import { pauseMs } from './pause.ts';
import type { Sealer } from './sealing.ts';
import {
  LEASE_MS,
  PATIENCE_MS,
  POLL_MS,
  RECHECK_TIMEOUT_MS,
  SKEW_MS,
  STORE_TRIES,
} from './timing.ts';
import { isUnavailable, type Ledger, type Taken } from './token-store.ts';

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
  /** The latest moment at which nothing newer was known: a frozen instance hears of it much later. */
  readonly asOf: number;
}

export interface Renewal {
  /** @throws AppError that says why there is no credential and what to do. */
  obtain(goal: Goal): Promise<Obtained>;
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
  const open = createOpener({ kind, sealer, log });
  const ask = createAsker({ ...options, open });

  return { obtain };

  async function obtain(goal: Goal): Promise<Obtained> {
    attempts += 1;
    const holder = `${instance}.${attempts}`;
    const deadline = clock.now() + PATIENCE_MS;
    let polls = 0;
    let storeFailures = 0;
    let refusedGeneration: number | undefined;

    for (;;) {
      goal.signal?.throwIfAborted();
      const asOf = clock.now();
      const memory = goal.memory();
      const spare = memory?.generation === refusedGeneration ? undefined : memory;
      let next: Verdict | Taken;
      try {
        next = await consult(spare);
        storeFailures = 0;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        if (spare) return { credential: spare, from: 'memory', asOf };
        const isBusy = error instanceof AppError && error.code === 'conflict';
        if (!isBusy) storeFailures += 1;
        if (storeFailures === STORE_TRIES || clock.now() >= deadline) throw storeIsDown(error);
        polls += 1;
        await sleep(clock, pauseMs(POLL_MS, polls, random), goal.signal);
        continue;
      }
      if ('doc' in next) {
        const renewed = await ask(next);
        if (renewed) return { credential: renewed, from: 'fetched', asOf };
        continue;
      }
      switch (next.kind) {
        case 'use':
          return {
            credential: next.credential,
            from: next.credential === spare ? 'memory' : 'store',
            asOf,
          };
        case 'fail':
          throw explain(kind, next.failure);
        case 'wait':
          await sleep(clock, next.until - clock.now() + pauseMs(POLL_MS, 1, random), goal.signal);
          break;
        case 'poll':
          if (clock.now() >= deadline) throw waitedTooLong();
          watch(next.lease);
          if (polls === 0) log.debug('waiting for another instance');
          polls += 1;
          await sleep(clock, pauseMs(POLL_MS, polls, random), goal.signal);
      }
    }

    /** Looks, and takes the lease if that is the thing to do. */
    async function consult(spare: Credential | undefined): Promise<Verdict | Taken> {
      const doc = spare
        ? await withinTime(clock, RECHECK_TIMEOUT_MS, () => ledger.read())
        : await ledger.read();
      if (doc?.isRefused) refusedGeneration = doc.generation;
      const generation = doc?.generation ?? 0;
      if (spare && generation < spare.generation) return { kind: 'use', credential: spare };
      const seen: Verdict =
        generation < goal.floor ? { kind: 'take' } : judge(doc, open(doc), need());
      if (seen.kind === 'ours' && doc) return { doc: { ...doc, lease: seen.lease } };
      if (seen.kind !== 'take') return seen;
      try {
        return await take();
      } catch (error) {
        // Reading went well; with nobody to renew it, what was read serves to its end.
        const old = usableOf(doc, open(doc), need());
        if (!old || !isUnavailable(error)) throw error;
        return { kind: 'use', credential: old };
      }
    }

    function take(): Promise<Verdict | Taken> {
      return ledger.take<Verdict | Taken>(holder, (doc) => {
        const credential = open(doc);
        const verdict = judge(doc, credential, need());
        if (verdict.kind === 'take') {
          const isRefused = !!credential && !!goal.refused?.equals(credential.token.reveal());
          return { take: true, isRefused };
        }
        const isOurs = verdict.kind === 'ours' && doc;
        const decision = isOurs ? { doc: { ...doc, lease: verdict.lease } } : verdict;
        return { take: false, decision };
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

  function watch(lease: Lease): void {
    const key = leaseKey(lease);
    if (watched?.key !== key) watched = { key, since: clock.now() };
  }

  function storeIsDown(cause: unknown): AppError {
    return new AppError(
      'upstream',
      `There is no valid ${kind} here and the store that holds it cannot be reached, or is too busy. WeChat is not asked without it, since many instances asking at once would overturn each other's token. See the state of the CloudBase environment.`,
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
