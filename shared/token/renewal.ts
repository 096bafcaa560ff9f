import { backoffMs } from '../kernel/backoff.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { withinTime } from '../kernel/time-limit.ts';
import {
  type Consequence,
  type Credential,
  decide,
  leaseKey,
  type Need,
  type TokenLease,
  usableOf,
} from './decide.ts';
import { failureError } from './failure.ts';
import { fetchUnderLease } from './fetch-under-lease.ts';
import type { Fetcher } from './fetchers.ts';
import type { Memory, Obtained } from './memory.ts';
import type { Sealer } from './sealing.ts';
import { PATIENCE_MS, POLL, RECHECK_TIMEOUT_MS, STORE_TRIES } from './timing.ts';
import { isUnavailable, type TokenStore } from './token-store.ts';

/** How one attempt goes about it. */
export interface Goal {
  /** This generation is to be replaced before its time. */
  readonly replace?: number | undefined;
  /** What memory holds will do if nothing better can be had. */
  readonly mayUseMemory: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Renewal {
  /** @throws AppError that says why there is no credential and what to do. */
  obtain(goal: Goal): Promise<Obtained>;
}

/** Runs the protocol for one credential until there is a usable one, or a reason why not. */
export function createRenewal(options: {
  readonly fetcher: Fetcher;
  readonly memory: Memory;
  readonly tokens: TokenStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Unlike that of any other instance. */
  readonly instance: string;
}): Renewal {
  const { memory, tokens, sealer, clock, random, instance, log } = options;
  const { kind } = options.fetcher;
  let attempts = 0;
  let watched: Need['watched'];

  return { obtain };

  async function obtain({ replace, mayUseMemory, signal }: Goal): Promise<Obtained> {
    attempts += 1;
    const { refused, newest } = memory;
    const deadline = clock.now() + PATIENCE_MS;
    const wanted = {
      holder: `${instance}.${attempts}`,
      deadline,
      keyId: sealer.keyId,
      refused,
      replace,
    };
    let polls = 0;
    let storeFailures = 0;
    let refusedGeneration: number | undefined;

    for (;;) {
      signal?.throwIfAborted();
      const asOf = clock.now();
      const remembered = mayUseMemory ? memory.usable : undefined;
      const spare = remembered?.generation === refusedGeneration ? undefined : remembered;
      let next: Consequence;
      try {
        next = await consult(spare);
        storeFailures = 0;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        if (spare) return { credential: spare, from: 'memory', asOf };
        const isBusy = error instanceof AppError && error.code === 'conflict';
        if (!isBusy) storeFailures += 1;
        if (storeFailures === STORE_TRIES || clock.now() >= deadline) throw storeIsDown(error);
        await pause();
        continue;
      }
      switch (next.kind) {
        case 'use': {
          const { credential } = next;
          return { credential, from: credential === spare ? 'memory' : 'store', asOf };
        }
        case 'fail':
          throw failureError(kind, next.failure);
        case 'wait':
          await sleep(clock, next.until - clock.now() + backoffMs(POLL, 1, random()), signal);
          break;
        case 'poll':
          if (clock.now() >= deadline) throw waitedTooLong();
          watch(next.lease);
          if (polls === 0) log.debug('waiting for another instance');
          await pause();
          break;
        case 'ours': {
          const renewed = await fetchUnderLease(next.leased, options);
          if (renewed) return { credential: renewed, from: 'fetched', asOf };
        }
      }
    }

    /** Looks, and takes the lease if that is the thing to do. */
    async function consult(spare: Credential | undefined): Promise<Consequence> {
      const doc = spare
        ? await withinTime(clock, RECHECK_TIMEOUT_MS, () => tokens.read())
        : await tokens.read();
      if (doc?.isRefused) refusedGeneration = doc.generation;
      const generation = doc?.generation ?? 0;
      if (spare && generation < spare.generation) return { kind: 'use', credential: spare };
      const need = { ...wanted, watched };
      const credential = tokens.open(doc);
      const seen = decide(doc, credential, need, clock.now());
      if (seen.kind !== 'take' && generation >= newest) return seen;
      try {
        return await tokens.take(need);
      } catch (error) {
        // Reading went well; as the lease cannot be taken, what was read serves to its end.
        const old = usableOf(doc, credential, need, clock.now());
        if (!old || !isUnavailable(error)) throw error;
        return { kind: 'use', credential: old };
      }
    }

    async function pause(): Promise<void> {
      polls += 1;
      await sleep(clock, backoffMs(POLL, polls, random()), signal);
    }
  }

  function watch(lease: TokenLease): void {
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
