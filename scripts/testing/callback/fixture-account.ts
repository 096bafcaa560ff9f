import {
  type Context,
  clip,
  defer,
  idempotent,
  image,
  news,
  Router,
  transfer,
  video,
  voice,
} from '../../../shared/index.ts';

/** The account of the tests, soaks and benchmarks: a route of every kind, whatever a user's own has. */
export const account = new Router()
  // Around everything: what stands before and after `next()` runs before and after the routes.
  .use(idempotent(timing))

  // Someone follows. `key` is the scene of the QR code that brought them, if one did.
  .event('subscribe', (ctx) => {
    const { key } = ctx.message;
    ctx.reply(key ? `Welcome! 欢迎！ You came by "${key}".` : 'Welcome! 欢迎！ Send me anything.');
  })
  // A follower scans a QR code with a scene.
  .event('SCAN', (ctx) => ctx.reply(`You scanned "${ctx.message.key}".`))
  // They have gone and cannot be answered. Delete what you keep about them here.
  .event('unsubscribe', (ctx) => ctx.log.info('follower left', { openid: ctx.openid }))

  // Taps on menu buttons of type click, by key: a string, or a pattern for several.
  .event('CLICK', 'SUPPORT', (ctx) => ctx.reply(transfer()))
  .event('CLICK', 'NEWS', (ctx) => ctx.reply(news([today])))
  .event('CLICK', /^SONG_(\d+)$/, (ctx) => ctx.reply(`Song number ${ctx.match[1] ?? ''}`))
  .event('CLICK', (ctx) => ctx.reply(`You tapped ${ctx.message.key}.`))

  // Text: words, then patterns, then whatever is left. What only answers is `idempotent`: WeChat's
  // repeats get the same answer at half the cost.
  .text(
    ['help', '帮助'],
    idempotent((ctx) => ctx.reply('Send text, a picture, a voice message, a place …')),
  )
  .text(/^(?:order|订单)\s*(\d+)$/i, async (ctx) => {
    // `ctx.signal` is aborted when the time to answer is over: hand it to `fetch`.
    ctx.reply(await orderLine(ctx.match[1] ?? '', ctx.signal));
  })

  // More than one message: the reply now, the others through the customer-service API.
  .text(['more', '更多'], async (ctx) => {
    ctx.reply('One more is coming … 还有一条');
    await ctx.send('Here it is. 来了。');
  })

  // Slow work goes to the worker: WeChat is answered at once, the reply follows when it is ready.
  .text(
    /^(?:report|报告)$/i,
    defer(async (ctx) => ctx.reply(await report(ctx.signal)), { interim: 'One moment … 请稍候' }),
  )

  // You ask, I answer: the same text, cut to what a reply can hold.
  .on('text', (ctx) => ctx.reply(clip(ctx.message.content)))

  // Image exchange: the media id of a message can be sent back as it is.
  .on('image', (ctx) => ctx.reply(image(ctx.message.mediaId)))
  .on('voice', (ctx) => ctx.reply(ctx.message.recognition ?? voice(ctx.message.mediaId)))
  .on(['video', 'shortvideo'], (ctx) =>
    ctx.reply(video({ mediaId: ctx.message.mediaId, title: 'Your video' })),
  )
  .on('location', (ctx) => {
    const { latitude, longitude, label } = ctx.message;
    ctx.reply(`${label ?? 'Somewhere'} (${latitude}, ${longitude})`);
  })
  .on('link', (ctx) => ctx.reply(clip(`"${ctx.message.title}" ${ctx.message.url}`)));

// Events that nothing above takes get no reply: WeChat is told `success`.

const today = {
  title: 'Today',
  description: 'What is new',
  picUrl: 'https://example.com/today.jpg',
  url: 'https://example.com/today',
};

async function timing(ctx: Context, next: () => Promise<void>): Promise<void> {
  const startedAt = ctx.now();
  await next();
  ctx.log.debug('handled', { ms: ctx.now() - startedAt });
}

/** Stands for work that takes longer than WeChat waits. */
function report(signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return Promise.resolve('All is well. 一切正常。');
}

/** Stands for a call to your own system. */
function orderLine(orderNumber: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return Promise.resolve(`Order ${orderNumber} is on its way.`);
}
