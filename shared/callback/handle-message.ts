import type { Delivery } from '../account/delivery.ts';
import { type Abort, createAbort } from '../kernel/abort.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Config } from '../kernel/settings.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Inbox, InboxEntry, Standing } from './inbox.ts';
import type { MessageQueue } from './message-job.ts';
import { type RunOptions, type RunResult, runHandlers } from './run-handlers.ts';
import { ANSWER_WITHIN_MS, HANDLE_WITHIN_MS, HELD_MS } from './timing.ts';

export interface HandleOptions extends Pick<RunOptions, 'handle' | 'api' | 'clock' | 'log'> {
  /** When the push came in, in ms since the epoch. */
  readonly pushedAt: number;
  /** WeChat will deliver the message again if this delivery gets no answer. */
  readonly comesAgain: boolean;
  readonly inbox: Inbox;
  readonly queue: Pick<MessageQueue, 'kick'>;
  /** What a delivery does with a message that the store cannot claim. */
  readonly withoutStore: Config['inboxWithoutStore'];
}

export interface HandledMessage {
  /** Without a reply WeChat is told `success`. */
  readonly reply: Reply | undefined;
  readonly standing: Standing;
}

/** Between two attempts to hand a message over to the worker. */
const PAUSE_MS = 400;

/**
 * Runs the handlers, once for all deliveries of the message, and gives their reply. A handler that
 * throws, or that is not done when time is up, gives none: WeChat is then told `success`, and the
 * follower never sees its fault notice. The worker gets the messages that are deferred or not
 * handled in time.
 */
export function handleMessage(message: Message, options: HandleOptions): Promise<HandledMessage> {
  return new PushedDelivery(message, options).handle();
}

/** One delivery of a message, by a push. The router claims the message through it when a route acts. */
class PushedDelivery implements Delivery {
  readonly #message: Message;
  readonly #options: HandleOptions;
  readonly #entry: InboxEntry;
  readonly #abort = createAbort();
  #isDeferred = false;
  /** The chain has ended in front of a handler that must not run without a claim. */
  #isRefused = false;
  /** The chain has ended in front of a handler because the claim came when time was up. */
  #isLate = false;

  constructor(message: Message, options: HandleOptions) {
    this.#message = message;
    this.#options = options;
    this.#entry = options.inbox.open(message, options.pushedAt, options.log);
  }

  async handle(): Promise<HandledMessage> {
    const entry = this.#entry;
    const result = await this.#run(this.#abort, this);
    if (entry.standing === 'repeat') return this.#handled(entry.reply);
    if (this.#isRefused) return this.#giveUp();
    if (this.#isLate || (result.kind === 'overdue' && !entry.hasBegun)) {
      return this.#handOver(undefined);
    }
    if (result.kind !== 'done') return this.#handled(await entry.settle(undefined));
    if (this.#isDeferred) return this.#handOver(result.reply);
    return this.#handled(await entry.settle(result.reply));
  }

  claim(): Promise<void> {
    return this.#claim(false);
  }

  beginOnce(): Promise<void> {
    return this.#claim(true);
  }

  defer(): void {
    this.#isDeferred = true;
  }

  #run(abort: Abort, delivery: Delivery): Promise<RunResult> {
    const { handle, api, clock, log, pushedAt } = this.#options;
    const untilMs = pushedAt + HANDLE_WITHIN_MS;
    return runHandlers(this.#message, { handle, api, clock, log, delivery, abort, untilMs });
  }

  /** @throws AppError if this delivery may do nothing for the message now */
  async #claim(hasBegun: boolean): Promise<void> {
    const { clock, pushedAt, withoutStore } = this.#options;
    await this.#entry.claim({ hasBegun });
    const { standing } = this.#entry;
    this.#isRefused = standing === 'unavailable' && (hasBegun || withoutStore === 'wait');
    // While this instance was frozen, another may have begun to handle the message.
    this.#isLate = clock.now() >= pushedAt + HANDLE_WITHIN_MS;
    // After an abort the chain ends, whatever its handlers make of the error.
    if (this.#isRefused || this.#isLate || standing === 'repeat') this.#abort.abort(notOurs());
    if (this.#abort.isAborted()) this.#abort.signal.throwIfAborted();
  }

  /**
   * Leaves the message to the worker. If the reply tells the follower to wait, the message must be
   * stored for sure.
   */
  async #handOver(reply: Reply | undefined): Promise<HandledMessage> {
    const { clock, log, queue, pushedAt } = this.#options;
    const entry = this.#entry;
    while (!(await entry.handOver(reply))) {
      if (this.#isDeferred && !entry.isClaimed && !this.#mayComeAgain()) return this.#handleHere();
      if (entry.isHopeless || clock.now() + PAUSE_MS > pushedAt + ANSWER_WITHIN_MS) {
        return this.#giveUp();
      }
      await sleep(clock, PAUSE_MS);
    }
    const isRepeat = entry.standing === 'repeat';
    if (!isRepeat) log.info('message deferred');
    // Also for a repeat: the delivery that stored the message may have given up before it knew.
    await queue.kick();
    return this.#handled(isRepeat ? entry.reply : reply);
  }

  /** Ends a delivery that could neither handle the message nor hand it over. */
  async #giveUp(): Promise<HandledMessage> {
    const { clock, log, pushedAt } = this.#options;
    if (this.#entry.isClaimed) {
      // The worker finds the message when the claim is over.
      log.warn('message left to the sweep');
    } else if (this.#mayComeAgain()) {
      // Without an answer WeChat delivers it again, perhaps to an instance that reaches the store.
      log.warn('message held', { reason: 'store unavailable' });
      await sleep(clock, Math.max(0, pushedAt + HELD_MS - clock.now()));
    } else log.error('message lost', { reason: 'store unavailable' });
    return this.#handled(undefined);
  }

  /** Runs the handler of a deferred message that cannot be stored: perhaps twice is better than never. */
  async #handleHere(): Promise<HandledMessage> {
    this.#options.log.warn('message handled here', { reason: 'store unavailable' });
    let isBarred = false;
    const result = await this.#run(createAbort(), {
      async beginOnce() {
        isBarred = true;
        throw notOurs();
      },
    });
    if (isBarred || result.kind === 'overdue') return this.#giveUp();
    return this.#handled(result.kind === 'done' ? result.reply : undefined);
  }

  /** WeChat delivers the message again if it gets no answer, and the store may be back by then. */
  #mayComeAgain(): boolean {
    return this.#options.comesAgain && !this.#entry.isHopeless;
  }

  #handled(reply: Reply | undefined): HandledMessage {
    return { reply, standing: this.#entry.standing };
  }
}

function notOurs(): AppError {
  return new AppError(
    'conflict',
    'Another delivery has the message, or may have handled it before; this one does nothing for it.',
  );
}
