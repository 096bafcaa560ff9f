import { autoReplies, Router } from '../../shared/index.ts';

/**
 * Answers that the people who run the account change without a deploy, in the console or by
 * `npm run invoke -- menu setAutoReplies @examples/auto-replies.json`. What needs a program stands
 * before them, and what no rule takes goes on to the route behind.
 */
export const account = new Router()
  .text(/^(?:order|订单)\s*(\d+)$/i, (ctx) => ctx.reply(`Order 订单 ${ctx.match[1] ?? ''}`))
  .use(autoReplies())
  .on('text', (ctx) => ctx.reply('Sorry? 没听懂。'));
