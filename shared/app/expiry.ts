import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import { appCollections } from './collections.ts';

export interface ExpiryOptions {
  readonly store: Pick<Store, 'removeExpired'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often an instance of the worker removes what has expired. */
const EVERY_MS = 60_000;
/** So many documents of a collection in one statement, which others wait for only a moment. */
const PAGE = 1_000;
/** A shift has other work to do; the next one goes on. */
const MAX_PAGES = 50;

/**
 * Removes the documents of all collections that have expired, where the database does not remove
 * them by itself.
 *
 * @returns a function that the worker calls in each shift; it gives how many documents it removed.
 */
export function createExpiry({ store, clock, log }: ExpiryOptions): () => Promise<number> {
  const expiring = appCollections.filter(({ indexes = [] }) =>
    indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== undefined),
  );
  let dueAt = 0;

  return async () => {
    if (clock.now() < dueAt) return 0;
    dueAt = clock.now() + EVERY_MS;
    let total = 0;
    for (const collection of expiring) {
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const removed = await store.removeExpired(collection, PAGE);
        total += removed;
        if (removed < PAGE) break;
      }
    }
    if (total > 0) log.info('expired documents removed', { count: total });
    return total;
  };
}
