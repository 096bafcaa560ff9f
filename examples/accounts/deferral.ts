import { clip, defer, Router, withoutRerun } from '../../shared/index.ts';

/**
 * Work that takes longer than the 5 seconds that WeChat waits, and more than one message. A deferred
 * handler runs in the worker, and what it replies reaches the follower as a customer-service message.
 */
export const account = new Router()
  // The reply at once, and a second message through the customer-service API.
  .text(['more', '更多'], async (ctx) => {
    ctx.reply('One more is coming … 还有一条');
    await ctx.send('Here it is. 来了。');
  })
  // WeChat is answered at once with `interim`; the reply follows when it is ready.
  .text(
    /^(?:report|报告)$/i,
    defer(async (ctx) => ctx.reply(await report(ctx.signal)), { interim: 'One moment … 请稍候' }),
  )
  // The worker repeats a handler that failed or whose process died. This one must not run twice.
  .text(
    /^(?:order a taxi|叫车)$/i,
    defer(async (ctx) => ctx.reply(await taxi(ctx.signal)), { rerun: false }),
  )
  // The same for a handler that answers in the response: it never runs again, not even if it is slow.
  .text(
    ['coupon', '优惠券'],
    withoutRerun((ctx) => ctx.reply('Your coupon: SPRING')),
  )
  .on('text', (ctx) => ctx.reply(clip(ctx.message.content)));

/** Stands for work that takes a while. `signal` is aborted when the time to answer is over. */
async function report(signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return 'All is well. 一切正常。';
}

/** Stands for an order that costs money. */
async function taxi(signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return 'A taxi comes in five minutes. 车辆五分钟后到达。';
}
