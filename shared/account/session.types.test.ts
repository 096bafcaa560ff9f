import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { variable } from '../kernel/variable.ts';
import { defer } from './defer.ts';
import { dialog } from './dialog.ts';
import { Router } from './router.ts';
import { session } from './session.ts';
import { slow } from './slow.ts';

const visits = session({
  name: 'visits',
  schema: v.object({ count: v.number(), last: v.optional(v.string(), 'never') }),
  initial: { count: 0, last: 'never' },
  expiresAfterMinutes: 60,
});

test('a handler with a session knows its message, its match, its variables and its state', () => {
  const variables = { SHOP: variable.text('Name of the shop') };
  const account = new Router(variables)
    .text(
      /^order (\d+)$/,
      visits.with(async (ctx, state) => {
        const id: string = ctx.match[1] ?? '';
        const count: number = state.count + ctx.message.content.length;
        // @ts-expect-error a number
        const wrong: string = state.count;
        ctx.reply(`${id} ${count} ${wrong} ${state.last.toUpperCase()} ${ctx.env.SHOP}`);
      }),
    )
    .on('image', slow(visits.with(async (ctx) => ctx.reply(ctx.message.mediaId))))
    .event('CLICK', 'A', defer(visits.with(async (ctx) => ctx.reply(ctx.message.key ?? ''))));

  expect(account.variables).toBe(variables);
});

test('a dialog knows its answers so far, and the variables of its router', () => {
  const variables = { SHOP: variable.text('Name of the shop') };
  const order = dialog<typeof variables>('order')
    .ask('what', 'What?')
    .ask(
      'count',
      // @ts-expect-error it is not asked yet
      ({ what, count }) => `${what.toUpperCase()} ${count}?`,
      v.pipe(v.string(), v.transform(Number)),
    )
    .done((ctx, { what, count }) => {
      const sum: number = count + what.length;
      ctx.reply(`${ctx.env.SHOP} ${sum}`);
    });
  const account = new Router(variables).text('order', order.start).use(order);
  // @ts-expect-error this router has no such variable
  const wrong = new Router().use(order);

  expect([account, wrong]).toHaveLength(2);
});
