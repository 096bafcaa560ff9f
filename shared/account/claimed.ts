import { type Eventual, isPending, whenDone } from '../kernel/eventual.ts';
import type { Context, MessageContext } from './context.ts';
import { delivery } from './delivery.ts';
import { needsClaim } from './idempotent.ts';
import type { Middleware, Next } from './middleware.ts';
import { UnclaimedContext } from './unclaimed-context.ts';

const AsyncFunction = (async () => {}).constructor;

/**
 * The same handler, behind the claim of the message: it acts in one delivery of the message only. A
 * handler that is done when it returns has waited for nothing, so it has done nothing that a second
 * run would repeat, and its message is recorded once, with the reply. One that waits is claimed before
 * it runs: an `async` function always, any other from the first time that it returns a promise, and
 * every handler when WeChat repeats the message.
 */
export function claimed(handler: Middleware<Context>): Middleware<MessageContext> {
  if (!needsClaim(handler)) return handler;
  let waits = handler instanceof AsyncFunction;

  return (ctx, next) => {
    const current = ctx[delivery];
    if (!current?.claim) return handler(ctx, next);
    if (waits || current.isRepeat) return whenDone(current.claim(), () => handler(ctx, next));
    return runUnclaimed(new UnclaimedContext(ctx), next);
  };

  function runUnclaimed(ctx: UnclaimedContext, next: Next): Eventual<void> {
    let passedOn: Promise<void> | undefined;
    const handled = handler(ctx, () => {
      passedOn = next();
      return passedOn;
    });
    // The handlers that it passes the message on to see to their own claim.
    if (!isPending(handled) || handled === passedOn) return whenDone(handled, () => ctx.allBegun());
    waits = true;
    ctx.log.warn(
      'handler returns a promise and is not async, so its first message was claimed late',
    );
    return ctx.claimWhile(handled);
  }
}
