import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { reasonOf } from '../store/failure.ts';
import type { Store, Stored, Transaction } from '../store/store.ts';
import { parseMessage } from '../wechat/message/message-id.ts';
import { done, type InboxDocument, inboxCollection, repliesOf } from './inbox-document.ts';
import type { MessageQueue } from './message-queue.ts';
import { leftToWorker } from './slow-moves.ts';
import { REPEATS_OVER_MS } from './timing.ts';

export interface SweepOptions {
  readonly store: Pick<Store, 'query' | 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly queue: Pick<MessageQueue, 'enqueueIn' | 'enqueueAnswerIn'>;
}

/** Of how many messages a sweep reads at once. */
const PAGE = 100;
/** The next sweep finds the others: this one keeps the worker from its jobs. */
const MOST_PAGES = 20;
/** How many messages are taken over at a time. */
const AT_A_TIME = 10;

/**
 * Finds messages whose instance died and that no repeat has taken over, and puts them into the
 * worker's queue. One query for a hundred of them, and one transaction for each.
 *
 * @returns how many messages were put into the queue
 * @throws what the store fails with
 */
export function createSweep({ store, clock, log, queue }: SweepOptions) {
  return async (): Promise<number> => {
    const before = new Date(clock.now() - REPEATS_OVER_MS);
    let count = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const left = await store.query(inboxCollection, {
        filter: { dueAt: { lte: before } },
        order: [{ field: 'dueAt', direction: 'asc' }],
        limit: PAGE,
      });
      for (let from = 0; from < left.length; from += AT_A_TIME) {
        count += await takeOverAll(left.slice(from, from + AT_A_TIME));
      }
      if (left.length < PAGE) break;
    }
    return count;
  };

  /** @throws what one of them failed with, when all have ended */
  async function takeOverAll(claims: readonly Stored<InboxDocument>[]): Promise<number> {
    const outcomes = await Promise.allSettled(claims.map(takeOver));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
  }

  /** Whether the message is in the worker's queue now. */
  async function takeOver(claim: Stored<InboxDocument>): Promise<boolean> {
    const { doc } = claim;
    if (doc.hasBegun && !doc.isSlow) return giveUp(claim, 'must not run twice');
    try {
      const isTaken = await close(claim, (tx) => enqueue(tx, doc));
      if (isTaken) log.warn('message taken over', { reason: 'its instance died' });
      return isTaken;
    } catch (error) {
      if (reasonOf(error) !== undefined) throw error;
      // Left as it is, this message would be found first by every sweep.
      log.error('message unreadable', { error });
      return giveUp(claim, 'unreadable');
    }
  }

  /** An answer that no delivery has brought is sent; else the handler runs. */
  async function enqueue(tx: Transaction, doc: InboxDocument): Promise<InboxDocument | undefined> {
    const message = parseMessage(doc.message ?? '');
    if (doc.state === 'ready') {
      await queue.enqueueAnswerIn(tx, message, { replies: repliesOf(doc) });
      return undefined;
    }
    if (!doc.isSlow) {
      await queue.enqueueIn(tx, message);
      return undefined;
    }
    await queue.enqueueIn(tx, message, { isFollowed: true, hasBegun: doc.hasBegun === true });
    return leftToWorker(doc);
  }

  async function giveUp(claim: Stored<InboxDocument>, reason: string): Promise<false> {
    const isClosed = await close(claim, () => Promise.resolve(undefined));
    if (isClosed) log.error('message given up', { reason });
    return false;
  }

  /**
   * `false` if a delivery or another sweep has taken the message by now; and while another transaction
   * holds its record: a slow handler may be at work that could not extend its claim meanwhile, and is about
   * to. The next sweep knows.
   */
  function close(
    { doc: { _id: id, removeAt }, rev }: Stored<InboxDocument>,
    /** Gives what is left to do for the message; by default nothing is. */
    alongside: (tx: Transaction) => Promise<InboxDocument | undefined>,
  ): Promise<boolean> {
    let tries = 0;
    return store.transaction(async (tx) => {
      tries += 1;
      const now = await tx.get(inboxCollection, id);
      if (now?.rev !== rev) return false;
      if (tries > 1 && now.doc.isSlow && now.doc.state === 'claimed') return false;
      const left = await alongside(tx);
      await tx.replace(inboxCollection, left ?? { _id: id, ...done(undefined), removeAt });
      return true;
    });
  }
}
