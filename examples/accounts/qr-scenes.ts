import { Router } from '../../shared/index.ts';

/**
 * QR codes with a scene: `ctx.api.qrcode.create` makes them, and the scene says which one was scanned.
 * A scan by someone who does not follow yet comes as `subscribe`, any other as `SCAN`.
 */
export const account = new Router()
  .event('subscribe', (ctx) => {
    const { key } = ctx.message;
    ctx.reply(key ? `欢迎！ Welcome! You came by "${key}".` : '欢迎！ Welcome!');
  })
  .event('SCAN', /^table-(\d+)$/, (ctx) => ctx.reply(`You are at table ${ctx.match[1] ?? ''}.`))
  .event('SCAN', (ctx) => ctx.reply(`You scanned "${ctx.message.key}".`))
  // A follower who has left cannot be answered. Delete here what you keep about them.
  .event('unsubscribe', (ctx) => ctx.log.info('follower left', { openid: ctx.openid }));
