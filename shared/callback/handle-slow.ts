import type { SlowPlan } from '../account/slow-plan.ts';
import { type Backoff, backoffMs } from '../kernel/backoff.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { waitAtMost } from '../kernel/time-limit.ts';
import { type Reply, text } from '../wechat/reply.ts';
import type { FollowerTurn } from './follower-turn.ts';
import { giveUp, type HandledMessage, handled, withhold } from './handled.ts';
import type { Asking } from './kept-answers.ts';
import { notHandled } from './obstacle.ts';
import type { PushedDelivery } from './pushed-delivery.ts';
import type { Brought, Response } from './slow-answer.ts';
import {
  ANSWER_WITHIN_MS,
  AT_LEAST_MS,
  EXTEND_EVERY_MS,
  LEASE_MS,
  NOTED_WITHIN_MS,
  STORE_PAUSE_MS,
} from './timing.ts';

const LOOK: Backoff = { firstMs: 50, lastMs: 400 };
/**
 * Lets a slow handler go on after the time to answer, and keeps the claim for it, until it is done or
 * takes too long. The response waits too: the platform freezes the process when it is given.
 */
export async function goOn<Result>(
  delivery: PushedDelivery,
  plan: SlowPlan,
  /** Never rejects. */
  ended: Promise<Result>,
): Promise<Result | undefined> {
  const { clock, log, pushedAt } = delivery.options;
  delivery.entry.answer.isAtWork = true;
  log.info('slow handler goes on');
  for (;;) {
    const isExtended = await attempt(delivery, () => delivery.entry.answer.extend());
    if (isExtended === false) {
      delivery.abort.abort(notHandled('repeat'));
      return undefined;
    }
    const leftMs = pushedAt + plan.limitMs - clock.now();
    if (leftMs <= 0) {
      log.error('handler was too slow', { ms: clock.now() - pushedAt });
      delivery.abort.abort(new AppError('timeout', 'The time for this slow handler is over.'));
      return undefined;
    }
    // While the store does not say, the claim ends with its lease: it is asked again soon.
    const pauseMs = isExtended ? EXTEND_EVERY_MS : STORE_PAUSE_MS;
    const result = await waitAtMost(clock, Math.min(pauseMs, leftMs), () => ended);
    if (result !== undefined) return result;
  }
}

/**
 * Stores the answer of a slow handler, and gives what this response brings of it. It tries for as long as
 * the handler might have taken: what keeps the message locked, such as the transaction of an instance that
 * died, keeps it from others too.
 */
export async function finishSlow(
  delivery: PushedDelivery,
  plan: SlowPlan,
  replies: readonly Reply[],
): Promise<HandledMessage> {
  const { entry, options } = delivery;
  const { clock, log, pushedAt } = options;
  if (replies.length <= 1 && delivery.isHeard) {
    const counting = await entry.settle(replies[0], delivery.heldTurn);
    if (entry.standing !== 'repeat' && !delivery.mustWait) return handled(delivery, counting);
  }
  const untilMs = Math.max(clock.now() + LEASE_MS, pushedAt + plan.limitMs);
  while (clock.now() < untilMs) {
    const finished = await attempt(delivery, () =>
      entry.answer.finish(replies, plan, responseOf(delivery, delivery.heldTurn)),
    );
    if (finished) {
      // WeChat would take an answer without a reply for the last word, and would not ask again.
      return finished.reply ? handled(delivery, finished.reply) : withhold(delivery);
    }
    // What keeps the line of the follower locked does not keep the message, which stays ours meanwhile.
    await attempt(delivery, () => entry.answer.extend());
    await sleep(clock, STORE_PAUSE_MS);
  }
  log.warn('message left to the sweep');
  return handled(delivery, undefined);
}

/** Leaves a slow handler to the worker, and waits for what it answers. `unstored`: that cannot be. */
export async function leaveSlow(
  delivery: PushedDelivery,
  plan: SlowPlan,
): Promise<HandledMessage | 'unstored'> {
  const { entry, options } = delivery;
  const { clock, log, pushedAt } = options;
  // What comes for the last time has come before: its handler may be at work, and must not start again here.
  const mayBeAtWork = options.isRepeat && !options.comesAgain && !entry.isClaimed;
  const untilMs = mayBeAtWork ? whenToTell(delivery) : pushedAt + ANSWER_WITHIN_MS;
  for (;;) {
    const limitMs = Math.max(AT_LEAST_MS, untilMs - clock.now());
    const left = await waitAtMost(clock, limitMs, () =>
      attempt(delivery, () => entry.answer.leaveToWorker(plan, delivery.turn)),
    );
    if (left === 'in hand') return followSlow(delivery, plan);
    if (left) {
      log.info('slow answer brought');
      return handled(delivery, left.reply);
    }
    if (!entry.isClaimed && !delivery.mayComeAgain && !mayBeAtWork) return 'unstored';
    if (clock.now() + STORE_PAUSE_MS > untilMs) {
      const given = await giveUp(delivery);
      const isTold = mayBeAtWork && delivery.isHeard;
      return isTold ? handled(delivery, text(plan.words.gaveUp)) : given;
    }
    await sleep(clock, STORE_PAUSE_MS);
  }
}

/**
 * Waits for the answer of a slow handler that runs elsewhere. If it does not come in time, WeChat is to
 * ask again; and the last delivery tells the follower how the answer comes.
 */
export async function followSlow(
  delivery: PushedDelivery,
  plan: SlowPlan,
): Promise<HandledMessage> {
  if (!delivery.waitsForRepeats(plan)) return followLast(delivery, plan);
  const found = await bring(delivery, plan, responseOf(delivery, delivery.turn));
  return found ? handled(delivery, found.reply) : withhold(delivery);
}

/** WeChat brings the message no more, so this response says something, noted or not. */
async function followLast(delivery: PushedDelivery, plan: SlowPlan): Promise<HandledMessage> {
  const { answer } = delivery.entry;
  let isBrought = false;
  const said = await beforeHangingUp(delivery, async (response, isOver) => {
    // Behind the response none is begun: a process that is frozen in a transaction keeps the message locked.
    const tell = async () =>
      isOver() ? undefined : attempt(delivery, () => answer.tell(plan, response));
    const found = await bring(delivery, plan, response);
    isBrought = found !== undefined;
    // One whose confirmation was lost may have taken the answer, which the second one then gives.
    return found ?? (await tell()) ?? (await tell());
  });
  if (!isBrought) {
    delivery.options.log.info('slow answer promised', { reason: said ? 'noted' : 'not noted' });
  }
  return handled(delivery, said ? said.reply : text(plan.words.interim));
}

/**
 * What a response brings before WeChat hangs up, whatever the store does: also an answer that it has not
 * confirmed to be given, which may therefore come once more. `undefined`: nothing was taken for this
 * response, and nothing will be.
 */
async function beforeHangingUp(
  delivery: PushedDelivery,
  work: (response: Response, isOver: () => boolean) => Promise<Brought | undefined>,
): Promise<Brought | undefined> {
  const { clock } = delivery.options;
  /** What is being taken for this response, while the store has not confirmed it. */
  let unconfirmed: Brought | undefined;
  let isOver = false;
  const response: Response = {
    turn: delivery.turn,
    // What was said without a confirmation is still to be taken, should the store try again.
    isHeard: () => (isOver ? unconfirmed !== undefined : delivery.isHeard),
    onGiving(brought) {
      unconfirmed = brought;
    },
  };
  const limitMs = Math.max(AT_LEAST_MS, whenToTell(delivery) + NOTED_WITHIN_MS - clock.now());
  const brought = await waitAtMost(clock, limitMs, () => work(response, () => isOver));
  isOver = true;
  return brought ?? unconfirmed;
}

async function bring(
  delivery: PushedDelivery,
  plan: SlowPlan,
  response: Response,
): Promise<Brought | undefined> {
  const { answer } = delivery.entry;
  const found = await pollFor(delivery, async () => {
    const brought = await answer.bring(plan, response);
    const left =
      brought === 'nobody at work' ? await answer.leaveToWorker(plan, delivery.turn) : brought;
    return typeof left === 'string' ? undefined : left;
  });
  if (found) delivery.options.log.info('slow answer brought');
  return found;
}

/** Gives the follower the answer that was asked for, or says that it is still to come. */
export async function giveKept(
  delivery: PushedDelivery,
  { id, words }: Asking,
): Promise<HandledMessage> {
  const { message, options } = delivery;
  const found = await beforeHangingUp(delivery, (response) =>
    pollFor(delivery, () => options.inbox.kept.give(message, { id, words }, response)),
  );
  if (found) return handled(delivery, found.reply);
  if (options.goesOn && options.comesAgain) return withhold(delivery);
  return handled(delivery, text(words.waiting));
}

/** Looks for an answer until it is time to tell the follower that there is none yet. */
async function pollFor(
  delivery: PushedDelivery,
  look: () => Promise<Brought | undefined>,
): Promise<Brought | undefined> {
  const { clock } = delivery.options;
  const untilMs = whenToTell(delivery);
  for (let looks = 1; ; looks += 1) {
    const found = await attempt(delivery, look);
    const leftMs = untilMs - clock.now();
    if (found || leftMs <= 0) return found;
    await sleep(clock, Math.min(backoffMs(LOOK, looks), leftMs));
  }
}

const whenToTell = ({ tellBy, heardUntil }: PushedDelivery): number => Math.min(tellBy, heardUntil);

function responseOf(delivery: PushedDelivery, turn: FollowerTurn | undefined): Response {
  return { isHeard: () => delivery.isHeard, turn };
}

/** `undefined` also if the store failed. */
async function attempt<R>(
  { options: { log } }: PushedDelivery,
  operation: () => Promise<R>,
): Promise<R | undefined> {
  try {
    return await operation();
  } catch (error) {
    log.warn('inbox unavailable', { reason: 'slow answer', error });
    return undefined;
  }
}
