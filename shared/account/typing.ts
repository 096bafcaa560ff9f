import { type Clock, sleep } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Api } from '../wechat/client/index.ts';

/**
 * WeChat shows the sign for some 15 s, and refuses to show it again before it is gone (45081).
 * https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing.html
 */
const SHOWN_MS = 15_500;

/** The sign 对方正在输入. It is a courtesy, so no failure of it ever reaches a handler. */
export class TypingSign {
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #follower: string | undefined;

  /** @param follower who sees it; events of WeChat itself have none, and show it to nobody */
  constructor(options: {
    readonly api: Api;
    readonly clock: Clock;
    readonly log: Log;
    readonly follower: string | undefined;
  }) {
    this.#api = options.api;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#follower = options.follower;
  }

  async show(signal: AbortSignal): Promise<void> {
    if (this.#follower === undefined) return;
    try {
      const command = { touser: this.#follower, command: 'Typing' } as const;
      await this.#api.customerService.setTyping(command, { signal });
    } catch (error) {
      if (!signal.aborted) this.#log.warn('typing sign not shown', { error });
    }
  }

  /** Keeps it up until the work has settled, which it waits for alone. */
  async during<R>(work: Promise<R>, signal: AbortSignal): Promise<R> {
    const over = new AbortController();
    const keeping = this.#keep(AbortSignal.any([signal, over.signal]));
    try {
      return await work;
    } finally {
      over.abort();
      await keeping;
    }
  }

  async #keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.show(signal);
      // Only the end of the work ends the wait early, and then the loop ends too.
      await sleep(this.#clock, SHOWN_MS, signal).catch(() => {});
    }
  }
}
