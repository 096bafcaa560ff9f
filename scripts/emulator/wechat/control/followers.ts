import { Hono } from 'hono';
import * as v from 'valibot';
import type { PushMessage } from '../push/messages.ts';
import type { FollowerRecord } from '../state/followers.ts';
import type { KeptMenu } from '../state/menus.ts';
import type { World } from '../world.ts';
import { BadRequest, read } from './body.ts';
import { noteFollower } from './note-follower.ts';

const MAX_SEEDED = 1_000_000;
/** Of those that match a search. */
const MAX_FOUND = 100;
const DAY_MS = 86_400_000;
const text = v.pipe(v.string(), v.minLength(1));
const index = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);
const id = v.union([v.string(), v.pipe(v.number(), v.integer())]);

const schemas = {
  phones: v.strictObject({ openids: v.array(text) }),
  seed: v.strictObject({
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SEEDED)),
    prefix: v.optional(text, 'oSeeded'),
    tagIds: v.optional(v.array(v.number()), []),
  }),
  follower: v.strictObject({
    isFollowing: v.optional(v.boolean()),
    unionid: v.optional(text),
    wechatId: v.optional(text),
    clientPlatform: v.optional(v.picklist(['1', '2', '3'])),
    refusesMessages: v.optional(v.boolean()),
    isBlacklisted: v.optional(v.boolean()),
    tagIds: v.optional(v.array(v.number())),
    /** Seconds since the epoch. */
    followedAt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  note: v.looseObject({ openid: text, type: text }),
  callback: v.strictObject({ isGood: v.boolean(), tookMs: v.pipe(v.number(), v.minValue(0)) }),
  agent: v.strictObject({
    isOnline: v.optional(v.boolean()),
    wechatId: v.optional(text),
    isInvitationAccepted: v.optional(v.boolean()),
  }),
  waiting: v.strictObject({ openid: text }),
  template: v.strictObject({
    templateId: v.optional(text),
    title: text,
    content: text,
    example: v.optional(v.string(), ''),
    subscribeType: v.optional(v.picklist([2, 3])),
  }),
  blocked: v.strictObject({ msgid: v.number() }),
  consent: v.strictObject({
    openid: text,
    templateId: text,
    how: v.optional(v.picklist(['once', 'forever', 'never']), 'once'),
  }),
  article: v.strictObject({ msgDataId: id, index, isOpen: v.optional(v.boolean(), true) }),
  comment: v.strictObject({ msgDataId: id, index, openid: text, content: text }),
  rows: v.strictObject({ report: text, rows: v.array(v.record(v.string(), v.unknown())) }),
  visitor: v.strictObject({
    openid: text,
    nickname: v.optional(v.string(), '微信用户'),
    headimgurl: v.optional(v.string(), ''),
    unionid: v.optional(text),
    isSnapshot: v.optional(v.boolean()),
  }),
  migration: v.strictObject({ fromAppid: text, openids: v.record(v.string(), v.string()) }),
};

/** What WeChat shows on the phones of some followers. */
export interface PhonesAnswer {
  readonly phones: readonly {
    readonly openid: string;
    readonly isFollowing: boolean;
    readonly menuid: number | null;
    readonly windows: Readonly<Record<string, { readonly left: number; readonly until: number }>>;
  }[];
  /** Those that are named above. */
  readonly menus: readonly KeptMenu[];
}

/** The part of `/emulator/…` about followers and what they are sent. */
export function createFollowerControl(world: World): Hono {
  const { followers, figures, windows, menus, sent, agents, sessions, templates } = world;
  const { comments, massSends } = world;
  const app = new Hono();
  const ok = { ok: true } as const;

  app.get('/followers', (context) => {
    const openids = followers.openids();
    const words = context.req.query('q')?.toLowerCase();
    const total = { total: openids.length };
    if (words === undefined) return context.json(total);
    const found = openids.filter((openid) => openid.toLowerCase().includes(words));
    return context.json({ ...total, matching: found.length, openids: found.slice(0, MAX_FOUND) });
  });
  /** Of many at a time, what their phones show; each menu comes once. */
  app.post('/phones', async (context) => {
    const { openids } = await read(context.req.raw, schemas.phones);
    const seen = new Map<number, KeptMenu>();
    const phones = openids.map((openid) => {
      const follower = followers.find(openid);
      const menu = follower?.isFollowing ? menus.menuFor(follower) : null;
      if (menu) seen.set(menu.menuid, menu);
      return {
        openid,
        isFollowing: follower?.isFollowing ?? false,
        menuid: menu?.menuid ?? null,
        windows: windows.list(openid),
      };
    });
    return context.json({ phones, menus: [...seen.values()] } satisfies PhonesAnswer);
  });
  app.post('/followers', async (context) => {
    const { count, prefix, tagIds } = await read(context.req.raw, schemas.seed);
    const atMs = world.clock.now() - DAY_MS;
    const width = Math.max(1, 28 - prefix.length);
    const followedAt = Math.floor(atMs / 1_000);
    const tags = tagIds.length > 0 ? { tagIds } : {};
    const record: FollowerRecord = { followedAt, hasFollowed: true, ...tags };
    const openidOf = (number: number) => prefix + String(number).padStart(width, '0');
    followers.setMany(Array.from({ length: count }, (_, each) => [openidOf(each), { ...record }]));
    for (let each = 0; each < count; each += 1) figures.countFollow(undefined, atMs);
    return context.json({ first: openidOf(0), last: openidOf(count - 1) });
  });
  app.get('/followers/:openid', (context) => {
    const openid = context.req.param('openid');
    const record = followers.record(openid);
    if (!record) throw new BadRequest('The account has never met this openid.');
    return context.json({
      ...record,
      windows: windows.list(openid),
      massSendsThisMonth: massSends.ledger.received(openid),
    });
  });
  app.put('/followers/:openid', async (context) => {
    const openid = context.req.param('openid');
    const { isFollowing, ...change } = await read(context.req.raw, schemas.follower);
    const before = followers.record(openid);
    if (isFollowing === true && before?.followedAt === undefined) {
      followers.follow(openid);
      figures.countFollow();
    }
    if (isFollowing === false && before?.followedAt !== undefined) {
      followers.unfollow(openid);
      figures.countUnfollow();
    }
    followers.set(openid, change as FollowerRecord);
    return context.json(followers.record(openid) ?? {});
  });
  app.post('/note', async (context) => {
    noteFollower(world, (await read(context.req.raw, schemas.note)) as unknown as PushMessage);
    return context.json(ok);
  });
  app.post('/callback', async (context) => {
    figures.countCallback(await read(context.req.raw, schemas.callback));
    return context.json(ok);
  });

  app.get('/qrcodes', (context) => context.json(world.qrcodes.list()));

  app.get('/sent', (context) => {
    const openid = context.req.query('openid');
    return context.json(openid === undefined ? sent.list() : sent.to(openid));
  });
  app.delete('/sent', (context) => {
    sent.clear();
    return context.json([]);
  });

  app.put('/agents/:account', async (context) => {
    const account = context.req.param('account');
    if (!agents.find(account)) throw new BadRequest('There is no such agent.');
    const order = await read(context.req.raw, schemas.agent);
    const { isInvitationAccepted, ...change } = order;
    if (isInvitationAccepted !== undefined) agents.decide(account, isInvitationAccepted);
    agents.change(account, change as Partial<{ isOnline: boolean; wechatId: string }>);
    return context.json(agents.find(account) ?? {});
  });
  app.post('/waiting', async (context) => {
    sessions.wait((await read(context.req.raw, schemas.waiting)).openid);
    return context.json(sessions.waiting());
  });

  app.post('/templates', async (context) => {
    const order = await read(context.req.raw, schemas.template);
    const { templateId, subscribeType, ...template } = order;
    const added =
      subscribeType === undefined
        ? templates.add(template, templateId)
        : templates.addSubscribe({ ...template, type: subscribeType }, templateId);
    return context.json(added);
  });
  app.post('/templates/blocked', async (context) => {
    const { msgid } = await read(context.req.raw, schemas.blocked);
    if (!world.notices.block(msgid)) throw new BadRequest('There is no such message.');
    return context.json(ok);
  });
  app.post('/consents', async (context) => {
    const { openid, templateId, how } = await read(context.req.raw, schemas.consent);
    const act = { once: 'allow', forever: 'allowForever', never: 'forbid' } as const;
    world.subscriptions[act[how]](openid, templateId);
    return context.json(ok);
  });

  app.post('/articles', async (context) => {
    const order = await read(context.req.raw, schemas.article);
    comments.addArticle(String(order.msgDataId), order.index, { isOpen: order.isOpen });
    return context.json(ok);
  });
  app.post('/comments', async (context) => {
    const order = await read(context.req.raw, schemas.comment);
    const { msgDataId, openid, content } = order;
    const commentId = comments.write(String(msgDataId), order.index, openid, content);
    if (commentId === undefined) throw new BadRequest('Nobody can comment on this article.');
    return context.json({ user_comment_id: commentId });
  });

  app.put('/figures', async (context) => {
    const { report, rows } = await read(context.req.raw, schemas.rows);
    figures.setRows(report, rows);
    return context.json(ok);
  });
  app.put('/visitor', async (context) => {
    const { unionid, isSnapshot, ...visitor } = await read(context.req.raw, schemas.visitor);
    world.userTokens.setVisitor({
      ...visitor,
      ...(unionid === undefined ? {} : { unionid }),
      ...(isSnapshot === undefined ? {} : { isSnapshot }),
    });
    return context.json(ok);
  });
  app.put('/migration', async (context) => {
    const { fromAppid, openids } = await read(context.req.raw, schemas.migration);
    world.migration.begin(fromAppid, openids);
    return context.json(ok);
  });

  return app;
}
