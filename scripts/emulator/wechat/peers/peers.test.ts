import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { installOnce } from '../../../install.mjs';
import { createWechatApi, type ListeningApi } from '../api.ts';
import { account } from '../api-fixture.ts';

const problem = installOnce(import.meta.dirname, 'the public SDKs of the emulator tests (once)');
if (problem && process.env.CI) throw new Error(problem);
if (problem) console.warn(`The public SDKs are not tested: ${problem}`);
const flow = problem ? test.skip : test;

type Method = (...args: unknown[]) => unknown;
type Client = Record<string, Method>;
type Answer = Record<string, unknown>;

const load = createRequire(import.meta.url);
const emulator = createWechatApi({ account, now: Date.now });
let server: ListeningApi;

beforeAll(async () => {
  server = await emulator.listen(0);
  await fetch(`${server.url}/emulator/followers/oAnn`, {
    method: 'PUT',
    body: '{"isFollowing":true}',
  });
  await fetch(`${server.url}/emulator/visitor`, {
    method: 'PUT',
    body: '{"openid":"oVisitor","nickname":"Eve"}',
  });
});
afterAll(() => server.close());

const host = 'https://api.weixin.qq.com/';

/** The client of an SDK on its own defaults; only the host that it asks is the emulator's. */
function create(Sdk: new (appid: string, secret: string) => object): Client {
  const client = new Sdk(account.appid, account.secret) as Client;
  const request = client.request as Method;
  client.request = (url, ...rest) => {
    const wanted = String(url);
    // The tests never leave this machine.
    if (!wanted.startsWith(host)) throw new Error(`${new URL(wanted).host} is not WeChat's API`);
    return request.call(client, `${server.url}/${wanted.slice(host.length)}`, ...rest);
  };
  return client;
}

function methodOf(client: Client, name: string): Method {
  const method = client[name];
  if (!method) throw new Error(`The SDK has no ${name}`);
  return method.bind(client);
}
/** Calls a method that promises its answer. */
const ask = async (client: Client, name: string, ...args: unknown[]) =>
  (await methodOf(client, name)(...args)) as Answer;
/** Calls a method that takes a callback. */
const call = (client: Client, name: string, ...args: unknown[]) =>
  new Promise<Answer>((resolve, reject) => {
    const done = (error: unknown, answer: Answer) => (error ? reject(error) : resolve(answer));
    methodOf(client, name)(...args, done);
  });

const logins = [
  { sdk: 'wechat-oauth', send: call },
  { sdk: 'co-wechat-oauth', send: ask },
];
for (const { sdk, send } of logins) {
  flow(`${sdk}: from the page to the profile, and a refresh`, async () => {
    const client = create(load(sdk));
    const page = methodOf(client, 'getAuthorizeURL')(
      'https://example.com/',
      'S1',
      'snsapi_userinfo',
    );
    const { headers } = await emulator.fetch(String(page));
    const code = new URL(headers.get('location') ?? '').searchParams.get('code');

    const token = await send(client, 'getAccessToken', code);
    expect(token).toMatchObject({ data: { openid: 'oVisitor', scope: 'snsapi_userinfo' } });
    expect(await send(client, 'getUser', 'oVisitor')).toMatchObject({ nickname: 'Eve' });
    const { refresh_token } = token.data as Answer;
    expect(await send(client, 'refreshAccessToken', refresh_token)).toMatchObject({
      data: { openid: 'oVisitor', access_token: expect.any(String) },
    });
    await expect(send(client, 'getAccessToken', code)).rejects.toMatchObject({ code: 40163 });
  });
}

flow('wechat-api: token, menu, followers, QR code, message', async () => {
  const api = create(load('wechat-api'));
  const button = [{ type: 'click', name: '今日歌曲', key: 'SONG' }];

  expect(await call(api, 'createMenu', { button })).toMatchObject({ errcode: 0 });
  expect(await call(api, 'getMenu')).toMatchObject({ menu: { button } });
  expect(await call(api, 'removeMenu')).toMatchObject({ errcode: 0 });
  await expect(call(api, 'getMenu')).rejects.toMatchObject({ code: 46003 });
  expect(await call(api, 'getUser', 'oAnn')).toMatchObject({ openid: 'oAnn', subscribe: 1 });
  expect(await call(api, 'getFollowers')).toMatchObject({ data: { openid: ['oAnn'] } });
  expect(await call(api, 'createTmpQRCode', 10_000, 1_800)).toMatchObject({
    ticket: expect.any(String),
  });
  emulator.followers.note({ openid: 'oAnn', type: 'text', Content: 'hi' });
  expect(await call(api, 'sendText', 'oAnn', '你好')).toMatchObject({ errcode: 0 });
  expect(emulator.sentTo('oAnn')).toMatchObject([{ message: { text: { content: '你好' } } }]);
});
