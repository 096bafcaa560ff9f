import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Context, defer, idempotent, pure, Router } from '../../../shared/index.ts';

/**
 * The account of the soak. A message says its number, and for how many ms its handler works. Each run
 * of a handler is logged, and replies in words of its own: a second run could not give the same.
 */
export const account = new Router()
  .text(/^ordinary (\d+) (\d+)$/, work)
  .text(/^synchronous (\d+) \d+$/, (ctx) => {
    ctx.log.info('handler ran', { count: Number(ctx.match[1]) });
    ctx.reply(`${ctx.match[0]}: ${randomUUID()}`);
  })
  .text(
    /^pure (\d+) \d+$/,
    pure((ctx) => ctx.reply(ctx.match[0])),
  )
  .text(/^idempotent (\d+) (\d+)$/, idempotent(work))
  .text(/^deferred (\d+) (\d+)$/, defer(work, { interim: 'One moment' }));

async function work(ctx: Context & { readonly match: RegExpExecArray }): Promise<void> {
  const [, number, workMs] = ctx.match;
  ctx.log.info('handler ran', { count: Number(number) });
  await delay(Number(workMs), undefined, { signal: ctx.signal });
  ctx.reply(`${ctx.match[0]}: ${randomUUID()}`);
}
