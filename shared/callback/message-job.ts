import * as v from 'valibot';
import { type Context, HandlerRun } from '../account/context.ts';
import { endOfChain, type Middleware } from '../account/middleware.ts';
import { defineJob, type Job, type JobKind, type Queue } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Transaction } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { customMessage } from '../wechat/custom-message.ts';
import { asMessages } from '../wechat/long-text.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { messageId, parseMessage, serializeMessage } from '../wechat/message/message-id.ts';
import { type Reply, text } from '../wechat/reply.ts';

const payload = v.strictObject({ message: v.string() });
/** How far the worker has got with a message; a later attempt goes on from here. */
const checkpoint = v.strictObject({
  /** A handler that must not run twice has begun. */
  hasBegun: v.optional(v.boolean()),
  /**
   * The handlers are done, and this remains to be sent, as JSON: a list of replies. An earlier version
   * wrote a single one.
   */
  reply: v.optional(v.string()),
});

/** A message whose handlers the worker runs, after the response to WeChat. */
export const messageJob: JobKind<v.InferOutput<typeof payload>, 'message'> = {
  kind: 'message',
  payload,
};

/** The messages that wait for the worker. */
export interface MessageQueue {
  /** Adds the message with whatever else the transaction writes; once, however often it is added. */
  enqueueIn(tx: Transaction, message: Message): Promise<void>;
  /** Wakes the worker, after the commit. It never fails. */
  wakeWorker(): Promise<void>;
}

export function createMessageQueue(queue: Queue, traceOf: TraceOf): MessageQueue {
  return {
    async enqueueIn(tx, message) {
      const openid = followerOf(message);
      const options = {
        key: messageId(message),
        ...(openid === undefined ? {} : { follower: traceOf(openid) }),
      };
      await queue.enqueueIn(tx, messageJob, { message: serializeMessage(message) }, options);
    },
    wakeWorker: () => queue.wakeWorker(),
  };
}

export interface MessageJobOptions {
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
}

/**
 * Runs the handlers of a message in the worker, and sends what they reply as a customer-service
 * message. The reply is saved before it is sent, so that a worker that dies is followed by one that
 * sends the same words. A text that is too long for one message goes out as several, in order. One is
 * sent twice only if the worker died between WeChat's receipt and the note of it.
 */
export function createMessageJob({ handle, api, clock }: MessageJobOptions): Job<'message'> {
  return defineJob({
    ...messageJob,
    checkpoint,
    priority: 'high',
    // A follower is waiting, so a message that a dead worker had in hand is taken over soon.
    leaseMs: 10_000,
    async run({ checkpoint: saved, signal, log, assertHeld, save }, payload) {
      const message = parseMessage(payload.message);
      const handlerRun = new HandlerRun({
        message,
        abort: {
          signal,
          get isAborted() {
            return signal.aborted;
          },
        },
        log: log.child({ openid: followerOf(message) }),
        clock,
        api,
        checkReply: (reply) => checkSendable(message, reply),
        repliesOf: (content) => asMessages(content, handlerRun.sender.left()).map(text),
        delivery: {
          async beginOnce() {
            if (saved?.hasBegun) throw begunBefore();
            await save({ hasBegun: true });
          },
        },
      });
      const replies = saved?.reply === undefined ? await runHandlers() : readReplies(saved.reply);
      for (const [index, reply] of replies.entries()) {
        if (index > 0) await saveReplies(replies.slice(index));
        assertHeld();
        await handlerRun.sender.send(reply);
      }
      return undefined;

      async function runHandlers(): Promise<readonly Reply[]> {
        await handle(handlerRun.ctx, endOfChain);
        const given = handlerRun.replies;
        if (given.length > 0) await saveReplies(given);
        return given;
      }

      async function saveReplies(left: readonly Reply[]): Promise<void> {
        await save({ reply: JSON.stringify(left) });
      }
    },
  });
}

function readReplies(saved: string): readonly Reply[] {
  const value = JSON.parse(saved) as Reply | readonly Reply[];
  return [value].flat();
}

function checkSendable(message: Message, reply: Reply): void {
  if (reply.type === 'transfer_customer_service' || reply.type === 'transfer_biz_ai_ivr') {
    throw new AppError(
      'invalid',
      'A message can be transferred only in the response to it, and the worker runs this handler after that response. Reply with transfer() or transferToAi() in a route that is not deferred.',
    );
  }
  customMessage(message.openid, reply);
}

function begunBefore(): AppError {
  return new AppError(
    'conflict',
    'This handler had begun before, and it must not run twice (withoutRerun, or rerun: false).',
    { details: { isFinal: true } },
  );
}
