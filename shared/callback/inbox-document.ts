import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import type { Collection } from '../store/store.ts';
import type { Reply } from '../wechat/reply.ts';
import { LEASE_MS } from './timing.ts';

const inboxSchema = v.strictObject({
  /** The id of the message, which is a hash. */
  _id: v.string(),
  /** `ready`: the answer of a slow handler is there, and no response has brought it yet. */
  state: v.picklist(['claimed', 'ready', 'done']),
  /** The delivery that has the claim. Removed when the message is done, as are the next three. */
  holder: v.optional(v.string()),
  /** When the claim is over, and another delivery or the worker may take the message over. */
  dueAt: v.optional(v.date()),
  /** A handler that must not run twice has begun. */
  hasBegun: v.optional(v.boolean()),
  /** What WeChat pushed, for the worker if the holder dies. */
  message: v.optional(v.string()),
  /** Its handler is slow: it may be at work when the responses are over, here or in the worker. */
  isSlow: v.optional(v.boolean()),
  /** The last response said how the follower gets the answer, which is still to come. */
  told: v.optional(v.picklist(['later', 'whenAsked'])),
  /** As JSON: the reply for repeats of the message; of one that is `ready`, a list of all replies. */
  reply: v.optional(v.string()),
  /** The trace of the follower, while a message or a reply is kept. */
  follower: v.optional(v.string()),
  removeAt: v.date(),
  mac: macField,
});

/** What the inbox knows of one message. */
export type InboxDocument = v.InferOutput<typeof inboxSchema>;

export const inboxCollection: Collection<InboxDocument> = {
  name: 'inbox',
  schema: inboxSchema,
  // The worker handles the message, and a repeat is answered with the reply.
  bound: ['message', 'reply'],
  indexes: [
    { fields: [{ name: 'dueAt', direction: 'asc' }] },
    { fields: [{ name: 'follower', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
};

/** The claim of a holder, from now on. */
export function claimedBy(holder: string, now: number, begins: boolean) {
  return {
    holder,
    dueAt: new Date(now + LEASE_MS),
    ...(begins ? { hasBegun: true } : {}),
  } as const;
}

/** What is kept of a message when nothing remains to be done for it. */
export function done(reply: Reply | undefined) {
  return {
    state: 'done',
    holder: undefined,
    dueAt: undefined,
    hasBegun: undefined,
    message: undefined,
    isSlow: undefined,
    told: undefined,
    reply: reply && JSON.stringify(reply),
  } as const;
}

export function isOver({ dueAt }: InboxDocument, now: number): boolean {
  return dueAt !== undefined && now >= dueAt.getTime();
}

export function replyOf(doc: InboxDocument | undefined): Reply | undefined {
  return doc && repliesOf(doc)[0];
}

export function repliesOf({ reply }: InboxDocument): readonly Reply[] {
  if (reply === undefined) return [];
  return [JSON.parse(reply) as Reply | readonly Reply[]].flat();
}
