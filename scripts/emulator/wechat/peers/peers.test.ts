import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Secret } from '../../../../shared/kernel/secret.ts';
import { signPage } from '../../../../shared/wechat/jssdk.ts';
import { installOnce } from '../../../install.mjs';
import { createWechatApi, type ListeningApi } from '../api.ts';
import { account } from '../api-fixture.ts';
import { files } from '../content-fixture.ts';

const problem = installOnce(import.meta.dirname, 'the public SDKs of the emulator tests (once)');
if (problem && process.env.CI) throw new Error(problem);
if (problem) console.warn(`The public SDKs are not tested: ${problem}`);
const flow = problem ? test.skip : test;

type Method = (...args: unknown[]) => unknown;
type Client = Record<string, Method>;
type Answer = Record<string, unknown>;

const load = createRequire(import.meta.url);
const emulator = createWechatApi({ account, now: Date.now });
const folder = mkdtempSync(path.join(tmpdir(), 'peers-'));
const picture = path.join(folder, 'picture.jpg');
let server: ListeningApi;

beforeAll(async () => {
  writeFileSync(picture, files.jpeg);
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
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

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

flow('wechat-api: media and material, byte for byte', async () => {
  const api = create(load('wechat-api'));
  const media = await call(api, 'uploadMedia', picture, 'image');
  expect(await call(api, 'getMedia', media.media_id)).toEqual(Buffer.from(files.jpeg));

  const { media_id } = await call(api, 'uploadMaterial', picture, 'image');
  expect(await call(api, 'getMaterial', media_id)).toEqual(Buffer.from(files.jpeg));
  expect(await call(api, 'getMaterials', 'image', 0, 20)).toMatchObject({ item: [{ media_id }] });
  expect(await call(api, 'removeMaterial', media_id)).toMatchObject({ errcode: 0 });
  expect(await call(api, 'getMaterialCount')).toMatchObject({ image_count: 0 });
});

flow('wechat-api: tags, template message', async () => {
  const api = create(load('wechat-api'));
  const { tag } = (await call(api, 'createTag', '常客')) as { tag: { id: number } };
  expect(await call(api, 'membersBatchtagging', tag.id, ['oAnn'])).toMatchObject({ errcode: 0 });
  expect(await call(api, 'getUserTags', 'oAnn')).toMatchObject({ tagid_list: [tag.id] });
  expect(await call(api, 'deleteTag', tag.id)).toMatchObject({ errcode: 0 });

  const { template_id } = await call(api, 'addTemplate', '10002');
  const sent = await call(api, 'sendTemplate', 'oAnn', template_id, 'https://example.com/', {
    thing1: { value: '洗车' },
    date2: { value: '2026年1月1日' },
    car_number3: { value: '粤A00001' },
    phrase4: { value: '已确认' },
    number5: { value: '3' },
  });
  expect(sent).toMatchObject({ errcode: 0, msgid: expect.anything() });
});

flow('wechat-api: the signature of a page is ours', async () => {
  const api = create(load('wechat-api'));
  const url = 'https://example.com/page?a=1&b=%E4%BD%A0';
  const config = await call(api, 'getJsConfig', { url, debug: false, jsApiList: [] });
  const { ticket } = await call(api, 'getLatestTicket');

  const ours = signPage({
    appid: account.appid,
    ticket: new Secret(String(ticket)),
    url,
    nonce: String(config.nonceStr),
    now: Number(config.timestamp) * 1000,
  });
  expect(config).toMatchObject({ appId: ours.appId, signature: ours.signature });
});
