import * as v from 'valibot';
import { dialog, Router, session } from '../../shared/index.ts';

/**
 * A form of several questions, and what the account remembers of each follower. Commands and taps on the
 * menu work in between; 返回 goes back to the question before, and 取消 ends the dialog.
 */
const visits = session({
  name: 'visits',
  schema: v.object({ tables: v.array(v.string()) }),
  initial: { tables: [] },
  expiresAfterMinutes: 365 * 24 * 60,
});

const guests = v.pipe(
  v.string(),
  v.regex(/^[1-9]$/, '请输入 1 到 9 的数字。 1 to 9, please.'),
  v.transform(Number),
);
const day = v.pipe(v.string(), v.isoDate('请按 2026-12-31 的格式输入。 Like 2026-12-31, please.'));

const booking = dialog('booking', { expiresAfterMinutes: 10 })
  .ask('name', '怎么称呼您？ What is your name?')
  .ask('guests', '几位用餐？ How many are you?', guests)
  .ask('day', ({ name }) => `${name}，哪一天？ Which day? (2026-12-31)`, day)
  .done((ctx, { name, guests, day }) => {
    visits.of(ctx).tables.push(`${day}: ${guests}`);
    ctx.reply(`${name}，${day} ${guests} 位，已为您留座。 See you then.`);
  });

export const account = new Router()
  .text(['订座', 'book'], booking.start)
  .event('CLICK', 'BOOK', booking.start)
  .text(
    ['我的订座', 'tables'],
    visits.with(async (ctx, { tables }) =>
      ctx.reply(tables.join('\n') || '还没有订座。 None yet.'),
    ),
  )
  .use(booking)
  .on('text', (ctx) => ctx.reply('发送“订座”预订座位。 Send “book” for a table.'));
