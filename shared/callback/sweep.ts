import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { reasonOf } from '../store/failure.ts';
import type { Store, Stored, Transaction } from '../store/store.ts';
import { parseMessage } from '../wechat/message/message-id.ts';
import { done, type InboxDocument, inboxCollection } from './inbox-document.ts';
import type { MessageQueue } from './message-job.ts';
import { REPEATS_OVER_MS } from './timing.ts';

export interface SweepOptions {
  readonly store: Pick<Store, 'query' | 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly queue: Pick<MessageQueue, 'enqueueIn'>;
}

/** How many messages one sweep takes; the next sweep finds the others. */
const PAGE = 100;

/**
 * Finds messages whose instance died and that no repeat has taken over, and puts them into the
 * worker's queue. One query, and one transaction for each message that is found.
 *
 * @returns how many messages were put into the queue
 * @throws what the store fails with
 */
export function createSweep({ store, clock, log, queue }: SweepOptions) {
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

  /** Whether the message is in the worker's queue now. */
  async function takeOver(claim: Stored<InboxDocument>): Promise<boolean> {
    if (claim.doc.hasBegun) return giveUp(claim, 'must not run twice');
    try {
      const message = parseMessage(claim.doc.message ?? '');
      const isTaken = await close(claim, (tx) => queue.enqueueIn(tx, message));
      if (isTaken) log.warn('message taken over', { reason: 'its instance died' });
      return isTaken;
    } catch (error) {
      if (reasonOf(error) !== undefined) throw error;
      // Left as it is, this message would be found first by every sweep.
      log.error('message unreadable', { error });
      return giveUp(claim, 'unreadable');
    }
  }

  async function giveUp(claim: Stored<InboxDocument>, reason: string): Promise<false> {
    const isClosed = await close(claim, () => Promise.resolve());
    if (isClosed) log.error('message given up', { reason });
    return false;
  }

  /** `false` if a delivery or another sweep has taken the message by now. */
  function close(
    { doc: { _id: id, removeAt }, rev }: Stored<InboxDocument>,
    alongside: (tx: Transaction) => Promise<void>,
  ): Promise<boolean> {
    return store.transaction(async (tx) => {
      const now = await tx.get(inboxCollection, id);
      if (now?.rev !== rev) return false;
      await alongside(tx);
      await tx.replace(inboxCollection, { _id: id, ...done(undefined), removeAt });
      return true;
    });
  }
}
