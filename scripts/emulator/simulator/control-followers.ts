import { Hono } from 'hono';
import * as v from 'valibot';
import { BadRequest, read } from '../wechat/control/body.ts';
import type { Book } from './book.ts';
import { conversationOf } from './conversation.ts';
import type { FollowerActs, Said } from './follower.ts';
import type { Phones } from './phones.ts';
import type { ShownSessions } from './shown-sessions.ts';

const text = v.pipe(v.string(), v.minLength(1));
const openid = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'letters, digits, - and _ only'));

const schemas = {
  phone: v.strictObject({ openid, name: v.optional(text) }),
  said: v.looseObject({ type: text }),
  follow: v.strictObject({ scene: v.optional(text) }),
  scan: v.strictObject({ scene: v.optional(text), ticket: v.optional(text) }),
  tap: v.strictObject({
    index: v.pipe(v.array(v.number()), v.minLength(1), v.maxLength(2)),
    scan: v.optional(
      v.strictObject({ type: v.picklist(['qrcode', 'barcode']), result: v.string() }),
    ),
    pictures: v.optional(v.array(text)),
    place: v.optional(
      v.strictObject({
        latitude: v.number(),
        longitude: v.number(),
        label: v.string(),
        name: v.optional(v.string()),
      }),
    ),
  }),
  session: v.strictObject({ name: text, value: v.unknown() }),
  menuRefresh: v.strictObject({ rule: v.picklist(['at-once', 'like-wechat']) }),
};

/** `/followers/…`: what a follower does, and what was said to them. */
export function createFollowerRoutes(world: {
  readonly book: Book;
  readonly acts: FollowerActs;
  readonly phones: Phones;
  readonly sessions: ShownSessions;
  readonly describeMessage: (xml: string) => object;
}): Hono {
  const { acts, phones, sessions, describeMessage } = world;
  const { conversations } = world.book;
  const app = new Hono();

  app.get('/followers', async (context) => {
    const words = context.req.query('q');
    return context.json(await (words === undefined ? phones.views() : phones.find(words)));
  });
  app.post('/followers', async (context) => {
    const { openid, name = openid } = await read(context.req.raw, schemas.phone);
    conversations.addPhone({ openid, name });
    if (!conversations.hasPhone(openid)) throw new BadRequest('There are too many phones.');
    return context.json(await phones.view(openid));
  });
  app.delete('/followers/:openid', (context) => {
    conversations.removePhone(context.req.param('openid'));
    return context.json({ ok: true });
  });
  app.post('/followers/:openid/enter', async (context) => {
    phones.enter(context.req.param('openid'));
    return context.json(await phones.view(context.req.param('openid')));
  });

  app.get('/followers/:openid/chat', (context) =>
    context.json(conversations.of(context.req.param('openid'))),
  );
  app.get('/followers/:openid/conversation', (context) => {
    const entries = conversations.of(context.req.param('openid'));
    return context.json(conversationOf(entries, describeMessage));
  });
  app.delete('/followers/:openid/chat', (context) => {
    conversations.clear(context.req.param('openid'));
    return context.json([]);
  });

  app.post('/followers/:openid/say', async (context) => {
    const said = await read(context.req.raw, schemas.said);
    return context.json(await acts.say(context.req.param('openid'), said as Said));
  });
  app.post('/followers/:openid/follow', async (context) => {
    const { scene } = await read(context.req.raw, schemas.follow);
    return context.json(await acts.follow(context.req.param('openid'), scene));
  });
  app.post('/followers/:openid/unfollow', async (context) =>
    context.json(await acts.unfollow(context.req.param('openid'))),
  );
  app.post('/followers/:openid/scan', async (context) => {
    const { scene, ticket } = await read(context.req.raw, schemas.scan);
    const code = { ...(scene ? { scene } : {}), ...(ticket ? { ticket } : {}) };
    return context.json(await acts.scan(context.req.param('openid'), code));
  });
  app.post('/followers/:openid/tap', async (context) => {
    const { index, ...choices } = await read(context.req.raw, schemas.tap);
    return context.json(await acts.tap(context.req.param('openid'), index, choices));
  });

  app.get('/followers/:openid/sessions', async (context) =>
    context.json(await sessions.of(context.req.param('openid'))),
  );
  app.put('/followers/:openid/sessions', async (context) => {
    const { name, value } = await read(context.req.raw, schemas.session);
    await sessions.put(context.req.param('openid'), name, value);
    return context.json(await sessions.of(context.req.param('openid')));
  });
  app.delete('/followers/:openid/sessions', async (context) => {
    const { name = '' } = context.req.query();
    await sessions.forget(context.req.param('openid'), name);
    return context.json(await sessions.of(context.req.param('openid')));
  });

  app.put('/menu-refresh', async (context) => {
    const { rule } = await read(context.req.raw, schemas.menuRefresh);
    phones.setRefreshRule(rule);
    return context.json({ rule });
  });

  return app;
}
