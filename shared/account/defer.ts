import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Next } from './compose.ts';
import type { Context } from './context.ts';
import { deferral } from './deferral.ts';

/** A handler, whatever its route hands to it. */
type Handle<C extends Context<Message>> = (ctx: C, next: Next) => void | Promise<void>;

export interface DeferOptions {
  /** What the follower reads at once; without it, nothing. */
  readonly interim?: string | Reply;
  /**
   * Whether the worker may run the handler again if it failed or its process died; default `true`.
   * `false` for a handler that must not do its work twice: it then ends as a dead job instead.
   */
  readonly rerun?: boolean;
}

/**
 * Leaves a slow handler to the worker: WeChat is answered at once, and what the handler replies
 * reaches the follower as a customer-service message. `transfer()`, `transferToAi()` and `video()`
 * exist only in the response, so such a handler cannot reply with them.
 *
 * @example .text(/^report/, defer(async (ctx) => ctx.reply(await report()), { interim: 'One moment …' }))
 */
export function defer<C extends Context<Message>>(
  handler: Handle<C>,
  { interim, rerun = true }: DeferOptions = {},
): Handle<C> {
  return async (ctx, next) => {
    const place = ctx[deferral];
    if (place?.place === 'callback') {
      if (interim !== undefined) ctx.reply(interim);
      place.later();
      return;
    }
    if (!rerun) await place?.beginOnce();
    await handler(ctx, next);
  };
}

/**
 * For a handler that answers in the response and must not do its work twice: when it overruns the
 * time to answer, the worker does not run it again, and the follower gets no answer.
 */
export function withoutRerun<C extends Context<Message>>(handler: Handle<C>): Handle<C> {
  return async (ctx, next) => {
    const place = ctx[deferral];
    if (place?.place === 'callback') place.keepFromWorker();
    else await place?.beginOnce();
    await handler(ctx, next);
  };
}
