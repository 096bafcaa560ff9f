import { whenDone } from '../kernel/eventual.ts';
import type { Middleware } from './compose.ts';
import type { Context } from './context.ts';
import { delivery } from './delivery.ts';
import { needsClaim } from './idempotent.ts';

/** The same handler, behind the claim of the message: it runs in one delivery of the message only. */
export function claimed<C extends Context>(handler: Middleware<C>): Middleware<C> {
  if (!needsClaim(handler)) return handler;
  return (ctx, next) => whenDone(ctx[delivery]?.claim?.(), () => handler(ctx, next));
}
