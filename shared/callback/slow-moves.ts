import type { Reply } from '../wechat/reply.ts';
import { claimedBy, done, type InboxDocument, isOver } from './inbox-document.ts';
import { KEPT_FOR_ASKING_MS } from './timing.ts';

/** How the last response told the follower that the answer is still to come. */
export type Told = NonNullable<InboxDocument['told']>;

/** An answer that waits for a delivery, or if there is no time for that, for the follower to ask. */
export function ready(doc: InboxDocument, replies: readonly Reply[], now: number): InboxDocument {
  const isKept = doc.told === 'whenAsked';
  return {
    ...doc,
    ...done(undefined),
    state: 'ready',
    isSlow: true,
    reply: JSON.stringify(replies),
    // When no delivery has brought it by then, the sweep has it sent.
    ...(isKept
      ? { told: 'whenAsked', removeAt: new Date(now + KEPT_FOR_ASKING_MS) }
      : { dueAt: new Date(now), message: doc.message }),
  };
}

/** The document that keeps what remains of the answer to a message. */
export const restId = (id: string): string => `${id}.rest`;

/** The worker has the message in its queue, and deliveries may still bring the answer. */
export function leftToWorker(doc: InboxDocument): InboxDocument {
  return { ...doc, holder: undefined, dueAt: undefined, hasBegun: undefined, message: undefined };
}

export function extended(doc: InboxDocument, holder: string, now: number): InboxDocument {
  return { ...doc, ...claimedBy(holder, now, false) };
}

/** Whether a delivery or the sweep may take the message from the instance that has it. */
export function isFree(doc: InboxDocument, now: number): boolean {
  return doc.state === 'claimed' && isOver(doc, now);
}

/** Whether the last response has said how the answer comes, which is still to come. */
function isPromised({ state, told }: InboxDocument): boolean {
  return state === 'claimed' && told !== undefined;
}

/** Whether an earlier response has said something to the follower, which a later one says again. */
export function isSaid(doc: InboxDocument): boolean {
  return doc.state === 'done' || isPromised(doc);
}

/** Whether an answer is there, or still to come, for a follower who asks. */
export function isKept(doc: InboxDocument): boolean {
  return doc.state === 'ready' || isPromised(doc);
}
