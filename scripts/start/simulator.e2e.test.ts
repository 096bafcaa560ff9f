import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../emulator/scf/fixture.ts';
import type { ChatEntry } from '../emulator/simulator/bubble.ts';
import type { ClockObstacle } from '../emulator/simulator/clock-obstacles.ts';
import type { Snapshot, TrafficRow } from '../emulator/simulator/feed.ts';
import type { FoundFollowers } from '../emulator/simulator/phones.ts';
import type { SectionValues } from '../emulator/simulator/sections.ts';
import type { CheckedPayload, ShownAction } from '../emulator/simulator/shown-actions.ts';
import type { ShownPage } from '../emulator/simulator/shown-database.ts';
import type { Stretch } from '../emulator/simulator/way.ts';
import type { PushResult } from '../emulator/wechat/push/push.ts';
import { putDeadJob } from '../testing/jobs/dead-job.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { readFeed } from '../testing/tools/read-feed.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const stateDir = mkdtempSync(path.join(tmpdir(), 'simulator-'));
let emulation: Emulation;

const start = () =>
  startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    stateDir,
  });

beforeAll(async () => {
  emulation = await start();
});

afterAll(async () => {
  await emulation.close();
  rmSync(stateDir, { recursive: true });
});

interface Asked<T> {
  readonly status: number;
  readonly body: T;
}

async function ask<T = unknown>(
  method: string,
  where: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Asked<T>> {
  const response = await fetch(`${emulation.urls.simulator}emulator${where}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, body: (await response.json()) as T };
}

const say = async (openid: string, said: object) =>
  (await ask<{ results: readonly PushResult[] }>('POST', `/followers/${openid}/say`, said)).body
    .results;
const section = async <Name extends keyof SectionValues>(name: Name) => {
  const { body } = await ask<Snapshot>('GET', '/snapshot');
  return (body.sections as unknown as SectionValues)[name];
};
const chatOf = async (openid: string) =>
  (await ask<readonly ChatEntry[]>('GET', `/followers/${openid}/chat`)).body;

describe('the control API of the simulator', () => {
  test('a follower follows, says something and reads the answer', async () => {
    await ask('POST', '/followers', { openid: 'oBob', name: 'Bob' });
    await ask('POST', '/followers/oBob/follow', { scene: 'shop' });
    const [result] = await say('oBob', { type: 'text', Content: '你好' });

    expect(result?.outcome).toMatchObject({ kind: 'reply', reply: { content: '你好' } });
    expect(await chatOf('oBob')).toMatchObject([
      { from: 'wechat', bubble: { type: 'tip', tip: 'follow', text: 'qrscene_shop' } },
      { from: 'account', bubble: { type: 'text', text: expect.stringContaining('"shop"') } },
      { from: 'follower', bubble: { text: '你好' }, state: 'done' },
      { from: 'account', bubble: { text: '你好' } },
    ]);
  });

  test('an event without fields gets believable ones; one about personal data has WeChat as its sender', async () => {
    const [popup] = await say('oBob', { type: 'event', Event: 'subscribe_msg_popup_event' });
    expect(popup?.message).toContain('<SubscribeStatusString><![CDATA[accept]]>');

    const [changed] = await say('oBob', { type: 'event', Event: 'user_info_modified' });
    expect(changed?.message).toContain('<OpenID><![CDATA[oBob]]>');
    expect(changed?.message).not.toContain('<FromUserName><![CDATA[oBob]]>');
    expect((await chatOf('oBob')).at(-1)?.bubble).toMatchObject({ text: 'user_info_modified' });

    const [own] = await say('oBob', { type: 'event', Event: 'brand_new', Depth: { One: 1 } });
    expect(own?.message).toContain('<Depth><One>1</One></Depth>');
  });

  test('followers are found by name or openid, with a phone or without', async () => {
    await ask('POST', '/wechat/followers', { count: 150, prefix: 'oStranger' });

    const find = async (words: string) => {
      const { body } = await ask<FoundFollowers>(
        'GET',
        `/followers?q=${encodeURIComponent(words)}`,
      );
      return body;
    };

    expect((await find('BOB')).phones).toMatchObject([{ openid: 'oBob', isFollowing: true }]);
    const strangers = await find('ostranger');
    expect(strangers.phones).toEqual([]);
    expect(strangers.withoutPhone).toHaveLength(100);
    expect(strangers.total).toBeGreaterThan(150);
  });

  test('a file that WeChat would not take is refused with its number', async () => {
    const url = `${emulation.urls.simulator}emulator/media?type=image&fileName=a.png`;
    const response = await fetch(url, { method: 'POST', body: 'no picture' });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'invalid image format', errcode: 40137 });
  });

  test('what is said, called and logged comes by the feed, as it happens', async () => {
    const feed = await readFeed(`${emulation.urls.simulator}emulator/feed`);
    await feed.until(({ event }) => event === 'snapshot');

    await say('oBob', { type: 'text', Content: 'more' });

    await feed.until(({ data }) => data.includes('"customerService.send"'));
    await feed.until(({ data }) => data.includes('来了'));
    await feed.until(({ data }) => data.includes('"state":"reply"'));
    feed.close();
  });

  test('a row of the traffic has everything: headers, both bodies, what was inside, the log', async () => {
    const { body: rows } = await ask<readonly { id: number; about: string }[]>('GET', '/traffic');
    const row = rows.find(({ about }) => about === '你好');

    const { body } = await ask('GET', `/traffic/${row?.id}`);

    expect(body).toMatchObject({
      kind: 'push',
      result: { message: expect.stringContaining('<![CDATA[你好]]>') },
      deliveries: [
        {
          status: 200,
          requestHeaders: { 'content-type': 'text/xml' },
          requestBody: expect.stringContaining('<Encrypt>'),
          responseHeaders: { 'x-scf-request-id': expect.any(String) },
          responseBody: expect.stringContaining('<Encrypt>'),
          decrypted: expect.stringContaining('你好'),
        },
      ],
      logs: expect.arrayContaining([expect.objectContaining({ function: 'callback' })]),
    });
    expect((await ask<unknown[]>('GET', '/traffic?q=WELCOME!')).body).toHaveLength(1);
  });

  test('the way of a message has its claim, what was asked of the store, and what was sent by whom', async () => {
    const wayOf = async (text: string) => {
      await say('oBob', { type: 'text', Content: text });
      const { body: rows } = await ask<readonly TrafficRow[]>('GET', '/traffic');
      const id = rows.findLast(({ about }) => about === text)?.id;
      const { body } = await ask<{ way: readonly Stretch[] }>('GET', `/traffic/${id}`);
      return body.way;
    };

    const way = await wayOf('more');

    expect(way.filter(({ kind }) => kind === 'delivery')).toMatchObject([{ about: 'HTTP 200' }]);
    const [run] = way.filter(({ kind }) => kind === 'run');
    expect(run).toMatchObject({ name: 'callback' });
    const claim = way.find(({ isClaim }) => isClaim);
    expect(claim).toMatchObject({ kind: 'store', name: 'inbox', about: 'insert' });
    const send = way.find(({ name }) => name === 'customerService.send');
    expect(send).toMatchObject({ kind: 'call', trafficId: expect.any(Number) });
    expect(way.at(-1)).toMatchObject({ kind: 'log', name: 'answered' });
    const times = [run?.at, claim?.at, send?.at, way.at(-1)?.at].map(Number);
    expect(times).toEqual([...times].sort((a, b) => a - b));

    // What somebody else asks meanwhile is not on the way.
    await ask('POST', '/followers/oAlice/say', { type: 'text', Content: 'from another' });
    expect(await wayOf('help')).not.toContainEqual(
      expect.objectContaining({ name: 'customerService.send' }),
    );
  });

  test('the work of the worker is on the way of the message that it answers', async () => {
    await say('oBob', { type: 'text', Content: 'report' });
    const feed = await readFeed(`${emulation.urls.simulator}emulator/feed`);
    await feed.until(({ data }) => data.includes('tick done'));
    feed.close();

    const { body: rows } = await ask<readonly TrafficRow[]>('GET', '/traffic');
    const id = rows.findLast(({ about }) => about === 'report')?.id;
    const { body } = await ask<{ way: readonly Stretch[] }>('GET', `/traffic/${id}`);

    const runs = body.way.filter(({ kind }) => kind === 'run').map(({ name }) => name);
    expect(runs).toEqual(['callback', 'worker']);
    expect(body.way.map(({ name }) => name)).toContain('customerService.send');
  });

  test('a push is replayed as the same message, or sent anew', async () => {
    const { body: rows } = await ask<readonly { id: number; about: string }[]>('GET', '/traffic');
    const id = rows.find(({ about }) => about === '你好')?.id;
    const before = await ask<{ result: PushResult }>('GET', `/traffic/${id}`);

    const again = await ask<PushResult>('POST', `/traffic/${id}/replay`);
    const fresh = await ask<PushResult>('POST', `/traffic/${id}/replay?fresh=1`);

    expect(again.body.message).toBe(before.body.result.message);
    expect(fresh.body.message).not.toBe(before.body.result.message);
  });

  test('a lost reply is repeated after five seconds, and a fault is used up', async () => {
    await ask('POST', '/faults', { kind: 'lost-answer' });
    expect((await section('faults')).push).toHaveLength(1);

    const [result] = await say('oBob', { type: 'text', Content: '再说一遍' });

    expect(result?.deliveries).toHaveLength(2);
    expect(result?.outcome).toMatchObject({ kind: 'reply', reply: { content: '再说一遍' } });
    expect((await section('faults')).push).toHaveLength(0);
  });

  test('a fault is ended alone, and an instance that dies after its claim leaves a claimed message', async () => {
    await ask('POST', '/faults', { kind: 'lost-answer', times: 2 });
    await ask('POST', '/faults', { kind: 'dead-instance', after: 'claim' });
    const id = (await section('faults')).push[0]?.id;

    expect((await ask('DELETE', `/faults?id=${id}`)).status).toBe(200);
    expect((await ask('DELETE', `/faults?id=${id}`)).status).toBe(400);
    expect((await section('faults')).push).toMatchObject([{ after: 'claim', times: 1 }]);
    const [result] = await say('oBob', { type: 'text', Content: 'more' });

    expect(result?.outcome.kind).toBe('fault');
    const { documents } = (
      await ask<{ documents: readonly object[] }>('GET', '/store/documents?collection=inbox')
    ).body;
    expect(documents).toContainEqual(expect.objectContaining({ state: 'claimed' }));
    expect((await section('faults')).push).toEqual([]);
  });

  test('the clock moves WeChat, the database and the functions together', async () => {
    const before = await section('tokens');
    const generation = before.documents[0]?.generation;

    await ask('POST', '/clock', { advanceMs: 2 * 3_600_000 });
    const [result] = await say('oBob', { type: 'text', Content: 'more' });

    // The signature is fresh for the function, the token has ended for it, and the store takes the
    // new one: three clocks that agree.
    expect(result?.outcome).toMatchObject({ kind: 'reply' });
    const after = await section('tokens');
    expect(after.documents[0]?.generation).toBe(Number(generation) + 1);
    expect((await section('clock')).offsetMs).toBe(2 * 3_600_000);
  });

  test('the clock is set to a time and leads back to now, and what is later then is told', async () => {
    interface Clock {
      readonly now: number;
      readonly offsetMs: number;
      readonly obstacles: readonly ClockObstacle[];
    }
    const far = Date.now() + 400 * 86_400_000;
    await ask('POST', '/clock', { now: far });
    expect((await section('clock')).offsetMs).toBeGreaterThan(399 * 86_400_000);
    // The whole backend is there: a signed push, a claim, a token.
    const [result] = await say('oBob', { type: 'text', Content: 'more' });
    expect(result?.outcome).toMatchObject({ kind: 'reply' });
    const held = { _id: 'held', state: 'claimed', dueAt: { $date: new Date(far).toISOString() } };
    await ask('PUT', '/store/document', { collection: 'inbox', document: held });

    const { body: back } = await ask<Clock>('DELETE', '/clock');

    expect(Math.abs(back.offsetMs)).toBeLessThan(1_000);
    expect(back.obstacles).toContainEqual(
      expect.objectContaining({ collection: 'tokens', kind: 'written' }),
    );
    expect(back.obstacles).toContainEqual({
      collection: 'inbox',
      kind: 'held',
      documents: 1,
      until: far,
    });
    // At the time at which they were written they are nothing special.
    const { body: there } = await ask<Clock>('POST', '/clock', { now: far + 60_000 });
    expect(there.obstacles).toEqual([]);
    await ask('DELETE', '/store/document?collection=inbox&id=held');
    for (const { _id } of (await section('tokens')).documents) {
      await ask('DELETE', `/store/document?collection=tokens&id=${String(_id)}`);
    }
    await ask('DELETE', '/clock');
    expect((await ask('POST', '/clock', { advanceMs: -1 })).status).toBe(400);
  });

  test('a client of the proxy that signs by another time is told the emulated one', async () => {
    await ask('POST', '/clock', { advanceMs: 2 * 86_400_000 });
    const emulated = (await ask<{ now: number }>('GET', '/clock')).body.now;
    const timestamp = Math.floor(Date.now() / 1_000);
    const proof = `v2 crm ${timestamp} ${'n'.repeat(16)} ${'0'.repeat(64)}`;

    const response = await fetch(`${emulation.urls.proxy}/v1/token`, {
      headers: { 'x-fuwuhao-auth': proof },
    });

    expect(response.status).toBe(401);
    const { error } = (await response.json()) as { error: { message: string } };
    const [told = ''] = /\d{4}-\S+Z/.exec(error.message) ?? [];
    expect(Math.abs(Date.parse(told) - emulated)).toBeLessThan(60_000);
    const date = Date.parse(response.headers.get('date') ?? '');
    expect(Math.abs(date - emulated)).toBeLessThan(60_000);
    await ask('DELETE', '/clock');
  });

  test('the other two control APIs are at the same address', async () => {
    expect((await ask('GET', '/wechat/whitelist')).body).toEqual({ ips: null });
    const document = { _id: 'by-hand', note: '手写' };
    await ask('PUT', '/store/document', { collection: 'jobs', document });
    expect((await ask('GET', `/store/document?collection=jobs&id=by-hand`)).body).toEqual({
      document,
    });
    await ask('DELETE', `/store/document?collection=jobs&id=by-hand`);
    expect((await ask('POST', '/wechat/faults', { path: '*' })).status).toBe(400);
  });

  test('a dead job is told of among any number of others, retried and dropped', async () => {
    await putDeadJob(emulation, 'message.poison');
    const dead = async () => (await section('deadJobs')).map(({ _id }) => _id);
    const tell = async (action: string) => {
      const event = { action, payload: { id: 'message.poison' } };
      return (await ask<object>('POST', '/invoke', { function: 'worker', event })).body;
    };
    expect(await dead()).toEqual(['message.poison']);

    expect(await tell('retry')).toMatchObject({ ok: true, data: { state: 'ready' } });
    await ask('POST', '/invoke', { function: 'worker', event: { action: 'run' } });
    // The retry wakes a worker, and that one may have taken the job before this one could.
    await until(async () => (await dead()).length > 0);
    expect(await dead()).toEqual(['message.poison']);
    expect(await tell('drop')).toMatchObject({ ok: true, data: { state: 'dropped' } });
    expect(await dead()).toEqual([]);
  });

  test('what can be invoked is listed, and a payload is checked before it is sent', async () => {
    const { body: actions } = await ask<readonly ShownAction[]>('GET', '/actions');
    const named = actions.map(({ function: name, action }) => `${name} ${action}`);
    expect(named).toEqual(expect.arrayContaining(['menu create', 'worker retry']));
    const add = actions.find(({ action, secret }) => action === 'add' && secret !== undefined);
    expect(add).toMatchObject({ function: 'proxy-client', secret: 'secret' });
    const check = async (action: string, payload?: unknown) =>
      (
        await ask<CheckedPayload>('POST', '/actions/check', {
          function: 'followers',
          action,
          payload,
        })
      ).body;

    const wrong = await check('createQrcode', { scene: 'shop', days: 90 });
    expect(wrong.fields.map(({ field }) => field)).toEqual(['scene', 'permanent', 'days', 'note']);
    expect(wrong.problems).toEqual([
      { path: 'days', message: expect.stringContaining('from 1 to 30') },
    ]);
    expect((await check('createQrcode', { scene: 'shop' })).problems).toEqual([]);
    expect(await check('listTags')).toEqual({ fields: [], problems: [] });
    const order = { function: 'followers', action: 'fly' };
    expect((await ask('POST', '/actions/check', order)).status).toBe(400);
  });

  test('documents come by pages and are searched, and a collection is made', async () => {
    const page = async (query: string) =>
      (await ask<ShownPage>('GET', `/store/documents?collection=notes&${query}`)).body;
    expect((await ask('POST', '/store/collections', { name: 'notes' })).status).toBe(200);
    expect((await ask('POST', '/store/collections', { name: 'notes' })).status).toBe(400);
    expect((await ask('POST', '/store/collections', { name: '../x' })).status).toBe(400);
    for (let n = 0; n < 5; n += 1) {
      const document = {
        _id: `n${n}`,
        words: n === 2 ? 'Tea 茶' : 'other',
        createdAt: { $date: new Date(n).toISOString() },
      };
      await ask('PUT', '/store/document', { collection: 'notes', document });
    }

    expect(await page('limit=2&skip=2')).toMatchObject({
      total: 5,
      documents: [{ _id: 'n2' }, { _id: 'n1' }],
    });
    expect(await page('text=tea')).toMatchObject({ total: 1, documents: [{ _id: 'n2' }] });
    expect(await page('text=n4')).toMatchObject({ total: 1, documents: [{ _id: 'n4' }] });
    expect((await ask('GET', '/store/documents?collection=notes&limit=0')).status).toBe(400);
  });

  test('a menu is tapped by position, and says what a button needs', async () => {
    await ask('POST', '/invoke', {
      function: 'menu',
      event: {
        action: 'create',
        payload: {
          button: [
            { type: 'click', name: '歌曲', key: 'SONG_3' },
            { name: '更多', sub_button: [{ type: 'scancode_waitmsg', name: '扫码', key: 'S' }] },
          ],
        },
      },
    });

    const tap = (body: unknown) =>
      ask<{ error?: string; results?: readonly PushResult[] }>('POST', '/followers/oBob/tap', body);

    expect((await tap({ index: [0] })).body.results?.[0]?.outcome).toMatchObject({
      reply: { content: 'Song number 3' },
    });
    expect((await tap({ index: [1, 0] })).body.error).toContain('"scan"');
    expect((await tap({ index: [2] })).body.error).toContain('no button at [2]');
    const scanned = await tap({ index: [1, 0], scan: { type: 'qrcode', result: 'abc' } });
    expect(scanned.body.results?.[0]?.message).toContain('<ScanResult><![CDATA[abc]]>');
  });

  test('by WeChat’s rule a menu is refreshed when the chat is entered, five minutes later', async () => {
    await ask('PUT', '/menu-refresh', { rule: 'like-wechat' });
    await ask('POST', '/invoke', {
      function: 'menu',
      event: {
        action: 'create',
        payload: { button: [{ type: 'click', name: '新', key: 'NEW' }] },
      },
    });
    const enter = async () =>
      (
        await ask<{ menu: { button: unknown[] }; hasNewerMenu: boolean }>(
          'POST',
          '/followers/oBob/enter',
        )
      ).body;

    expect(await enter()).toMatchObject({ menu: { button: [{}, {}] }, hasNewerMenu: true });
    await ask('POST', '/clock', { advanceMs: 5 * 60_000 });
    expect(await enter()).toMatchObject({
      menu: { button: [{ name: '新' }] },
      hasNewerMenu: false,
    });
    await ask('PUT', '/menu-refresh', { rule: 'at-once' });
  });

  test('instances are listed, killed and frozen, and timers fire', async () => {
    const { body: instances } = await ask<readonly { id: string; function: string }[]>(
      'GET',
      '/instances',
    );
    const id = instances.find((each) => each.function === 'callback')?.id;

    const { body: held } = await ask('POST', `/instances/${id}/freeze`);
    expect(held).toEqual(expect.arrayContaining([expect.objectContaining({ id, state: 'held' })]));
    await ask('POST', `/instances/${id}/kill`);
    expect((await ask('POST', `/instances/${id}/kill`)).status).toBe(400);
    expect((await ask('POST', '/timers/token-refresh/every-five-minutes')).body).toMatchObject({
      ok: true,
    });
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a tunnel', { 'x-forwarded-for': '203.0.113.7' }],
  ])('is closed to %s', async (_, headers) => {
    expect((await ask('GET', '/snapshot', undefined, headers)).status).toBe(403);
    expect((await fetch(emulation.urls.simulator, { headers })).status).toBe(403);
  });

  test('what was said outlives a restart', async () => {
    const before = await chatOf('oBob');
    await emulation.close();
    emulation = await start();

    expect(await chatOf('oBob')).toEqual(before);
    expect((await section('phones')).rows.map(({ openid }) => openid)).toEqual(['oAlice', 'oBob']);
  });
});
