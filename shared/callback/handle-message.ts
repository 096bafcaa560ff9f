import type { Place } from '../account/delivery.ts';
import type { Later } from '../account/later.ts';
import { type RunOptions, runHandlers } from '../account/run-handlers.ts';
import { type Abort, createAbort } from '../kernel/abort.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Config } from '../kernel/settings.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Inbox, Standing } from './inbox.ts';
import { ANSWER_WITHIN_MS, HANDLE_WITHIN_MS, HELD_MS } from './timing.ts';

export interface AnswerOptions extends Pick<RunOptions, 'handle' | 'api' | 'clock' | 'log'> {
  /** When the push came in. */
  readonly pushedAt: number;
  /** WeChat will bring the message again if this push gets no answer. */
  readonly comesAgain: boolean;
  readonly inbox: Inbox;
  readonly later: Pick<Later, 'kick'>;
  /** What is done with a message that the store cannot claim. */
  readonly withoutStore: Config['inboxWithoutStore'];
}

export interface Answer {
  /** Without one WeChat is told `success`. */
  readonly reply: Reply | undefined;
  readonly standing: Standing;
}

const PAUSE_MS = 400;

/**
 * Runs the handlers, once for all deliveries of the message, and gives their reply. A handler that
 * throws, or that is not done when time is up, gives none: WeChat is then told `success`, and the
 * follower never sees its fault notice. What is not done in time, and what is deferred, is left to
 * the worker.
 */
export async function answer(message: Message, options: AnswerOptions): Promise<Answer> {
  const { handle, api, clock, log, pushedAt, comesAgain, inbox, later, withoutStore } = options;
  const entry = inbox.open(message, pushedAt, log);
  const abort = createAbort();
  let isDeferred = false;
  /** The chain has ended in front of a handler that must not run without a claim. */
  let isRefused = false;
  /** It has ended there because the claim came when time was up. */
  let isLate = false;

  const ending = await run(abort, {
    claim: () => claim(false),
    beginOnce: () => claim(true),
    later() {
      isDeferred = true;
    },
  });
  if (entry.standing === 'repeat') return ended(entry.reply);
  if (isRefused) return giveUp();
  if (isLate || (ending.kind === 'overdue' && !entry.hasBegun)) return leave(undefined);
  if (ending.kind !== 'done') return ended(await entry.settle(undefined));
  return isDeferred ? leave(ending.reply) : ended(await entry.settle(ending.reply));

  function run(abort: Abort, place: Place) {
    const untilMs = pushedAt + HANDLE_WITHIN_MS;
    return runHandlers(message, { handle, api, clock, log, place, abort, untilMs });
  }

  /** @throws if nothing may be done for the message here and now */
  async function claim(hasBegun: boolean): Promise<void> {
    await entry.claim({ hasBegun });
    isRefused = entry.standing === 'unavailable' && (hasBegun || withoutStore === 'wait');
    // An instance that was frozen meanwhile may find another at it.
    isLate = clock.now() >= pushedAt + HANDLE_WITHIN_MS;
    // Aborted, the chain ends whatever its handlers make of the error.
    if (isRefused || isLate || entry.standing === 'repeat') abort.abort(notOurs());
    if (abort.isAborted()) abort.signal.throwIfAborted();
  }

  /** To the worker. What the follower is told to wait for must be sure to come. */
  async function leave(reply: Reply | undefined): Promise<Answer> {
    const isBetterHere = () => isDeferred && !entry.isClaimed && !mayComeAgain();
    while (!(await entry.handOver(reply))) {
      if (isBetterHere()) return runHere();
      if (entry.isHopeless || clock.now() + PAUSE_MS > pushedAt + ANSWER_WITHIN_MS) return giveUp();
      await sleep(clock, PAUSE_MS);
    }
    const isRepeat = entry.standing === 'repeat';
    if (!isRepeat) log.info('message deferred');
    // Also for a repeat: whoever stored the message may have given up before it heard so.
    await later.kick();
    return ended(isRepeat ? entry.reply : reply);
  }

  /** It is not handled, and cannot be: not now, and not here. */
  async function giveUp(): Promise<Answer> {
    if (entry.isClaimed) {
      // When the claim is over the worker finds the message.
      log.warn('message left to the sweep');
    } else if (mayComeAgain()) {
      // WeChat gets no answer and brings it again, perhaps to one who reaches the store.
      log.warn('message held', { reason: 'store unavailable' });
      await sleep(clock, Math.max(0, pushedAt + HELD_MS - clock.now()));
    } else log.error('message lost', { reason: 'store unavailable' });
    return ended(undefined);
  }

  /** For a message that nobody can defer: better here and perhaps twice than never. */
  async function runHere(): Promise<Answer> {
    log.warn('message handled here', { reason: 'store unavailable' });
    let isBarred = false;
    const ending = await run(createAbort(), {
      async beginOnce() {
        isBarred = true;
        throw notOurs();
      },
    });
    if (isBarred || ending.kind === 'overdue') return giveUp();
    return ended(ending.kind === 'done' ? ending.reply : undefined);
  }

  /** WeChat brings it again if it gets no answer, and the store may be back by then. */
  function mayComeAgain(): boolean {
    return comesAgain && !entry.isHopeless;
  }

  function ended(reply: Reply | undefined): Answer {
    return { reply, standing: entry.standing };
  }
}

function notOurs(): AppError {
  return new AppError('conflict', 'The message is not ours to handle, or it may have been before.');
}
