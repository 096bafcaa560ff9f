import type { Message } from '../wechat/message/message.ts';
import type { Context } from './context.ts';
import { delivery } from './delivery.ts';
import type { Middleware } from './middleware.ts';

/** Handlers that claim the message themselves, or need no claim. */
const unclaimed = new WeakSet<object>();

/**
 * For a handler that may run again without harm, since it only replies: the message is recorded
 * once, with the reply, instead of before and after the handler. Two deliveries of one message at the
 * same moment may both run it, and still give the same reply. Middleware that stands before it with
 * `use` must be idempotent too.
 *
 * @example .text('help', idempotent((ctx) => ctx.reply('Send a place …')))
 */
export function idempotent<C extends Context<Message>>(handler: Middleware<C>): Middleware<C> {
  return withoutClaim((ctx, next) => handler(ctx, next));
}

/**
 * For a handler whose reply is computed from the message alone: nothing is stored, and a repeat
 * computes the reply again. So it gets nothing by which it could act, and it ends the chain.
 *
 * @example .text('help', pure((ctx) => ctx.reply('Send a place …')))
 */
export function pure<C extends Context<Message>>(
  handler: (ctx: Omit<C, 'api' | 'send' | 'typing' | 'signal'>) => void,
): Middleware<C> {
  return withoutClaim((ctx) => {
    ctx[delivery]?.leaveUnrecorded?.();
    return handler(ctx);
  });
}

export function withoutClaim<H extends object>(handler: H): H {
  unclaimed.add(handler);
  return handler;
}

export function needsClaim(handler: object): boolean {
  return !unclaimed.has(handler);
}
