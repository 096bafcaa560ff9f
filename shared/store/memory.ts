import { reasonFor } from './cloudbase-failure.ts';
import { failure } from './failure.ts';
import { writeIdOf } from './history.ts';
import { createLinkedStore } from './linked-store.ts';
import { createMemoryLink } from './memory-link.ts';
import type { Store } from './store.ts';

/** Enough for any contention of a test; a transaction that never ends must not hang its test. */
const MAX_TRIES = 100;

export interface MemoryStoreOptions {
  /** Milliseconds since the epoch: decides when a document expires and a transaction is too old. */
  readonly now: () => number;
  /** Awaited before each request, so that a scheduler decides the order. Default: one microtask. */
  readonly step?: () => Promise<void>;
  /** Awaited between tries, and while waiting for a lock. Default: one turn of the event loop. */
  readonly pause?: () => Promise<void>;
}

/** The store for unit tests: the real rules over a database in memory, without randomness or timers. */
export function createMemoryStore({
  now,
  step = () => Promise.resolve(),
  pause = () => new Promise((resolve) => setImmediate(resolve)),
}: MemoryStoreOptions): Store {
  const link = createMemoryLink({ now, step, pause });
  let count = 0;
  return createLinkedStore({
    link: () => Promise.resolve(link),
    async ask(task, request) {
      try {
        return await request();
      } catch (error) {
        throw failure(reasonFor(error), task, error);
      }
    },
    stamps: {
      writeId: () => {
        count += 1;
        return writeIdOf(now(), String(count));
      },
      // So far apart that no document reaches the revisions of the next one with its id.
      firstRev: () => {
        count += 1;
        return count * 1_000_000;
      },
    },
    pace: { now, pause, random: () => 0, budgetMs: Number.POSITIVE_INFINITY, maxTries: MAX_TRIES },
  });
}
