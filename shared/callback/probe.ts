import type { Context } from '../account/context.ts';
import type { Middleware } from '../account/middleware.ts';
import { slow } from '../account/slow.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { eventName, type Message } from '../wechat/message/message.ts';

/** An event that WeChat never sends: the doctor's, signed like any other. */
export const DOCTOR_EVENT = 'fuwuhao_doctor';
/** Its key when the doctor tries whether a slow handler goes on after its caller has hung up. */
export const SLOW_PROBE = 'slow';
/** The second delivery waits for it. */
const WORKS_MS = 7_000;

/** Answers the doctor's slow probe with a slow handler of our own; all else goes to the account. */
export function withSlowProbe(clock: Clock, handle: Middleware<Context>): Middleware<Context> {
  const probe = slow<Context>(
    async (ctx) => {
      await sleep(clock, WORKS_MS, ctx.signal);
      ctx.reply(SLOW_PROBE);
    },
    { ways: ['whileAskedAgain'], language: 'en' },
  );
  return (ctx, next) => (isProbe(ctx.message) ? probe : handle)(ctx, next);
}

function isProbe(message: Message): boolean {
  if (message.type !== 'event' || message.event !== 'unknown') return false;
  return eventName(message) === DOCTOR_EVENT && message.raw.EventKey === SLOW_PROBE;
}
