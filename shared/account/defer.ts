import { whenDone } from '../kernel/eventual.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Context } from './context.ts';
import { delivery } from './delivery.ts';
import { withoutClaim } from './idempotent.ts';
import { inOrder, keepsOrder } from './in-order.ts';
import type { Middleware } from './middleware.ts';

export interface DeferOptions {
  /** What the follower reads at once; by default nothing. */
  readonly interim?: string | Reply;
  /**
   * Whether the worker may run the handler again if it failed or its process died; default `true`.
   * `false` for a handler that must not do its work twice: it then ends as a dead job instead.
   */
  readonly rerun?: boolean;
}

/**
 * Leaves a slow handler to the worker: WeChat is answered at once, and the handler's reply reaches the
 * follower as a customer-service message. `transfer()`, `transferToAi()` and `video()` exist only in
 * the response, so such a handler cannot reply with them.
 *
 * @example .text(/^report/, defer(async (ctx) => ctx.reply(await report()), { interim: 'One moment …' }))
 */
export function defer<C extends Context<Message>>(
  handler: Middleware<C>,
  { interim, rerun = true }: DeferOptions = {},
): Middleware<C> {
  const inWorker = rerun ? handler : withoutRerun(handler);
  return withoutClaim((ctx, next) => {
    const current = ctx[delivery];
    if (!current?.defer) return inWorker(ctx, next);
    if (interim !== undefined) ctx.reply(interim);
    return current.defer({ inOrder: keepsOrder(handler) });
  });
}

/**
 * For a handler that answers in the response and must not do its work twice: it is not run again
 * when it overruns the time to answer, nor when its instance dies, and the follower then gets no
 * answer. It does not run at all as long as the store cannot say that it has not run before.
 */
export function withoutRerun<C extends Context<Message>>(handler: Middleware<C>): Middleware<C> {
  const begin: Middleware<C> = (ctx, next) =>
    whenDone(ctx[delivery]?.beginOnce(), () => handler(ctx, next));
  if (!keepsOrder(handler)) return withoutClaim(begin);
  // It begins when its turn has come: an instance that dies in the line has done nothing yet.
  return inOrder(
    withoutClaim((ctx, next) => whenDone(ctx[delivery]?.takeTurn?.(), () => begin(ctx, next))),
  );
}
