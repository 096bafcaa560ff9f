import { news, Router, transfer } from '../../shared/index.ts';

/**
 * Taps on the custom menu. A button of type click sends its key; so do those that scan a code or
 * send a place, with what came of it. `npm run invoke -- menu create @examples/menu.json` makes a
 * menu with such buttons.
 */
export const account = new Router()
  // By key: a string, or a pattern for several, whose groups are in `ctx.match`.
  .event('CLICK', 'SUPPORT', (ctx) => ctx.reply(transfer()))
  .event('CLICK', 'NEWS', (ctx) => ctx.reply(news([today])))
  .event('CLICK', /^SONG_(\d+)$/, (ctx) => ctx.reply(`Song number ${ctx.match[1] ?? ''}`))
  // All other keys.
  .event('CLICK', (ctx) => ctx.reply(`You tapped ${ctx.message.key}.`))
  .event('scancode_waitmsg', (ctx) => ctx.reply(`The code says: ${ctx.message.scan.result}`));

const today = {
  title: 'Today',
  description: 'What is new',
  picUrl: 'https://example.com/today.jpg',
  url: 'https://example.com/today',
};
