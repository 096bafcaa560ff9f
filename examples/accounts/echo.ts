import { clip, Router } from '../../shared/index.ts';

/** "You ask, I answer" (你问我答): each text comes back, cut to what a reply can hold. */
export const account = new Router()
  .event('subscribe', (ctx) => ctx.reply('欢迎！ Welcome! Whatever you write, I say it again.'))
  .on('text', (ctx) => ctx.reply(clip(ctx.message.content)));
