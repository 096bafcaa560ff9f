import * as v from 'valibot';
import { type Context, HandlerRun } from '../account/context.ts';
import type { DocumentReader, RightToSend } from '../account/delivery.ts';
import { AnsweredFailure, causeOf, type FailureHandler } from '../account/failures.ts';
import { endOfChain, type Middleware } from '../account/middleware.ts';
import type { SlowPlan } from '../account/slow-plan.ts';
import { slowTexts } from '../account/slow-words.ts';
import { again, defineJob, type Job } from '../jobs/index.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { mayPass } from '../store/failure.ts';
import type { Transaction } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { asMessages } from '../wechat/long-text.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import { loggedId, parseMessage } from '../wechat/message/message-id.ts';
import { type Reply, text } from '../wechat/reply.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { answerDeadMessage } from './dead-message.ts';
import type { OpenTurn } from './follower-turn.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { messageJob } from './message-queue.ts';
import { NO_RIGHT } from './send-right.ts';
import { checkSendable } from './sendable.ts';
import { WorkerDelivery } from './worker-delivery.ts';

/** How far the worker has got with a message; a later attempt goes on from here. */
const checkpoint = v.strictObject({
  /** A handler that must not run twice has begun. */
  hasBegun: v.optional(v.boolean()),
  /**
   * The handlers are done, and this remains to be sent, as JSON: a list of replies. An earlier version
   * wrote a single one.
   */
  reply: v.optional(v.string()),
  /** The message keeps its place among those of its follower until all is sent. */
  inOrder: v.optional(v.boolean()),
  /** All is sent, which the record of the message and the line of the follower are still to be told. */
  isSent: v.optional(v.boolean()),
});

/**
 * A slow handler may think for 50 s (see `limitMs` of `slow`), and one that is stopped at the end of a
 * shift starts again from the beginning.
 */
const NEEDS_MS = 55_000;
/** A message that kills its worker kills ten of them; one that died with others is not given up. */
const MAX_DEATHS = 10;
/** When it is tried again to note that an answer was sent. */
const NOTE_AGAIN_MS = 10_000;
/** When a message looks again for its turn whose line cannot be read. */
const TURN_AGAIN_MS = 3_000;
/** For so long its line is looked for. */
const TURN_SOUGHT_MS = 3_600_000;
/** Between two attempts to store what a handler has answered. */
const STORE_AGAIN_MS = 1_000;

export interface MessageJobOptions {
  readonly handle: Middleware<Context>;
  /** Tells the follower of a message that is given up. */
  readonly onDead?: FailureHandler | undefined;
  readonly api: Api;
  readonly clock: Clock;
  readonly kept: Pick<KeptAnswers, 'finish' | 'sent' | 'keep'>;
  readonly right: RightToSend;
  readonly openTurn: OpenTurn;
  readonly documents?: DocumentReader | undefined;
}

/**
 * Runs the handlers of a message in the worker, and sends what they reply as a customer-service
 * message. The reply is saved before it is sent, so that a worker that dies is followed by one that
 * sends the same words. A text that is too long for one message goes out as several, in order. One is
 * sent twice only if the worker died between WeChat's receipt and the note of it.
 *
 * The answer of a slow handler may be brought by a delivery that waits for it; and what WeChat does not
 * let us send of it is kept until the follower asks.
 *
 * What the handlers changed in the follower's sessions is saved with the reply, and the next message of
 * the follower has its turn when the reply is sent.
 */
export function createMessageJob(options: MessageJobOptions): Job<'message'> {
  const { handle, onDead, api, clock, kept, right, openTurn, documents } = options;
  return defineJob({
    ...messageJob,
    checkpoint,
    priority: 'high',
    // A follower is waiting, so a message that a dead worker had in hand is taken over soon.
    leaseMs: 10_000,
    maxDeaths: MAX_DEATHS,
    needsMs: NEEDS_MS,
    async onDead(error, payload, ctx) {
      const message = parseMessage(payload.message);
      try {
        if (onDead) await answerDeadMessage({ onDead, api, clock }, error, message, ctx);
      } finally {
        // The next message of the follower would find out by itself, but only when there is one.
        if (payload.inOrder) await openTurn({ message, ...ctx, holder: '', by: 'worker' }).leave();
      }
    },
    async run({ checkpoint: saved, signal, log: jobLog, assertHeld, save }, payload) {
      const message = parseMessage(payload.message);
      const log = jobLog.child({ openid: followerOf(message), messageId: loggedId(message) });
      let plan: SlowPlan | undefined;
      const beginOnce = async () => {
        if (saved?.hasBegun || payload.hasBegun) throw begunBefore();
        await save({ hasBegun: true });
      };
      const delivery = new WorkerDelivery({
        message,
        log,
        clock,
        signal,
        openTurn,
        right,
        documents,
        beginOnce,
        async beginSlow(begun) {
          plan = begun;
          if (!begun.rerun) await beginOnce();
        },
      });
      const handlerRun = new HandlerRun({
        message,
        abort: {
          signal,
          get isAborted() {
            return signal.aborted;
          },
        },
        log,
        clock,
        api,
        checkReply: (reply) => checkSendable(message, reply),
        repliesOf: (content) =>
          plan ? slowTexts(content) : asMessages(content, handlerRun.sender.left()).map(text),
        delivery,
      });
      const given = saved?.reply ?? payload.replies;
      if (given === undefined && payload.inOrder && !(await takeTurn())) {
        return again({ afterMs: delivery.waitMs ?? TURN_AGAIN_MS });
      }
      const replies = given === undefined ? await runHandlers() : readReplies(given);
      if (delivery.waitMs !== undefined) return again({ afterMs: delivery.waitMs });
      const inOrder = saved?.inOrder ?? delivery.sessions !== undefined;
      if (saved?.isSent) return conclude(true);
      if (given === undefined) await saveOutcome();
      const isSlow = plan !== undefined || payload.isFollowed || payload.replies !== undefined;
      const left = payload.isFollowed ? await kept.finish(message, replies) : replies;
      if (payload.notBefore !== undefined) {
        await sleep(clock, Math.max(0, payload.notBefore - clock.now()), signal);
      }
      for (const [index, reply] of left.entries()) {
        if (index > 0) await saveReplies(left.slice(index));
        assertHeld();
        try {
          await handlerRun.sender.send(reply);
        } catch (error) {
          if (!isSlow || !cannotBeSent(error)) throw error;
          await keepForAsking(left.slice(index), error);
          if (inOrder) await delivery.leave();
          return undefined;
        }
      }
      const isSent = left.length > 0;
      // A transaction of an instance that died may keep the message and the line locked, but not the job.
      if (isSent && (inOrder || payload.isFollowed)) {
        await save({ reply: '[]', isSent, ...(inOrder ? { inOrder } : {}) });
      }
      return replies.length > 0 ? conclude(isSent) : undefined;

      /** Also the whole attempt, where an earlier one has sent all. */
      async function conclude(isSent: boolean) {
        if (inOrder) await delivery.leave();
        if (!payload.isFollowed || !isSent) return undefined;
        try {
          await kept.sent(message);
          return undefined;
        } catch (error) {
          if (!mayPass(error)) throw error;
          log.warn('inbox unavailable', { reason: 'note sent', error });
          return again({ afterMs: NOTE_AGAIN_MS });
        }
      }

      /**
       * `false`: earlier messages of the follower are before this one, or nobody can say. A line that cannot
       * be read is no failure of the message, whose attempts would be used up before the transaction of an
       * instance that died lets go of it.
       */
      async function takeTurn(): Promise<boolean> {
        try {
          await delivery.takeTurn();
          return true;
        } catch (error) {
          if (delivery.waitMs !== undefined) return false;
          const isSought = clock.now() < message.createdAt + TURN_SOUGHT_MS;
          if (signal.aborted || !isSought || !mayPass(error)) throw error;
          log.warn('inbox unavailable', { reason: 'take turn', error });
          return false;
        }
      }

      /** They are left where they are if earlier messages of the follower are before this one. */
      async function runHandlers(): Promise<readonly Reply[]> {
        try {
          await handle(handlerRun.ctx, endOfChain);
          return handlerRun.replies;
        } catch (error) {
          if (delivery.waitMs !== undefined) return [];
          const isAnswered = error instanceof AnsweredFailure;
          // Its process is about to end, which is no failure of the handler: it runs again.
          if (signal.aborted) throw error;
          if (!(isAnswered || plan)) {
            // What becomes of the job is told by the worker, which knows of no message.
            log.warn('deferred handler failed', { error });
            throw error;
          }
          log.error('handler failed', { error: causeOf(error) });
          delivery.discard();
          const replies = isAnswered ? handlerRun.replies : [];
          return plan && replies.length === 0 ? [text(plan.words.gaveUp)] : replies;
        }
      }

      /** As long as the job is held: what is not stored would be made again. */
      async function saveOutcome(): Promise<void> {
        const isOver = replies.length === 0;
        if (isOver && !inOrder) return;
        const settle = inOrder ? (tx: Transaction) => delivery.settleIn(tx, isOver) : undefined;
        for (;;) {
          try {
            return await saveReplies(replies, settle);
          } catch (error) {
            if (signal.aborted || !mayPass(error)) throw error;
            log.warn('inbox unavailable', { reason: 'save outcome', error });
            await sleep(clock, STORE_AGAIN_MS, signal);
          }
        }
      }

      async function saveReplies(
        left: readonly Reply[],
        alongside?: (tx: Transaction) => Promise<void>,
      ): Promise<void> {
        const order = inOrder ? { inOrder } : {};
        await save({ reply: JSON.stringify(left), ...order }, alongside);
      }

      async function keepForAsking(left: readonly Reply[], error: unknown): Promise<void> {
        await right.noteRefusal(error);
        log.warn('answer kept to be asked for', { error });
        await kept.keep(message, left);
      }
    },
  });
}

/** That account, a follower who has been silent for too long, or one who has got all that he may get. */
const FINAL: ReadonlySet<number> = new Set([NO_RIGHT, 45_015, 45_047]);

function cannotBeSent(error: unknown): boolean {
  if (error instanceof WeChatError) return FINAL.has(error.errcode);
  return error instanceof AppError && error.details.isFinal === true;
}

function readReplies(saved: string): readonly Reply[] {
  const value = JSON.parse(saved) as Reply | readonly Reply[];
  return [value].flat();
}

function begunBefore(): AppError {
  return new AppError(
    'conflict',
    'This handler had begun before, and it must not run twice (withoutRerun, or rerun: false).',
    { details: { isFinal: true } },
  );
}
