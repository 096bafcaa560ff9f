import type { Message } from '../wechat/message/message.ts';
import type { Next } from './compose.ts';
import type { Context } from './context.ts';

/** A handler, whatever its route hands to it. */
export type Handle<C extends Context<Message>> = (ctx: C, next: Next) => void | Promise<void>;

/** Handlers that see to the claim themselves, or need none. */
const unclaimed = new WeakSet<object>();

/**
 * For a handler that may run again without harm, since it only answers: the message is recorded
 * once, with the reply, instead of before and after. Deliveries at the same moment may both run it,
 * and get the same reply all the same. What stands before it with `use` must be idempotent too.
 *
 * @example .text('help', idempotent((ctx) => ctx.reply('Send a place …')))
 */
export function idempotent<C extends Context<Message>>(handler: Handle<C>): Handle<C> {
  return withoutClaim((ctx, next) => handler(ctx, next));
}

export function withoutClaim<H extends object>(handler: H): H {
  unclaimed.add(handler);
  return handler;
}

export function needsClaim(handler: object): boolean {
  return !unclaimed.has(handler);
}
