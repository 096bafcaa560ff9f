import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Context, defer, idempotent, pure, Router } from '../../../shared/index.ts';

/**
 * The account of the soak. Each run of a handler is logged, and replies in words of its own: a
 * second run could not give the same.
 */
export const account = new Router()
  .text(/^ordinary (\d+)/, work)
  .text(/^synchronous (\d+)/, (ctx) => {
    ctx.log.info('handler ran', { count: Number(ctx.match[1]) });
    ctx.reply(`${ctx.match[0]}: ${randomUUID()}`);
  })
  .text(
    /^pure (\d+)/,
    pure((ctx) => ctx.reply(ctx.match[0])),
  )
  .text(/^idempotent (\d+)/, idempotent(work))
  .text(/^deferred (\d+)/, defer(work, { interim: 'One moment' }));

async function work(ctx: Context & { readonly match: RegExpExecArray }): Promise<void> {
  ctx.log.info('handler ran', { count: Number(ctx.match[1]) });
  await delay(Math.random() * 20, undefined, { signal: ctx.signal });
  ctx.reply(`${ctx.match[0]}: ${randomUUID()}`);
}
