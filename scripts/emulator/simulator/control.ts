import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import * as v from 'valibot';
import { BadRequest, read } from '../wechat/control/body.ts';
import type { Book } from './book.ts';
import { createActionRoutes } from './control-actions.ts';
import { createClockRoutes } from './control-clock.ts';
import { createFollowerRoutes } from './control-followers.ts';
import { createFunctionRoutes } from './control-functions.ts';
import { createModelRoutes } from './control-model.ts';
import { createStoreRoutes } from './control-store.ts';
import { createTrafficRoutes } from './control-traffic.ts';
import type { Emulators } from './emulators.ts';
import type { FollowerActs } from './follower.ts';
import type { Live } from './live.ts';
import type { Phones } from './phones.ts';
import type { ShownActions } from './shown-actions.ts';
import type { ShownSessions } from './shown-sessions.ts';

const times = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1);
const schemas = {
  pushFault: v.variant('kind', [
    v.strictObject({ kind: v.literal('lost-answer'), times }),
    v.strictObject({ kind: v.literal('unreachable'), times }),
    v.strictObject({
      kind: v.literal('dead-instance'),
      times,
      after: v.exactOptional(v.literal('claim')),
    }),
    v.strictObject({
      kind: v.literal('slow'),
      times,
      ms: v.pipe(v.number(), v.minValue(1)),
    }),
  ]),
};

export interface ControlWorld {
  readonly book: Book;
  readonly live: Live;
  readonly emulators: Emulators;
  readonly phones: Phones;
  readonly acts: FollowerActs;
  readonly sessions: ShownSessions;
  readonly actions: ShownActions;
  /** A push in the words of the account's handlers, for conversations that are recorded. */
  readonly describeMessage: (xml: string) => object;
}

const KEEP_ALIVE_MS = 15_000;

/** `/emulator/…`: everything that the page shows and does, for scripts and tests as well. */
export function createControl(world: ControlWorld): Hono {
  const { book, live, emulators } = world;
  const { wechatApi, cloudbase, pushFaults } = emulators;
  const app = new Hono().basePath('/emulator');

  app.use(async (context, next) => {
    await next();
    if (context.req.method !== 'GET') live.touch();
  });
  app.onError((error, context) => {
    if (!(error instanceof BadRequest)) throw error;
    const { message, errcode } = error;
    return context.json({ error: message, ...(errcode === undefined ? {} : { errcode }) }, 400);
  });
  app.notFound((context) => context.json({ error: 'The simulator has no such control.' }, 404));

  app.get('/snapshot', async (context) => context.json(await live.snapshot()));
  app.get('/feed', (context) =>
    streamSSE(context, async (stream) => {
      const waiting: unknown[] = [];
      let write = (changes: unknown) => void waiting.push(changes);
      const stop = live.listen((changes) => write(changes));
      const send = (event: string, data: unknown) =>
        stream.writeSSE({ event, data: JSON.stringify(data) });
      await send('snapshot', await live.snapshot());
      for (const changes of waiting.splice(0)) await send('changes', changes);
      write = (changes) => void send('changes', changes);
      const alive = setInterval(() => void send('alive', null), KEEP_ALIVE_MS).unref();
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(alive);
      stop();
    }),
  );

  app.get('/media/:id', async (context) => {
    const file = await book.shelf.get(context.req.param('id'));
    if (!file) return context.notFound();
    return context.body(new Uint8Array(file.bytes), 200, {
      'content-type': file.contentType,
      'x-content-type-options': 'nosniff',
    });
  });
  app.post('/media', async (context) => {
    const { type = 'image', fileName = 'file' } = context.req.query();
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    return context.json({ media_id: await book.shelf.put(type, fileName, bytes) });
  });

  app.get('/faults', (context) => context.json(pushFaults.list()));
  app.post('/faults', async (context) => {
    pushFaults.add(await read(context.req.raw, schemas.pushFault));
    return context.json(pushFaults.list());
  });
  app.delete('/faults', (context) => {
    const id = context.req.query('id');
    if (id === undefined) pushFaults.clear();
    else if (!pushFaults.remove(Number(id))) throw new BadRequest(`There is no fault ${id}.`);
    return context.json(pushFaults.list());
  });

  // The two other control APIs at the same address, for the page and for whoever knows one port.
  app.all('/wechat/*', (context) => relay(context.req.raw, '/emulator/wechat', wechatApi.fetch));
  app.all('/cloudbase/*', (context) =>
    relay(context.req.raw, '/emulator/cloudbase', (url, init) =>
      fetch(new URL(String(url).replace('http://relay.test', cloudbase.baseUrl)), {
        ...init,
        headers: { 'x-emulator-key': emulators.controlKey },
      }),
    ),
  );

  app.route('/', createActionRoutes(world.actions));
  app.route('/', createClockRoutes(emulators));
  app.route('/', createStoreRoutes(emulators.database));
  app.route('/', createFollowerRoutes(world));
  app.route('/', createFunctionRoutes(emulators));
  app.route('/', createModelRoutes(emulators.model));
  app.route('/', createTrafficRoutes(book, emulators));
  return app;
}

async function relay(
  request: Request,
  prefix: string,
  send: typeof globalThis.fetch,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const response = await send(
    `http://relay.test/emulator${pathname.slice(prefix.length)}${search}`,
    { method, ...(hasBody ? { body: new Uint8Array(await request.arrayBuffer()) } : {}) },
  );
  const contentType = response.headers.get('content-type') ?? 'application/json';
  return new Response(await response.arrayBuffer(), {
    status: response.status,
    headers: { 'content-type': contentType },
  });
}
