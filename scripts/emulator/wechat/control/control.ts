import { Hono } from 'hono';
import * as v from 'valibot';
import { endpointByRoute } from '../../../../shared/wechat/catalogue/endpoints.ts';
import { ApiError } from '../errors/errors.ts';
import { faultSchema } from '../state/faults.ts';
import { refusalErrcodes, tokenKinds } from '../state/tokens.ts';
import type { World } from '../world.ts';
import { BadRequest, read } from './body.ts';
import { addContentControls } from './content.ts';
import { createFollowerControl } from './followers.ts';
import { addHoldingControls } from './holdings.ts';
import { addServiceControls } from './services.ts';
import { snapshotOf } from './snapshot.ts';

const kind = v.optional(v.picklist([...tokenKinds, 'all']), 'all');
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const schemas = {
  revoke: v.strictObject({
    kind,
    errcode: v.optional(v.picklist(refusalErrcodes), 40001),
    stillHandedOut: v.optional(v.boolean(), false),
  }),
  expire: v.strictObject({ kind }),
  clock: v.union([v.strictObject({ advanceMs: v.number() }), v.strictObject({ now: v.number() })]),
  whitelist: v.strictObject({ ips: v.nullable(v.array(v.string())) }),
  quota: v.strictObject({
    path: v.string(),
    used: v.optional(count),
    dailyLimit: v.optional(count),
    minuteLimit: v.optional(count),
  }),
};

/** `/emulator/…`: what a tester may see and turn. WeChat has none of it. */
export function createControl(world: World): Hono {
  const { tokens, clock, whitelist, quotas, faults, calls, storage } = world;
  const app = new Hono().basePath('/emulator');

  app.use(async (_context, next) => {
    await next();
    storage.save();
  });
  app.onError((error, context) => {
    if (!(error instanceof BadRequest || error instanceof ApiError)) throw error;
    const { message, errcode } = error;
    return context.json({ error: message, ...(errcode === undefined ? {} : { errcode }) }, 400);
  });
  app.notFound((context) => context.json({ error: 'The emulator has no such control.' }, 404));

  app.get('/state', (context) =>
    context.json(snapshotOf(world, { reveal: context.req.query('reveal') === '1' })),
  );

  app.post('/tokens/revoke', async (context) => {
    const order = await read(context.req.raw, schemas.revoke);
    tokens.revoke(kindsOf(order.kind), order.errcode, order.stillHandedOut);
    return context.json({ ok: true });
  });

  app.post('/tokens/expire', async (context) => {
    tokens.expire(kindsOf((await read(context.req.raw, schemas.expire)).kind));
    return context.json({ ok: true });
  });

  app.get('/clock', (context) => context.json({ now: clock.now() }));
  app.post('/clock', async (context) => {
    const order = await read(context.req.raw, schemas.clock);
    if ('now' in order) await clock.set(order.now);
    else await clock.advance(order.advanceMs);
    return context.json({ now: clock.now() });
  });

  app.get('/whitelist', (context) => context.json({ ips: whitelist.get() }));
  app.put('/whitelist', async (context) => {
    const { ips } = await read(context.req.raw, schemas.whitelist);
    try {
      whitelist.set(ips);
    } catch (error) {
      if (error instanceof RangeError) throw new BadRequest(error.message);
      throw error;
    }
    return context.json({ ips });
  });

  app.post('/quota', async (context) => {
    const order = await read(context.req.raw, schemas.quota);
    const named = endpointByRoute('POST', order.path) ?? endpointByRoute('GET', order.path);
    if (!named) throw new BadRequest(`No endpoint has the path ${order.path}.`);
    const { used, dailyLimit, minuteLimit } = order;
    if (used !== undefined) quotas.setUsed(named.name, used);
    quotas.setLimits(named.name, {
      ...(dailyLimit === undefined ? {} : { day: dailyLimit }),
      ...(minuteLimit === undefined ? {} : { minute: minuteLimit }),
    });
    return context.json({ ...quotas.limitsOf(named.name), used: quotas.usedToday(named.name) });
  });

  app.get('/faults', (context) => context.json(faults.list()));
  app.post('/faults', async (context) => {
    faults.add(await read(context.req.raw, faultSchema));
    return context.json(faults.list());
  });
  app.delete('/faults', (context) => {
    const id = context.req.query('id');
    if (id === undefined) faults.clear();
    else if (!faults.remove(Number(id))) throw new BadRequest(`There is no fault ${id}.`);
    return context.json(faults.list());
  });

  app.get('/calls', (context) => {
    const path = context.req.query('path');
    return context.json(calls.list().filter((call) => path === undefined || call.path === path));
  });
  app.delete('/calls', (context) => {
    calls.clear();
    return context.json([]);
  });

  addContentControls(app, world);
  addServiceControls(app, world);
  addHoldingControls(app, world);
  app.route('/', createFollowerControl(world));

  app.post('/reset', (context) => {
    storage.reset();
    faults.clear();
    calls.clear();
    world.announcements.clear();
    return context.json({ ok: true });
  });

  return app;
}

function kindsOf(given: 'all' | (typeof tokenKinds)[number]) {
  return given === 'all' ? tokenKinds : [given];
}
