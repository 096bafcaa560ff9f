import * as v from 'valibot';
import type { RightToSend } from '../account/delivery.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Collection, Store } from '../store/store.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { NO_RIGHT_KEPT_MS } from './timing.ts';

const schema = v.strictObject({
  /** The AppID. */
  _id: v.string(),
  refusedAt: v.date(),
});

type SendRightDocument = v.InferOutput<typeof schema>;

export const sendRightCollection: Collection<SendRightDocument> = { name: 'send_right', schema };

/** The errcode of an account that may not send customer-service messages. */
export const NO_RIGHT = 48_001;

/** An instance asks the store no more often than this. */
const READ_EVERY_MS = 60_000;

/**
 * Whether WeChat lets this account send customer-service messages. An account that is not verified may
 * not, and WeChat says so only when one is sent (48001): that is noted, and believed for a day.
 */
export class SendRight implements RightToSend {
  readonly #options: {
    readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
    readonly clock: Clock;
    readonly log: Log;
    readonly appid: string;
  };
  #readAt = Number.NEGATIVE_INFINITY;
  #refusedAt = Number.NEGATIVE_INFINITY;

  constructor(options: {
    readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
    readonly clock: Clock;
    readonly log: Log;
    readonly appid: string;
  }) {
    this.#options = options;
  }

  /** `false` also if the store does not say. */
  async isMissing(): Promise<boolean> {
    const { store, clock, log, appid } = this.#options;
    const now = clock.now();
    if (now - this.#readAt >= READ_EVERY_MS) {
      this.#readAt = now;
      try {
        const found = await store.get(sendRightCollection, appid);
        this.#refusedAt = found?.doc.refusedAt.getTime() ?? Number.NEGATIVE_INFINITY;
      } catch (error) {
        log.warn('right to send unknown', { error });
      }
    }
    return now - this.#refusedAt < NO_RIGHT_KEPT_MS;
  }

  async noteRefusal(refusal: unknown): Promise<void> {
    if (!(refusal instanceof WeChatError && refusal.errcode === NO_RIGHT)) return;
    const { store, clock, log, appid } = this.#options;
    this.#refusedAt = clock.now();
    this.#readAt = clock.now();
    const doc = { _id: appid, refusedAt: new Date(clock.now()) };
    try {
      if (await store.create(sendRightCollection, doc)) return;
      const found = await store.get(sendRightCollection, appid);
      if (found) await store.replaceIf(sendRightCollection, doc, found.rev);
    } catch (error) {
      log.warn('right to send not noted', { error });
    }
  }
}
