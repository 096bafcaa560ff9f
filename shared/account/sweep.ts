import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Store, Stored } from '../store/store.ts';
import { messageFrom } from '../wechat/message/message-text.ts';

import { done, type InboxDocument, inboxCollection } from './inbox-document.ts';
import type { Later } from './later.ts';
import { REPEATS_OVER_MS } from './timing.ts';

export interface SweepOptions {
  readonly store: Pick<Store, 'query' | 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly later: Pick<Later, 'enqueueIn'>;
}

/** How many messages one sweep takes; the next finds the others. */
const PAGE = 100;

/**
 * Finds messages whose holder died and whom no repeat has taken over, and puts them into the
 * worker's queue. One query, and one transaction for each that is found.
 *
 * @returns how many were put there
 * @throws what the store fails with
 */
export function createSweep({ store, clock, log, later }: SweepOptions) {
  return async (): Promise<number> => {
    const before = new Date(clock.now() - REPEATS_OVER_MS);
    const left = await store.query(inboxCollection, {
      filter: { dueAt: { lte: before } },
      order: [{ field: 'dueAt', direction: 'asc' }],
      limit: PAGE,
    });
    let count = 0;
    for (const one of left) if (await takeOver(one)) count += 1;
    return count;
  };

  async function takeOver({ doc, rev }: Stored<InboxDocument>): Promise<boolean> {
    const { _id: id, hasBegun, message: text, removeAt } = doc;
    const message = hasBegun || text === undefined ? undefined : messageFrom(text);
    const isTaken = await store.transaction(async (tx) => {
      const now = await tx.get(inboxCollection, id);
      if (now?.rev !== rev) return false;
      if (message) await later.enqueueIn(tx, message);
      await tx.replace(inboxCollection, { _id: id, ...done(undefined), removeAt });
      return true;
    });
    if (!isTaken) return false;
    if (message) log.warn('message taken over', { reason: 'its instance died' });
    else log.error('message given up', { reason: 'must not run twice' });
    return message !== undefined;
  }
}
