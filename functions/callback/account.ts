import { clip, image, Router, transfer } from '../../shared/index.ts';

/**
 * Your account, and the one file to edit. Each route says which messages it takes and what happens
 * then; the first route that takes a message ends it.
 *
 * `ctx.reply(…)` answers in the response to WeChat, once, within 5 seconds; a string is a text.
 * `await ctx.send(…)` writes to the follower besides, and `ctx.api` is the whole WeChat API. Await
 * what you start: the process freezes when the handler is done. More of each: examples/accounts/.
 */
export const account = new Router()
  // Answers that operators change in the console, without a deploy: import `autoReplies` above, and
  // take the two slashes away. It reads the store, once in 10 s an instance, so it is off at first.
  // .use(autoReplies())
  // Someone follows.
  .event('subscribe', (ctx) => ctx.reply('欢迎！ Welcome! Send me anything.'))
  // Taps on menu buttons of type click: first by key, then all others.
  .event('CLICK', 'SUPPORT', (ctx) => ctx.reply(transfer()))
  .event('CLICK', (ctx) => ctx.reply(`You tapped ${ctx.message.key}.`))
  // Text: words, then whatever is left, cut to what a reply can hold.
  .text(['help', '帮助'], (ctx) => ctx.reply('Send text or a picture. 发送文字或图片。'))
  .on('text', (ctx) => ctx.reply(clip(ctx.message.content)))
  // The media id of a picture can be sent back as it is.
  .on('image', (ctx) => ctx.reply(image(ctx.message.mediaId)));

// What no route takes gets no reply: WeChat is told `success`.
