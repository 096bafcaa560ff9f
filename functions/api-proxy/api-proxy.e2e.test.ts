import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakedTime } from '../../scripts/emulator/scf/faked-time.ts';
import { invoke } from '../../scripts/invoke/invoke.ts';
import { type Emulation, startEmulation } from '../../scripts/start/emulation.ts';
import { fixtureAccount } from '../../scripts/testing/tools/fixture-build.ts';
import { connect } from '../../shared/proxy-sdk/index.ts';

/** The shipped functions in processes that behave like SCF, and clients outside of them. */
const root = path.resolve(import.meta.dirname, '../..');
const lines: string[] = [];
let emulation: Emulation;
let url: string;

beforeAll(async () => {
  emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    onLog: ({ line }) => lines.push(line),
  });
  url = emulation.urls.proxy;
});
afterAll(() => emulation.close());

/** `npm run invoke -- proxy-client …`, as an operator types it. */
async function operate(action: string, payload?: object) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const { port } = new URL(emulation.scf.url ?? '');
  const exitCode = await invoke(
    [
      '--port',
      port,
      '--json',
      'proxy-client',
      action,
      ...(payload ? [JSON.stringify(payload)] : []),
    ],
    ['proxy-client'],
    {
      language: 'en',
      print: (text) => printed.push(text),
      complain: (text) => complaints.push(text),
      progress() {},
      pause: () => Promise.resolve(),
    },
  );
  return { exitCode, ...JSON.parse(printed.join('')) } as {
    exitCode: number;
    data: Record<string, never> & { secret: string; accessToken: string };
    error: { code: string; message: string };
  };
}

async function addClient(id: string, terms: object = {}) {
  const { data } = await operate('add', { id, allow: ['*', 'token:read'], ...terms });
  await noticed();
  const api = connect({ urls: [url, `${url}/`], client: id, secret: data.secret });
  return { ...data, api };
}

/**
 * Instances that run read their clients again for one that they do not know, but ever more rarely while
 * there is none. New instances know the clients as they are now.
 */
async function noticed(): Promise<void> {
  const { scf } = emulation;
  const running = scf.instances().filter(({ function: name }) => name === 'api-proxy');
  await Promise.all(running.map(({ id }) => scf.kill(id)));
}

async function tell(what: string, body: object): Promise<void> {
  await fetch(`${emulation.urls.simulator}emulator/wechat/${what}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
}

describe('an operator', () => {
  test('adds, lists, changes, rotates, disables a client and sees what it used', async () => {
    const added = await operate('add', { id: 'shop', allow: ['menu.*'], perSecond: 50, burst: 50 });
    const { secret } = added.data;
    expect(added).toMatchObject({
      exitCode: 0,
      data: {
        id: 'shop',
        state: 'enabled',
        allow: ['menu.*'],
        secret: expect.stringMatching(/^[\w-]{43}$/),
      },
    });
    await noticed();
    const as = (key: string) => connect({ urls: [url], client: 'shop', secret: key, tries: 1 });

    await as(secret).call('menu.delete');
    const rotated = await operate('rotate', { id: 'shop', graceSeconds: 0 });
    await noticed();
    await as(rotated.data.secret).call('menu.delete');
    await expect(as(secret).call('menu.delete')).rejects.toMatchObject({ status: 401 });
    expect((await operate('usage', { id: 'shop' })).data).toMatchObject([
      {
        id: 'shop',
        counters: expect.arrayContaining([{ name: 'calls', used: expect.any(Number) }]),
      },
    ]);
    expect((await operate('change', { id: 'shop', allow: ['draft.read'] })).data).toMatchObject({
      allow: ['draft.read'],
      perSecond: 50,
    });
    expect((await operate('disable', { id: 'shop' })).data).toMatchObject({ state: 'disabled' });
    expect((await operate('list')).data).toMatchObject([{ id: 'shop', state: 'disabled' }]);

    const everything = [...lines, JSON.stringify(await operate('list'))].join('\n');
    for (const each of [secret, rotated.data.secret]) expect(everything).not.toContain(each);
  });

  test.each<[string, object, string]>([
    ['add', { id: 'Shop', allow: [] }, 'id must be 2 to 32 of a-z, 0-9 and -'],
    ['add', { id: 'x1', allow: ['menu.make'] }, 'covers nothing of the catalogue'],
    [
      'add',
      { id: 'x2', allow: ['menu.*'], secret: 'short' },
      'must be 32 random bytes in base64url',
    ],
    ['add', { id: 'x3', allow: [], perSecond: 0 }, 'perSecond'],
    ['rotate', { id: 'nobody' }, 'There is no client "nobody"'],
    ['disable', { id: 'nobody' }, 'There is no client "nobody"'],
  ])('is told what is wrong: %s %j', async (action, payload, words) => {
    const { exitCode, error } = await operate(action, payload);

    expect([exitCode, error.message]).toEqual([1, expect.stringContaining(words)]);
  });

  test('is not reached by HTTP, whatever the request says', async () => {
    const gate = emulation.scf.url ?? '';
    const event = JSON.stringify({ action: 'list' });
    const post = (to: string) => fetch(to, { method: 'POST', body: event });

    expect((await post(`${gate}/proxy-client`)).status).toBe(404);
    expect((await post(`${url}/v1/proxy-client`)).status).toBe(401);
    expect(await emulation.scf.invoke('api-proxy', { action: 'list' })).toMatchObject({
      result: { statusCode: 400, body: '' },
    });
    const environ = { WX_OPENID: 'oAlice', TRIGGER_SRC: 'tcb' };
    expect(
      await emulation.scf.invoke('proxy-client', { action: 'list' }, { environ }),
    ).toMatchObject({
      result: { ok: false, error: { code: 'forbidden' } },
    });
  });
});

describe('an SDK that knows nothing of us', () => {
  test('co-wechat-api by its prefixes and its token hook: menu, media upload, custom send', async () => {
    const { accessToken } = await addClient('sdk', { staticKey: true });
    const Sdk = createRequire(import.meta.url)('co-wechat-api') as new (
      ...args: unknown[]
    ) => Record<string, (...args: unknown[]) => Promise<Record<string, unknown>>>;
    const getToken = async () => ({ accessToken, expireTime: Date.now() + 3_600_000 });
    const api = new Sdk('any', 'any', getToken, async () => {}, true);
    Object.assign(api, { prefix: `${url}/v1/cgi-bin/`, mpPrefix: `${url}/v1/cgi-bin/` });
    const ask = (name: string, ...args: unknown[]) =>
      Reflect.apply(api[name] ?? (() => {}), api, args);
    emulation.wechatApi.followers.note({ openid: 'oAnn', type: 'text', Content: 'hi' });
    const jpeg = Buffer.concat([
      Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
      randomBytes(200_000),
      Buffer.from('ffd9', 'hex'),
    ]);

    expect(
      await ask('createMenu', { button: [{ type: 'click', name: '今日歌曲', key: 'S' }] }),
    ).toMatchObject({ errcode: 0 });
    expect(await ask('getMenu')).toMatchObject({ menu: { button: [{ name: '今日歌曲' }] } });
    const { media_id } = await ask('uploadMedia', jpeg, 'image', 'a.jpg', 'image/jpeg');
    expect(Buffer.from((await ask('getMedia', media_id)) as never)).toEqual(jpeg);
    expect(await ask('sendText', 'oAnn', '你好')).toMatchObject({ errcode: 0 });
    await ask('removeMenu');
    await expect(ask('getMenu')).rejects.toMatchObject({ code: 46003 });

    expect(emulation.wechatApi.sentTo('oAnn')).toMatchObject([
      { message: { text: { content: '你好' } } },
    ]);
  });

  const hasTools = ['curl', 'openssl', 'bash'].every((tool) => !spawnSync(tool, ['version']).error);
  (hasTools ? test : test.skip)(
    'curl and openssl, by the recipe',
    async () => {
      const { secret } = await addClient('curl');
      const client = { PROXY: url, CLIENT: 'curl', SECRET: secret };
      const env = { PATH: process.env.PATH, ...fakedTime(process.env), ...client };
      const curl = (...args: string[]) =>
        new Promise<string>((resolve, reject) => {
          execFile(path.join(root, 'examples/call-proxy.sh'), args, { env }, (error, stdout) =>
            error ? reject(error) : resolve(stdout),
          );
        });

      const menu = '{"button":[{"type":"click","name":"歌","key":"S"}]}';
      expect(JSON.parse(await curl('POST', '/v1/cgi-bin/menu/create', '', menu))).toMatchObject({
        errcode: 0,
      });
      expect(JSON.parse(await curl('GET', '/v1/cgi-bin/menu/get'))).toMatchObject({ menu: {} });
      const query = 'lang=zh_CN&openid=o%20%E6%96%87%21';
      expect(JSON.parse(await curl('GET', '/v1/cgi-bin/user/info', query))).toMatchObject({
        errcode: 40003,
      });
    },
    60_000,
  );
});

test('one request, to many instances at once: one of them takes it', async () => {
  const { secret } = await addClient('twice');
  const sent: { url: string; init: RequestInit }[] = [];
  const recorder: typeof fetch = async (input, init) => {
    sent.push({ url: String(input), init: { ...init, signal: null } });
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  };
  const recording = connect({ urls: [url], client: 'twice', secret, fetch: recorder });
  await expect(recording.call('menu.get')).rejects.toMatchObject({ code: 'unauthentic' });

  const again = () =>
    Promise.all(sent.flatMap((one) => Array.from({ length: 6 }, () => fetch(one.url, one.init))));
  const statuses = [...(await again()), ...(await again())].map(({ status }) => status);

  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 401)).toHaveLength(11);
  expect(
    emulation.scf.instances().filter((one) => one.function === 'api-proxy').length,
  ).toBeGreaterThan(1);
});

describe('instances that die', () => {
  test('no call fails that was safe to repeat, and no send is made twice', async () => {
    const { api } = await addClient('busy', { perSecond: 1_000, burst: 2_000 });
    for (const path of ['/cgi-bin/getcallbackip', '/cgi-bin/message/custom/send']) {
      await tell('faults', { path, slowMs: 30, times: 10_000 });
    }
    let isOver = false;
    let killed = 0;
    let sends = 0;
    const done: string[] = [];
    /** Callers that have come through since the last death. */
    const through = new Set<number>();
    /** Calls until all is over, which it is for everybody when one of them fails. */
    async function keepCalling(caller: number, call: () => Promise<unknown>): Promise<void> {
      try {
        for (; !isOver; through.add(caller)) await call();
      } finally {
        isOver = true;
      }
    }
    async function send(): Promise<void> {
      sends += 1;
      const content = `message ${sends}`;
      emulation.wechatApi.followers.note({ openid: 'oBen', type: 'text', Content: 'hi' });
      try {
        await api.call('customerService.send', {
          touser: 'oBen',
          msgtype: 'text',
          text: { content },
        });
        done.push(content);
      } catch (error) {
        // Whether a send succeeded whose instance died meanwhile cannot be known, and the answer says so.
        expect(error).toMatchObject({ status: 409 });
      }
    }
    const callers = [
      keepCalling(0, send),
      ...[1, 2, 3, 4].map((reader) =>
        keepCalling(reader, () => api.call('network.listCallbackIps')),
      ),
    ];
    // However slowly instances start, nobody dies before every caller has come through: a call is only
    // tried four times.
    while (!isOver && killed < 6) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const victim = emulation.scf.instances().find((one) => one.function === 'api-proxy');
      if (through.size < callers.length || !victim) continue;
      await emulation.scf.kill(victim.id);
      killed += 1;
      through.clear();
    }
    isOver = true;
    await Promise.all(callers);

    const arrived = emulation.wechatApi
      .sentTo('oBen')
      .map(({ message }) => Object(message).text.content as string);
    expect(new Set(arrived).size).toBe(arrived.length);
    expect(arrived).toEqual(expect.arrayContaining(done));
    expect(done.length).toBeGreaterThan(0);
  });
});

test('no token and no AppSecret is in any answer, event, result or line of the log', async () => {
  const { api } = await addClient('auditor');
  const token = await api.token();
  await tell('tokens/revoke', { kind: 'stable' });
  await api.rejectToken(token);

  const tokens = emulation.wechatApi.inspect({ reveal: true }).tokens.list.map((one) => one.token);
  const stored = JSON.stringify(emulation.cloudbase.control.export(emulation.environment.envId));
  expect(tokens).toContain(token);
  for (const secret of [...tokens, emulation.account.secret]) {
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    expect(stored).not.toContain(secret);
  }
});
