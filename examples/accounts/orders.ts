import { type Context, clip, type Message, Router, variable } from '../../shared/index.ts';

/**
 * Variables of the account's own. They are checked when an instance starts, and handlers find their
 * values, typed, in `ctx.env`. For `npm start` they come from `.env.local` or from the shell.
 */
const variables = {
  ORDERS_URL: variable.url('Address of the order system'),
  ORDERS_KEY: variable.secret('Key for the order system'),
  ORDERS_LANGUAGE: variable.oneOf('Language of its answers', ['zh', 'en'], { default: 'zh' }),
};

export const account = new Router(variables)
  .text(/^(?:order|订单)\s*(\d+)$/i, async (ctx) => {
    const [, number = ''] = ctx.match;
    ctx.reply(await orderLine(number, ctx));
  })
  .on('text', (ctx) => ctx.reply('Send “order 12”. 发送“订单 12”。'));

async function orderLine(
  number: string,
  { env, signal }: Context<Message, typeof variables>,
): Promise<string> {
  const response = await fetch(`${env.ORDERS_URL}/orders/${number}/${env.ORDERS_LANGUAGE}`, {
    // A `Secret` shows itself only on demand, and is masked in every log line all the same.
    headers: { authorization: `Bearer ${env.ORDERS_KEY.reveal()}` },
    // Aborted when the time to answer is over.
    signal,
  });
  if (response.status === 404) return `There is no order ${number}.`;
  if (!response.ok) throw new Error(`The order system answered ${response.status}.`);
  return clip(await response.text());
}
