import { randomInt } from 'node:crypto';
import { type Clock, sleep } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { pooledRandomBytes } from '../kernel/random.ts';
import { withinTime } from '../kernel/time-limit.ts';
import { failure, type Verdict } from './failure.ts';
import { writeIdOf } from './history.ts';
import type { Link } from './link.ts';
import { createLinkedStore } from './linked-store.ts';
import type { Store } from './store.ts';

/** How long a store over a network goes on trying. */
export interface StorePace {
  readonly clock: Clock;
  readonly log?: Log;
  /** Limit of one request; default 2500. */
  readonly requestTimeoutMs?: number;
  /** Limit of an operation with all its repeats; the last request may end later. Default 6000. */
  readonly budgetMs?: number;
  /** From 0 up to 1, for the waits between repeats. */
  readonly random?: () => number;
}

/** A store whose driver is loaded when it is first needed. */
export interface DrivenStore extends Store {
  /** Begins to load the driver while the caller waits for something else. */
  preload(): Promise<void>;
}

export interface DrivenStoreOptions extends StorePace {
  readonly load: () => Promise<unknown>;
  /** Asked before each operation, since credentials change. */
  readonly connect: (timeoutMs: number) => Promise<Link>;
  /** What an error of the driver means. */
  readonly verdict: (error: unknown) => Verdict;
}

/** The store over a database that is reached by a network, with real time and chance. */
export function createDrivenStore(options: DrivenStoreOptions): DrivenStore {
  const { load, connect, verdict, clock, log, random = Math.random } = options;
  const { requestTimeoutMs: timeoutMs = 2500, budgetMs = 6000 } = options;
  const store = createLinkedStore({
    link: () => connect(timeoutMs),
    async ask(task, request) {
      try {
        return await withinTime(clock, timeoutMs, request);
      } catch (error) {
        throw failure(verdict(error), task, error);
      }
    },
    stamps: {
      writeId: () => writeIdOf(clock.now(), pooledRandomBytes(6).toString('base64url')),
      firstRev: () => randomInt(2 ** 40),
    },
    pace: {
      now: clock.now,
      pause: (ms) => sleep(clock, ms),
      random,
      budgetMs,
      maxTries: Number.POSITIVE_INFINITY,
      ...(log ? { log } : {}),
    },
  });
  return {
    ...store,
    async preload() {
      await load();
    },
  };
}
