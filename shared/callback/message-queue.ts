import * as v from 'valibot';
import type { JobKind, Queue } from '../jobs/index.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Transaction } from '../store/store.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { messageId, serializeMessage } from '../wechat/message/message-id.ts';
import type { Reply } from '../wechat/reply.ts';

const payload = v.strictObject({
  message: v.string(),
  /** The handler is slow, and a delivery may still bring its answer. */
  isFollowed: v.optional(v.boolean()),
  /** A handler that must not run twice has begun elsewhere, where its process died. */
  hasBegun: v.optional(v.boolean()),
  /** The message has its place among those of its follower, and runs when its turn has come. */
  inOrder: v.optional(v.boolean()),
  /** The handler is done: these replies are to be sent, as JSON. */
  replies: v.optional(v.string()),
  /** In ms since the epoch: what comes before these replies is with the follower by then. */
  notBefore: v.optional(v.number()),
});

/** A message that the worker handles, or answers, after the response to WeChat. */
export const messageJob: JobKind<v.InferOutput<typeof payload>, 'message'> = {
  kind: 'message',
  payload,
};

/** An answer that is done, for the worker to send. */
export interface LateAnswer {
  readonly replies: readonly Reply[];
  /** The response has brought the first part, and is with the follower by then. */
  readonly notBefore?: number;
}

/** What is known of a message that the worker is to handle. */
export type Handing = Pick<v.InferOutput<typeof payload>, 'isFollowed' | 'hasBegun' | 'inOrder'>;

/** The messages that wait for the worker. */
export interface MessageQueue {
  /** Adds the message with whatever else the transaction writes; once, however often it is added. */
  enqueueIn(tx: Transaction, message: Message, handing?: Handing): Promise<void>;
  /** The same for an answer to the message. */
  enqueueAnswerIn(tx: Transaction, message: Message, answer: LateAnswer): Promise<void>;
  /** Whether the message with this id waits for the worker, or is in its hands. */
  isPending(reader: Pick<Transaction, 'get'>, id: string): Promise<boolean>;
  /** Wakes the worker, after the commit. It never fails. */
  wakeWorker(): Promise<void>;
}

export function createMessageQueue(queue: Queue, traceOf: TraceOf): MessageQueue {
  return {
    enqueueIn: (tx, message, handing = {}) => enqueue(tx, message, messageId(message), handing),
    enqueueAnswerIn: (tx, message, { replies, notBefore }) =>
      enqueue(tx, message, `${messageId(message)} answer`, {
        replies: JSON.stringify(replies),
        ...(notBefore === undefined ? {} : { notBefore }),
      }),
    isPending: (reader, id) => queue.isPending(reader, messageJob, id),
    wakeWorker: () => queue.wakeWorker(),
  };

  async function enqueue(
    tx: Transaction,
    message: Message,
    key: string,
    more: Omit<v.InferOutput<typeof payload>, 'message'>,
  ): Promise<void> {
    const openid = followerOf(message);
    const options = { key, ...(openid === undefined ? {} : { follower: traceOf(openid) }) };
    const payload = { message: serializeMessage(message), ...more };
    await queue.enqueueIn(tx, messageJob, payload, options);
  }
}
