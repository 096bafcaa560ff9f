import type { Eventual } from '../kernel/eventual.ts';
import { lazyApi } from '../wechat/client/api-of.ts';
import type { Api } from '../wechat/client/index.ts';
import { type Context, MessageContext } from './context.ts';
import { delivery } from './delivery.ts';

/**
 * The context of a handler that may be done when it returns, and whose message is not claimed. What
 * the handler begins by `ctx.send`, `ctx.typing` or `ctx.api` waits for the claim; and the response
 * waits for what a handler has begun without awaiting it, which the platform would freeze.
 */
export class UnclaimedContext extends MessageContext {
  #begun: Promise<unknown>[] | undefined;

  override get send(): Context['send'] {
    return (content) => this.#begin(() => this.run.sender.send(content));
  }

  override get typing(): Context['typing'] {
    return (work) => this.#begin(() => this.run.sender.typing(work));
  }

  override get api(): Api {
    const claimed = this.#begin(() => Promise.resolve());
    return lazyApi(() => claimed.then(() => super.api));
  }

  /** Resolves when all that the handler has begun is over; what failed is in the log. */
  allBegun(): Eventual<void> {
    if (this.#begun) return this.#settle(this.#begun);
  }

  /** The work of a handler that turned out to wait, and the claim that it should have had before. */
  async claimWhile(work: Promise<void>): Promise<void> {
    await Promise.all([work, this[delivery]?.claim?.()]);
  }

  async #settle(begun: readonly Promise<unknown>[]): Promise<void> {
    for (const result of await Promise.allSettled(begun)) {
      // Behind a claim that was refused the chain of handlers has ended, and says why.
      if (result.status === 'rejected' && !this.run.options.abort.isAborted) {
        this.log.error('what a handler did not await has failed', { error: result.reason });
      }
    }
  }

  #begin<R>(work: () => Promise<R>): Promise<R> {
    const claimed = (async () => this[delivery]?.claim?.())();
    // Behind a claim that is refused the handler is left where it waits, as all handlers after it are.
    const begun = claimed.then(work, () => new Promise<never>(() => {}));
    const over = claimed.then(() => begun);
    // A failure that is reported by `allBegun`, or that the handler awaits, must not end the process.
    for (const promise of [begun, over]) promise.catch(() => {});
    this.#begun ??= [];
    this.#begun.push(over);
    return begun;
  }
}
