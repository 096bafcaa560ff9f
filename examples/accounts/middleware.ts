import { type Context, idempotent, type Next, Router } from '../../shared/index.ts';

/** Routers in routers, and what stands around the routes. */
const faq = new Router()
  // What only answers is `idempotent`: WeChat's repeats get the same answer, at half the cost.
  .text(
    ['hours', '营业时间'],
    idempotent((ctx) => ctx.reply('9:00–18:00')),
  )
  .text(
    ['address', '地址'],
    idempotent((ctx) => ctx.reply('上海市黄浦区外滩 1 号')),
  );

export const account = new Router()
  // What stands before and after `next()` runs before and after the routes. In front of idempotent
  // routes it has to be idempotent too.
  .use(idempotent(timing))
  .use(faq)
  // The last one takes what is left.
  .use((ctx) => ctx.reply('Sorry? 没听懂。'));

async function timing(ctx: Context, next: Next): Promise<void> {
  const startedAt = ctx.now();
  await next();
  ctx.log.debug('handled', { ms: ctx.now() - startedAt });
}
