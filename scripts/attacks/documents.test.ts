import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { adoptDocuments } from '../../shared/app/adopt.ts';
import { appCollections } from '../../shared/app/collections.ts';
import { discardDocuments } from '../../shared/app/discard.ts';
import { type AutoReplyDocument, autoReplyCollection } from '../../shared/auto-replies/document.ts';
import { createRuleBook } from '../../shared/auto-replies/rule-book.ts';
import { keywordRule, rulesOf } from '../../shared/auto-replies/samples.test-data.ts';
import { type InboxDocument, inboxCollection } from '../../shared/callback/inbox-document.ts';
import {
  createJobOperator,
  createQueue,
  createWorker,
  defineJob,
} from '../../shared/jobs/index.ts';
import { type JobDocument, jobCollection } from '../../shared/jobs/job-document.ts';
import { accountKeyOf } from '../../shared/kernel/account-key.ts';
import { createLog } from '../../shared/kernel/log.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import type { LiveMenus } from '../../shared/menu/menus.ts';
import {
  type MenuVersionDocument,
  menuVersionCollection,
} from '../../shared/menu/version-document.ts';
import { createMenuVersions } from '../../shared/menu/versions.ts';
import { type ClientDocument, clientCollection } from '../../shared/proxy/client-document.ts';
import { createClients } from '../../shared/proxy/clients.ts';
import { createClientManagement } from '../../shared/proxy/manage-clients.ts';
import { createBinder } from '../../shared/store/binder.ts';
import { boundStore, traceOfDocument } from '../../shared/store/bound-store.ts';
import { createMemoryStore } from '../../shared/store/memory.ts';
import { createSealer } from '../../shared/token/index.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createFakeWechat } from '../testing/fake-wechat.ts';
import { secretOf } from '../testing/proxy/proxy-fixture.ts';
import { testAccount } from '../testing/test-account.ts';
import { createTally } from './tally.ts';

const tally = createTally('documents, by a writer without the AppSecret');
const config = { appid: testAccount.appid, appsecret: new Secret(testAccount.secret) };

/** The database as everybody with rights on it sees it, and as the functions see it. */
function open() {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const raw = createMemoryStore({ now: clock.now });
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const store = boundStore(raw, createBinder(accountKeyOf(config)), log);
  return { clock, raw, lines, log, store };
}

describe('clients of the proxy', () => {
  async function withClient() {
    const world = open();
    const { store, clock, log, raw } = world;
    const sealer = createSealer(accountKeyOf(config));
    const readVersions = () => Promise.resolve(new Map<string, number>());
    const management = createClientManagement({
      store,
      sealer,
      binder: createBinder(accountKeyOf(config)),
      clock,
      readVersions,
    });
    await management.add({ id: 'crm', secret: secretOf('crm'), allow: ['menu.get'] });
    const before = await raw.get(clientCollection, 'crm');
    await management.rotate({ id: 'crm', secret: secretOf('new'), graceSeconds: 0 });
    await management.add({ id: 'erp', secret: secretOf('erp'), allow: ['*'] });
    const now = await raw.get(clientCollection, 'crm');
    const other = await raw.get(clientCollection, 'erp');
    if (!before || !now || !other) throw new Error('The clients are missing.');
    const clients = () => createClients({ store, sealer, clock, log, readVersions }).current();
    const put = (doc: ClientDocument) => raw.replaceIf(clientCollection, doc, now.rev);
    return {
      ...world,
      management,
      clients,
      put,
      now: now.doc,
      before: before.doc,
      other: other.doc,
    };
  }

  const forgeries: readonly (readonly [
    string,
    (docs: {
      now: ClientDocument;
      before: ClientDocument;
      other: ClientDocument;
    }) => ClientDocument,
  ])[] = [
    ['another allow list', ({ now }) => ({ ...now, allow: ['*', 'token:read'] })],
    ['no deny list', ({ now }) => ({ ...now, deny: [...now.deny, 'x'] })],
    ['raw paths', ({ now }) => ({ ...now, raw: true })],
    ['a static key', ({ now }) => ({ ...now, staticKey: true })],
    ['a higher rate', ({ now }) => ({ ...now, perSecond: 1e6, burst: 1e6 })],
    ['a larger share', ({ now }) => ({ ...now, quotaShare: 1 })],
    ['a later end', ({ now }) => ({ ...now, expiresAt: 9e15 })],
    ['the secret of before the rotation', ({ now, before }) => ({ ...now, secret: before.secret })],
    [
      'the old secret beside the new one',
      ({ now, before }) => ({ ...now, previous: { ...before.secret, until: 9e15 } }),
    ],
    ['the rights of another client', ({ now, other }) => ({ ...other, _id: now._id })],
    ['no proof', ({ now }) => without(now)],
    ['an empty proof', ({ now }) => ({ ...now, mac: '' })],
  ];

  test.each(forgeries)('%s: the client is refused, and the log says so', async (_, forge) => {
    const { clients, put, lines, management, ...docs } = await withClient();
    expect((await clients()).has('crm')).toBe(true);
    await put(forge(docs));

    expect((await clients()).has('crm')).toBe(false);
    expect(lines.join()).toContain('"document refused"');
    // Nor does an honest change of an operator make it good.
    await expect(management.change({ id: 'crm', note: 'x' })).rejects.toThrow('no client');
    tally.refused(1, []);
  });

  test('a client that somebody adds is none', async () => {
    const { clients, raw, now } = await withClient();
    await raw.create(clientCollection, { ...now, _id: 'evil', allow: ['*'] });

    expect([...(await clients()).keys()]).toEqual(['crm', 'erp']);
    tally.refused(1, []);
  });

  test('one without a proof, of an earlier release, is taken over once, by an operator', async () => {
    const { clients, put, now, raw, log, lines } = await withClient();
    await put(without(now));
    const adopt = (afterReset: boolean) =>
      adoptDocuments(
        {
          store: raw,
          binder: createBinder(accountKeyOf(config)),
          collections: appCollections,
          log,
        },
        { afterReset },
      );

    expect((await clients()).has('crm')).toBe(false);
    const [, refused] = /"id":"(#[\w-]{12})"/.exec(lines.join()) ?? [];
    expect(await adopt(false)).toEqual({ 'proxy-clients': [refused] });
    expect((await clients()).has('crm')).toBe(true);
    expect(await adopt(false)).toEqual({});

    const forged = await raw.get(clientCollection, 'crm');
    await raw.replaceIf(clientCollection, { ...now, raw: true }, forged?.rev ?? 0);
    expect(await adopt(false)).toEqual({});
    expect((await clients()).has('crm')).toBe(false);
  });
});

describe('jobs', () => {
  const kind = { kind: 'send', payload: v.strictObject({ to: v.string() }) };

  async function withJob() {
    const world = open();
    const { store, clock, log, raw } = world;
    const ran: unknown[] = [];
    const job = defineJob({
      ...kind,
      checkpoint: v.strictObject({ text: v.string() }),
      run: async ({ checkpoint }, payload) => {
        ran.push([payload, checkpoint]);
        return undefined;
      },
    });
    const other = defineJob({
      kind: 'mass-send',
      payload: v.strictObject({ id: v.string() }),
      run: async (_, payload) => {
        ran.push(payload);
        return undefined;
      },
    });
    const queue = createQueue({ store, clock, log, wakeWorker: async () => {} });
    const { id } = await queue.enqueue(kind, { to: 'oAnn' });
    const stored = await raw.get(jobCollection, id);
    if (!stored) throw new Error('There is no job.');
    const worker = createWorker({ store, jobs: [job, other], clock, random: () => 0, log });
    const work = () => clock.settle(worker.work({ untilMs: clock.now() + 60_000 }));
    const put = (doc: JobDocument) => raw.replaceIf(jobCollection, doc, stored.rev);
    return { ...world, id, job: stored.doc, work, put, ran, queue };
  }

  const forgeries: readonly (readonly [string, (job: JobDocument) => JobDocument])[] = [
    ['another payload', (job) => ({ ...job, payload: { to: 'oEve' } })],
    ['a checkpoint', (job) => ({ ...job, checkpoint: { text: 'buy this' } })],
    ['another kind', (job) => ({ ...job, kind: 'mass-send', payload: { id: 'm1' } })],
    ['no proof', (job) => without(job)],
  ];

  test.each(forgeries)('%s: the job does not run, and the log says so', async (_, forge) => {
    const { job, work, put, ran, lines } = await withJob();
    await put(forge(job));
    await work();

    expect(ran).toEqual([]);
    expect(lines.join()).toContain('"document refused"');
    tally.refused(1, []);
  });

  test('the proof of one job is none for another', async () => {
    const { job, work, raw, ran } = await withJob();
    await raw.create(jobCollection, { ...job, _id: 'send.copy', slot: 'send.copy' });
    await work();

    expect(ran).toEqual([[{ to: 'oAnn' }, undefined]]);
    tally.refused(1, []);
  });

  test('an honest job runs from its checkpoint, and leaves no proof of nothing', async () => {
    const { work, ran, store, clock, queue, id } = await withJob();
    await work();

    expect(ran).toHaveLength(1);
    expect(await createJobOperator({ store, clock, queue }).get(id)).toMatchObject({
      state: 'done',
    });
  });
});

test('what waits in the inbox for the worker, or as the answer to a repeat', async () => {
  const { raw, store, lines } = open();
  const removeAt = new Date(9e12);
  await store.create(inboxCollection, {
    _id: 'a',
    state: 'done',
    reply: '{"type":"text"}',
    removeAt,
  });
  const stored = await raw.get(inboxCollection, 'a');
  await raw.replaceIf(
    inboxCollection,
    { ...(stored?.doc as InboxDocument), reply: '{"type":"text","content":"evil"}' },
    stored?.rev ?? 0,
  );
  await raw.create(inboxCollection, { _id: 'b', state: 'claimed', message: '{}', removeAt });

  expect(await store.get(inboxCollection, 'a')).toBeUndefined();
  expect(await store.query(inboxCollection, { filter: 'all', limit: 10 })).toEqual([]);
  expect(lines.filter((line) => line.includes('"document refused"'))).toHaveLength(3);
  tally.refused(2, []);
});

describe('auto-replies', () => {
  const words = (content: string) => rulesOf({ keywords: [keywordRule('hi', content)] });

  test.each<[string, (doc: AutoReplyDocument) => AutoReplyDocument]>([
    ['other answers', (doc) => ({ ...doc, rules: words('Pay here: https://evil.example') })],
    ['another time', (doc) => ({ ...doc, changedAt: doc.changedAt + 1 })],
    ['no proof', without],
    ['an empty proof', (doc) => ({ ...doc, mac: '' })],
  ])('%s: nobody is answered by them, and an operator can publish again', async (_, forge) => {
    const { raw, store, lines, clock } = open();
    const book = createRuleBook({ store, clock, api: createFakeWechat({}).api });
    await book.set({ rules: words('hello'), revision: null });
    const stored = await raw.get(autoReplyCollection, 'rules');
    if (!stored) throw new Error('The rules are missing.');
    await raw.replaceIf(autoReplyCollection, forge(stored.doc), stored.rev);

    expect(await book.get()).toMatchObject({ rules: rulesOf({}), revision: null });
    expect(await book.try({ occasion: { type: 'text', content: 'hi' } })).toMatchObject({
      rule: null,
    });
    expect(lines.join()).toContain('"document refused"');
    await book.set({ rules: words('hello'), revision: null });
    expect(await book.get()).toMatchObject({ rules: words('hello') });
    await expect(book.set({ rules: words('bye'), revision: null })).rejects.toThrow('Somebody');
    tally.refused(1, []);
  });
});

describe('versions of menus', () => {
  const button = [{ type: 'view', name: '官网', url: 'https://example.com/' }];
  const live: LiveMenus = { conditional: [] };
  const evil = JSON.stringify({ button: [{ ...button[0], url: 'https://evil.example/' }] });

  test.each<[string, (doc: MenuVersionDocument) => MenuVersionDocument]>([
    ['another menu', (doc) => ({ ...doc, menu: evil })],
    ['another operator', (doc) => ({ ...doc, by: 'operator boss' })],
    ['another time', (doc) => ({ ...doc, at: new Date(9e12) })],
    ['no proof', without],
  ])('%s: it is neither listed nor restored', async (_, forge) => {
    const { raw, store, clock, lines } = open();
    const versions = createMenuVersions({ store, clock });
    const id = await versions.keep({ button }, 'operator');
    const stored = await raw.get(menuVersionCollection, id);
    if (!stored) throw new Error('The version is missing.');
    await raw.replaceIf(menuVersionCollection, forge(stored.doc), stored.rev);

    expect(await versions.list(50, live)).toEqual([]);
    await expect(versions.get(id, live)).rejects.toThrow('no such version');
    expect(lines.join()).toContain('"document refused"');
    tally.refused(2, []);
  });

  test('forged ones, however many and of whatever time, displace none', async () => {
    const { raw, store, clock } = open();
    const versions = createMenuVersions({ store, clock });
    const kept = await versions.keep({ button }, 'operator');
    for (let index = 0; index < 130; index += 1) {
      const _id = `zzzzzz${String(index).padStart(3, '0')}-kLVLQxBzPG2yTQEl`;
      const doc = { _id, at: new Date(9e12), menu: evil, digest: 'kLVLQxBzPG2yTQEl' };
      await raw.create(menuVersionCollection, doc);
    }
    const next = await versions.keep({ button: [] }, 'operator');

    expect((await versions.list(50, live)).map(({ id }) => id)).toEqual([next, kept]);
    tally.refused(130, []);
  });

  test('forged ones are removed when an operator names them, and nothing that counts is', async () => {
    const { raw, store, clock, lines, log } = open();
    const versions = createMenuVersions({ store, clock });
    const kept = await versions.keep({ button }, 'operator');
    const _id = 'zzzzzzzzz-kLVLQxBzPG2yTQEl';
    await raw.create(menuVersionCollection, { _id, at: new Date(9e12), menu: evil, digest: 'k' });
    await versions.list(50, live);
    const [, forged = ''] = /"id":"(#[\w-]{12})"/.exec(lines.join()) ?? [];
    const binder = createBinder(accountKeyOf(config));
    const counting = traceOfDocument(binder, menuVersionCollection, kept);
    const discard = (...documents: string[]) =>
      discardDocuments(
        { store: raw, binder, collections: appCollections, log },
        { collection: menuVersionCollection.name, documents },
      );

    expect(await discard(forged, counting)).toEqual({ removed: [forged], left: [counting] });
    expect(await discard(forged)).toEqual({ removed: [], left: [forged] });
    expect(await raw.get(menuVersionCollection, _id)).toBeUndefined();
    expect((await versions.list(50, live)).map(({ id }) => id)).toEqual([kept]);
    tally.refused(2, []);
  });

  test('a version under the id of another is none', async () => {
    const { raw, store, clock } = open();
    const versions = createMenuVersions({ store, clock });
    const stored = await raw.get(
      menuVersionCollection,
      await versions.keep({ button }, 'operator'),
    );
    if (!stored) throw new Error('The version is missing.');
    const copy = { ...stored.doc, _id: '0zzzzzzzz-kLVLQxBzPG2yTQEl' };
    await raw.create(menuVersionCollection, copy);

    expect(await versions.list(50, live)).toHaveLength(1);
    await expect(versions.get(copy._id, live)).rejects.toThrow('no such version');
    tally.refused(2, []);
  });
});

test('a forged document whose id is an openid brings the openid into no log line and no answer', async () => {
  const { raw, store, lines, log } = open();
  const openid = 'oForged000000000000000000001';
  const removeAt = new Date(9e12);
  await raw.create(inboxCollection, { _id: openid, state: 'claimed', message: '{}', removeAt });

  await store.get(inboxCollection, openid);
  await store.query(inboxCollection, { filter: 'all', limit: 10 });
  const binder = createBinder(accountKeyOf(config));
  const adopted = await adoptDocuments(
    { store: raw, binder, collections: appCollections, log },
    { afterReset: false },
  );

  // The platform logs what a function returns.
  expect(JSON.stringify(adopted)).toMatch(/^\{"inbox":\["#[\w-]{12}"\]\}$/);
  const refused = lines.filter((line) => line.includes('"document refused"'));
  const named = refused.map((line) => /"id":"(#[\w-]{12})"/.exec(line)?.[1]);
  expect(named).toEqual([expect.any(String), named[0]]);
  expect(lines.join()).not.toContain(openid);
  tally.refused(1, []);
});

function without<D extends object>(doc: D): D {
  const { mac: _, ...rest } = doc as D & { mac?: string };
  return rest as D;
}
