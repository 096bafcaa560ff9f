import type { Context } from '../account/context.ts';
import type { DocumentReader } from '../account/delivery.ts';
import type { Middleware } from '../account/middleware.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import type { Api } from '../wechat/client/index.ts';
import type { OpenTurn } from './follower-turn.ts';
import type { Inbox } from './inbox.ts';
import type { MessageQueue } from './message-queue.ts';

/** What one delivery of a message is handled with, and how WeChat made it. */
export interface DeliveryOptions {
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  /** When the push came in, in ms since the epoch. */
  readonly pushedAt: number;
  /** When WeChat sent this delivery, by its own clock: an instance may get it seconds later. */
  readonly sentAt: number;
  /** WeChat will deliver the message again if this delivery gets no answer. */
  readonly comesAgain: boolean;
  /** WeChat has delivered the message before. */
  readonly isRepeat: boolean;
  readonly inbox: Inbox;
  readonly queue: Pick<MessageQueue, 'wakeWorker'>;
  readonly openTurn: OpenTurn;
  /** What middleware reads of the store for itself. */
  readonly documents?: DocumentReader | undefined;
  /** What a delivery does with a message that the store cannot claim. */
  readonly withoutStore: Config['inboxWithoutStore'];
  /** Whether a slow handler may go on here while WeChat asks again. */
  readonly goesOn: boolean;
}
