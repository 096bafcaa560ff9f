import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import { appCollections } from './collections.ts';

export interface ExpiryOptions {
  readonly store: Pick<Store, 'removeExpired'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long after a look that has found something a worker looks into the collection again. */
const BUSY_MS = 60_000;
/**
 * Each look that finds nothing doubles the pause up to this: where the database removes by itself, or
 * nothing happens, a collection costs a hundred queries a day.
 */
const IDLE_MS = 16 * BUSY_MS;
/** So many documents of a collection in one portion, which others wait for only a moment. */
const PORTION = 500;
/** A shift has other work to do; the next one goes on. */
const LIMIT_MS = 5_000;

type Expiring = (typeof appCollections)[number];

/**
 * Removes the documents of all collections that are past their `removeAt`. Only some databases have
 * indexes that would do it.
 *
 * @returns a function that the worker calls in each shift; it gives how many documents it removed, and
 * throws the first failure after it has tried the other collections.
 */
export function createExpiry({ store, clock, log }: ExpiryOptions): () => Promise<number> {
  const looks = appCollections
    .filter(({ indexes = [] }) => indexes.some((index) => index.expireAfterSeconds !== undefined))
    .map((collection) => new Look(collection));

  return async () => {
    const stopAt = clock.now() + LIMIT_MS;
    const failures: unknown[] = [];
    let total = 0;
    let due = looks.filter((look) => look.isDue(clock.now()));
    // A portion of each in turn, so that a collection with much to remove does not hold up the others.
    while (due.length > 0 && clock.now() < stopAt) {
      const unfinished: Look[] = [];
      for (const look of due) {
        try {
          const removed = await store.removeExpired(look.collection, PORTION);
          total += removed;
          if (look.hasMore(removed, clock.now())) unfinished.push(look);
        } catch (error) {
          failures.push(error);
        }
      }
      due = unfinished;
    }
    if (total > 0) log.info('expired documents removed', { count: total });
    if (failures.length > 0) throw failures[0];
    return total;
  };
}

/** When a worker looks into a collection. */
class Look {
  readonly collection: Expiring;
  #dueAt = 0;
  #pauseMs = BUSY_MS;

  constructor(collection: Expiring) {
    this.collection = collection;
  }

  isDue(now: number): boolean {
    return now >= this.#dueAt;
  }

  /** Notes what a portion has removed; true if there may be more. */
  hasMore(removed: number, now: number): boolean {
    if (removed >= PORTION) {
      this.#pauseMs = 0;
      return true;
    }
    const isIdle = removed === 0 && this.#pauseMs > 0;
    this.#pauseMs = isIdle ? Math.min(this.#pauseMs * 2, IDLE_MS) : BUSY_MS;
    this.#dueAt = now + this.#pauseMs;
    return false;
  }
}
