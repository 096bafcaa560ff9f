import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { Router, session, slow } from '../../../shared/index.ts';

/** How many messages of a follower were answered: each answer says which one it is. */
const answered = session({
  name: 'answered',
  schema: v.object({ count: v.number() }),
  initial: { count: 0 },
  expiresAfterMinutes: 24 * 60,
});

/**
 * The account of the soak: a model that thinks for as long as the message says, and remembers. Each start
 * of a handler is logged with its process, since a process that dies takes it along.
 */
export const account = new Router().text(
  /^question (\d+) (\d+)$/,
  slow(
    answered.with(async (ctx, state) => {
      const [, number, thinkMs] = ctx.match;
      ctx.log.info('handler ran', { count: Number(number), details: { pid: process.pid } });
      await delay(Number(thinkMs), undefined, { signal: ctx.signal });
      state.count += 1;
      ctx.reply(`answer ${number} ${state.count}`);
    }),
  ),
);
