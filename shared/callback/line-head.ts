import type { Clock } from '../kernel/clock.ts';
import type { Store, Transaction } from '../store/store.ts';
import { parseMessage } from '../wechat/message/message-id.ts';
import { done, type InboxDocument, inboxCollection, isOver } from './inbox-document.ts';
import { inLine, withoutTicket } from './line.ts';
import type { MessageQueue } from './message-queue.ts';
import { sessionCollection, sessionDocument, statesOf, type Ticket } from './session-document.ts';
import { leftToWorker } from './slow-moves.ts';

/** Who is at the first message of a line: an instance of the callback, or the worker, now or later. */
export type AtWork = 'instance' | 'worker' | 'nobody';

export interface LineHeadOptions {
  readonly store: Pick<Store, 'get' | 'transaction'>;
  readonly clock: Clock;
  readonly queue: Pick<MessageQueue, 'enqueueIn' | 'isPending' | 'wakeWorker'>;
}

/**
 * Finds out who is at the first message of a line, for the one behind it. A message whose instance
 * died is put into the worker's queue, in its place, and one that has ended is taken out of the line.
 *
 * @throws what the store fails with
 */
export async function findAtWork(
  { store, clock, queue }: LineHeadOptions,
  follower: string,
  ticket: Ticket,
): Promise<AtWork> {
  if (ticket.until !== undefined && clock.now() < ticket.until) return 'instance';
  if (ticket.until === undefined && (await queue.isPending(store, ticket.message))) return 'worker';
  if (ticket.until !== undefined && (await isClaimed())) return 'instance';
  const found = await store.transaction((tx) => mend(tx));
  if (found === 'worker') await queue.wakeWorker();
  return found;

  /** A repeat has taken it over, or its slow handler goes on. */
  async function isClaimed(): Promise<boolean> {
    const claim = (await store.get(inboxCollection, ticket.message))?.doc;
    return claim?.state === 'claimed' && claim.dueAt !== undefined && !isOver(claim, clock.now());
  }

  async function mend(tx: Transaction): Promise<AtWork> {
    const sessions = await tx.get(sessionCollection, follower);
    const first = sessions?.doc.line[0];
    // It has moved by now; the next look tells.
    if (!sessions || first?.message !== ticket.message || first.until !== ticket.until) {
      return 'instance';
    }
    const standing = await standingIn(tx);
    if (standing === 'instance') return standing;
    const { message, sentAt, msgId } = ticket;
    const waiting = { message, sentAt, ...(msgId === undefined ? {} : { msgId }) };
    const { line } = sessions.doc;
    const left = standing === 'worker' ? inLine(line, waiting) : withoutTicket(line, message);
    const doc = sessionDocument(follower, left, statesOf(sessions.doc), clock.now());
    await (doc ? tx.replace(sessionCollection, doc) : tx.remove(sessionCollection, follower));
    return standing;
  }

  async function standingIn(tx: Transaction): Promise<AtWork> {
    const doc = (await tx.get(inboxCollection, ticket.message))?.doc;
    if (doc?.state !== 'claimed' || doc.dueAt === undefined) {
      return (await queue.isPending(tx, ticket.message)) ? 'worker' : 'nobody';
    }
    if (!isOver(doc, clock.now())) return 'instance';
    const left = await enqueueIn(tx, doc);
    await tx.replace(inboxCollection, left ?? { ...doc, ...done(undefined) });
    return doc.hasBegun && !doc.isSlow ? 'nobody' : 'worker';
  }
  /** Gives what is left of the document, if deliveries may still bring the answer. */
  async function enqueueIn(
    tx: Transaction,
    doc: InboxDocument,
  ): Promise<InboxDocument | undefined> {
    const { hasBegun = false, isSlow, message = '' } = doc;
    if (hasBegun && !isSlow) return undefined;
    const isFollowed = isSlow ? { isFollowed: true, hasBegun } : {};
    await queue.enqueueIn(tx, parseMessage(message), { ...isFollowed, inOrder: true });
    return isSlow ? leftToWorker(doc) : undefined;
  }
}
