import { Hono } from 'hono';
import * as v from 'valibot';
import { read } from '../wechat/control/body.ts';
import { clockObstacles } from './clock-obstacles.ts';
import type { Emulators } from './emulators.ts';

/** As far as JavaScript's dates go. */
const FARTHEST_MS = 8_640_000_000_000_000;

const order = v.union(
  [
    v.strictObject({ advanceMs: v.pipe(v.number(), v.minValue(0)) }),
    v.strictObject({ now: v.pipe(v.number(), v.minValue(0), v.maxValue(FARTHEST_MS)) }),
  ],
  'either advanceMs or now, in ms; DELETE /emulator/clock leads back to the time of this machine',
);

/** `/clock`: the time of WeChat, of the database and of the functions, and what is ahead of it. */
export function createClockRoutes({
  wechatApi,
  database,
}: Pick<Emulators, 'wechatApi' | 'database'>): Hono {
  const { clock } = wechatApi;
  const app = new Hono();

  app.get('/clock', async (context) => context.json(await view()));
  app.post('/clock', async (context) => {
    const given = await read(context.req.raw, order);
    await ('now' in given ? clock.set(given.now) : clock.advance(given.advanceMs));
    return context.json(await view());
  });
  app.delete('/clock', async (context) => {
    await clock.set(Date.now());
    return context.json(await view());
  });
  return app;

  async function view() {
    const now = clock.now();
    return { now, offsetMs: now - Date.now(), obstacles: await clockObstacles(database, now) };
  }
}
