import { HandlerRun } from '../account/context.ts';
import type { Delivery } from '../account/delivery.ts';
import { AnsweredFailure, causeOf } from '../account/failures.ts';
import { endOfChain } from '../account/middleware.ts';
import type { SlowPlan } from '../account/slow-plan.ts';
import { slowTexts } from '../account/slow-words.ts';
import { Abort } from '../kernel/abort.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { type Eventual, isPending, lastly, rescue, whenDone } from '../kernel/eventual.ts';
import { waitAtMost } from '../kernel/time-limit.ts';
import type { Message } from '../wechat/message/message.ts';
import { clip, type Reply, text } from '../wechat/reply.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { finishSlow, followSlow, giveKept, goOn, leaveSlow } from './handle-slow.ts';
import { giveUp, type HandledMessage, handled } from './handled.ts';
import { notHandled } from './obstacle.ts';
import { PushedDelivery } from './pushed-delivery.ts';
import { ANSWER_WITHIN_MS, EXTEND_AFTER_MS, STORE_PAUSE_MS } from './timing.ts';

/**
 * Runs the handlers, once for all deliveries of the message, and gives their reply. A handler that
 * throws, or that is not done when time is up, gives none: WeChat is then told `success`, and the
 * follower never sees its fault notice. The worker gets the messages that are deferred or not
 * handled in time.
 */
export function handleMessage(
  message: Message,
  options: DeliveryOptions,
): Eventual<HandledMessage> {
  const delivery = new PushedDelivery(message, options);
  return whenDone(runHandlers(delivery, delivery, delivery.abort), (result) =>
    conclude(delivery, result),
  );
}

function conclude(delivery: PushedDelivery, result: RunResult): Eventual<HandledMessage> {
  const { entry, plan, asking } = delivery;
  if (asking) return giveKept(delivery, asking);
  if (plan) {
    const end = () => endWork(delivery);
    return lastly(() => concludeSlow(delivery, plan, result), end);
  }
  if (entry.standing === 'repeat') return handled(delivery, entry.reply);
  if (delivery.obstacle === 'unavailable') return awaitStore(delivery);
  if (isLate(delivery)) return handOver(delivery, undefined);
  switch (result.kind) {
    case 'overdue':
      // A handler that must not run twice has begun here, so the worker must not run it.
      return entry.hasBegun ? fail(delivery, undefined) : handOver(delivery, undefined);
    case 'failed':
      return fail(delivery, result.replies[0]);
    case 'done':
      return delivery.isDeferred
        ? handOver(delivery, result.replies[0])
        : settle(delivery, result.replies[0]);
  }
}

function endWork({ entry }: PushedDelivery): void {
  if (entry.isClaimed) entry.answer.isAtWork = false;
}

/** A follower of a slow route is never left without a word. */
function concludeSlow(
  delivery: PushedDelivery,
  plan: SlowPlan,
  result: RunResult,
): Eventual<HandledMessage> {
  const { entry } = delivery;
  if (entry.standing === 'repeat' && !entry.isClaimed) return followSlow(delivery, plan);
  if (delivery.obstacle === 'unavailable') return awaitStore(delivery);
  const isUnclaimed = result.kind === 'overdue' && !entry.isClaimed;
  if (delivery.isDeferred || isLate(delivery) || isUnclaimed) return leave(delivery, plan);
  if (result.kind !== 'done') delivery.turn?.discard();
  const isAnswered = result.kind === 'done' || result.replies.length > 0;
  const replies = isAnswered ? result.replies : [text(plan.words.gaveUp)];
  if (entry.isClaimed) return finishSlow(delivery, plan, replies);
  return settle(delivery, onlyReply(replies));
}

/** There is no time left here, and none of the handlers has begun that must not begin twice. */
function isLate({ obstacle }: PushedDelivery): boolean {
  return obstacle === 'late' || obstacle === 'turn';
}

async function leave(delivery: PushedDelivery, plan: SlowPlan): Promise<HandledMessage> {
  const left = await leaveSlow(delivery, plan);
  return left === 'unstored' ? handleHere(delivery, text(plan.words.gaveUp)) : left;
}

/** The handlers came to nothing, so nothing of what they changed in the sessions counts. */
function fail(
  delivery: PushedDelivery,
  /** By `onError`, or kept. */
  reply: Reply | undefined,
): Eventual<HandledMessage> {
  delivery.turn?.discard();
  return settle(delivery, reply);
}

function settle(delivery: PushedDelivery, reply: Reply | undefined): Eventual<HandledMessage> {
  if (delivery.isUnrecorded) return handled(delivery, reply);
  return whenDone(delivery.entry.settle(reply, delivery.heldTurn), (counting) =>
    delivery.mustWait ? awaitStore(delivery) : handled(delivery, counting),
  );
}

/** WeChat brings a last delivery to no other instance: the store may still come back in its time. */
function awaitStore(delivery: PushedDelivery): Promise<HandledMessage> {
  const isLast = !delivery.mayComeAgain && !delivery.entry.isHopeless;
  return isLast ? handOver(delivery, undefined) : giveUp(delivery);
}

interface RunResult {
  readonly kind: 'done' | 'failed' | 'overdue';
  readonly replies: readonly Reply[];
}

const OVERDUE: RunResult = { kind: 'overdue', replies: [] };

/**
 * Runs the handlers once, for as long as there is time. `current` is the delivery that they see. Only
 * handlers that are still at work when they return need a timer.
 */
function runHandlers(
  delivery: PushedDelivery,
  current: Delivery,
  abort: Abort,
): Eventual<RunResult> {
  const { message, options } = delivery;
  const { handle, api, clock, log } = options;
  const run = new HandlerRun({
    message,
    abort,
    api,
    log,
    clock,
    delivery: current,
    repliesOf: (content) => (delivery.plan ? slowTexts(content) : [text(content)]),
  });
  const done = (): RunResult => ({ kind: 'done', replies: run.replies });
  const failed = (error: unknown): RunResult => {
    if (!abort.isAborted) log.error('handler failed', { error: causeOf(error) });
    // What a handler has replied before it failed does not count, unless that is declared.
    if (!(error instanceof AnsweredFailure)) run.dropReply();
    return { kind: 'failed', replies: run.replies };
  };
  const ended = rescue(() => whenDone(handle(run.ctx, endOfChain), done), failed);
  return isPending(ended) ? waitForHandlers(ended, delivery, abort) : ended;
}

async function waitForHandlers(
  /** Never rejects: a handler that fails after the deadline must not fail another message. */
  ended: Promise<RunResult>,
  delivery: PushedDelivery,
  abort: Abort,
): Promise<RunResult> {
  const { untilMs, options } = delivery;
  const { clock, log, pushedAt } = options;
  const startedAt = clock.now();
  for (const until of [pushedAt + EXTEND_AFTER_MS, untilMs]) {
    const result = await waitAtMost(clock, Math.max(0, until - clock.now()), () => ended);
    if (result) return result;
    if (delivery.plan && delivery.entry.isClaimed) {
      return (await goOn(delivery, delivery.plan, ended)) ?? OVERDUE;
    }
  }
  log.error('handler was too slow', { ms: clock.now() - startedAt });
  abort.abort(new AppError('timeout', 'The time to answer WeChat is over.'));
  return OVERDUE;
}

/**
 * Leaves the message to the worker. A reply that tells the follower to wait is given only if the
 * message is stored for sure.
 */
async function handOver(
  delivery: PushedDelivery,
  reply: Reply | undefined,
): Promise<HandledMessage> {
  const { entry, options } = delivery;
  const { clock, log, queue, pushedAt } = options;
  while (!(await entry.handOver(reply, delivery.turn))) {
    if (delivery.isDeferred && !entry.isClaimed && !delivery.mayComeAgain) {
      return handleHere(delivery);
    }
    const isLastAttempt = clock.now() + STORE_PAUSE_MS > pushedAt + ANSWER_WITHIN_MS;
    if (entry.isHopeless || isLastAttempt) return giveUp(delivery);
    await sleep(clock, STORE_PAUSE_MS);
  }
  const isRepeat = entry.standing === 'repeat';
  if (!isRepeat) log.info('message deferred');
  // Also for a repeat: the delivery that stored the message may have given up before it knew.
  await queue.wakeWorker();
  return handled(delivery, isRepeat ? entry.reply : reply);
}

/** Runs a deferred handler here, since the message cannot be stored: perhaps twice, but not never. */
async function handleHere(
  delivery: PushedDelivery,
  /** What the follower is told if it has no result; by default nothing. */
  gaveUp?: Reply,
): Promise<HandledMessage> {
  delivery.options.log.warn('message handled here', { reason: 'store unavailable' });
  let isBarred = false;
  const unclaimed: Delivery = {
    documents: delivery.documents,
    async beginOnce() {
      isBarred = true;
      throw notHandled('unavailable');
    },
    async takeTurn() {
      isBarred = true;
      throw notHandled('unavailable');
    },
  };
  const result = await runHandlers(delivery, unclaimed, new Abort());
  const isAnswered = result.kind === 'done' ? !isBarred : result.replies.length > 0;
  if (isAnswered) return handled(delivery, onlyReply(result.replies));
  if (gaveUp) return handled(delivery, gaveUp);
  return isBarred || result.kind === 'overdue' ? giveUp(delivery) : handled(delivery, undefined);
}

/** Without the store nothing can follow a response, so a long answer is cut to what it holds. */
function onlyReply(replies: readonly Reply[]): Reply | undefined {
  const [first, ...rest] = replies;
  if (first?.type !== 'text' || rest.length === 0) return first;
  const texts = replies.flatMap((reply) => (reply.type === 'text' ? [reply.content] : []));
  return text(clip(texts.join('\n')));
}
