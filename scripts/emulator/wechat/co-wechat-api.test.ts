import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWechatApi, type ListeningApi } from './api.ts';
import { account } from './api-fixture.ts';
import { files } from './content-fixture.ts';

/** A client of the WeChat API that we did not write, on its own defaults but for the host. */
type Client = Record<string, (...args: unknown[]) => Promise<Record<string, unknown>>>;
const CoWechatApi = createRequire(import.meta.url)('co-wechat-api') as new (
  appid: string,
  secret: string,
) => Client;

const emulator = createWechatApi({ account, now: Date.now });
const folder = mkdtempSync(path.join(tmpdir(), 'co-wechat-api-'));
const picture = path.join(folder, 'picture.jpg');
let server: ListeningApi;
let api: Client;

beforeAll(async () => {
  writeFileSync(picture, files.jpeg);
  server = await emulator.listen(0);
  api = new CoWechatApi(account.appid, account.secret);
  Object.assign(api, {
    prefix: `${server.url}/cgi-bin/`,
    mpPrefix: `${server.url}/cgi-bin/`,
    customservicePrefix: `${server.url}/customservice/`,
  });
  for (const openid of ['oAnn', 'oBen']) {
    await fetch(`${server.url}/emulator/followers/${openid}`, {
      method: 'PUT',
      body: '{"isFollowing":true}',
    });
  }
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const ask = (name: string, ...args: unknown[]) => {
  const method = api[name];
  if (!method) throw new Error(`co-wechat-api has no ${name}`);
  return method.call(api, ...args);
};

test('token: one for all calls that follow', async () => {
  expect(await ask('getAccessToken')).toMatchObject({ accessToken: expect.any(String) });
  await ask('getFollowers');
  await ask('getMenuConfig');

  expect(emulator.inspect().statistics.tokenFetches.classic).toBe(1);
});

test('menu: create, get, delete', async () => {
  const button = [{ type: 'click', name: '今日歌曲', key: 'SONG' }];

  expect(await ask('createMenu', { button })).toMatchObject({ errcode: 0 });
  expect(await ask('getMenu')).toMatchObject({
    menu: { button: [{ type: 'click', name: '今日歌曲', key: 'SONG' }] },
  });
  expect(await ask('removeMenu')).toMatchObject({ errcode: 0 });
  await expect(ask('getMenu')).rejects.toMatchObject({ code: 46003 });
});

test('media: upload and get, byte for byte', async () => {
  const { media_id } = await ask('uploadMedia', picture, 'image');

  expect(Buffer.from((await ask('getMedia', media_id)) as never)).toEqual(Buffer.from(files.jpeg));
});

test('material: add, count, list, get, delete', async () => {
  const { media_id } = await ask('uploadMaterial', picture, 'image');

  expect(await ask('getMaterialCount')).toMatchObject({ image_count: 1 });
  expect(await ask('getMaterials', 'image', 0, 20)).toMatchObject({
    total_count: 1,
    item: [{ media_id, name: 'picture.jpg' }],
  });
  expect(Buffer.from((await ask('getMaterial', media_id)) as never)).toEqual(
    Buffer.from(files.jpeg),
  );
  expect(await ask('removeMaterial', media_id)).toMatchObject({ errcode: 0 });
  expect(await ask('getMaterialCount')).toMatchObject({ image_count: 0 });
});

test('customer service: within the window of a follower who wrote', async () => {
  await expect(ask('sendText', 'oAnn', '早')).rejects.toMatchObject({ code: 45015 });
  emulator.followers.note({ openid: 'oAnn', type: 'text', Content: 'hi' });

  expect(await ask('sendText', 'oAnn', '你好')).toMatchObject({ errcode: 0 });

  expect(emulator.sentTo('oAnn')).toMatchObject([
    { kind: 'custom', message: { msgtype: 'text', text: { content: '你好' } } },
  ]);
});

test('tags: create, rename, tag, list, delete', async () => {
  const { tag } = (await ask('createTags', '常客')) as { tag: { id: number } };
  await ask('updateTag', tag.id, '老客');
  await ask('batchTagging', ['oAnn', 'oBen'], tag.id);

  expect(await ask('getTags')).toMatchObject({
    tags: expect.arrayContaining([{ id: tag.id, name: '老客', count: 2 }]),
  });
  expect(await ask('getUsersFromTag', tag.id)).toMatchObject({ count: 2 });
  expect(await ask('getIdList', 'oAnn')).toMatchObject({ tagid_list: [tag.id] });
  await ask('batchUnTagging', ['oBen'], tag.id);
  expect(await ask('deleteTag', tag.id)).toMatchObject({ errcode: 0 });
});

test('QR code', async () => {
  const { ticket } = await ask('createTmpQRCode', 10_000, 1_800);
  const shown = await fetch(
    `${server.url}/cgi-bin/showqrcode?ticket=${encodeURIComponent(String(ticket))}`,
  );

  expect(shown.status).toBe(200);
  expect(shown.headers.get('content-type')).toMatch(/^image\//);
});

test('template message', async () => {
  const { template_id } = await ask('addTemplate', '10002');

  expect(
    await ask('sendTemplate', 'oAnn', template_id, 'https://example.com/', '#FF0000', {
      thing1: { value: '洗车' },
      date2: { value: '2026年1月1日' },
      car_number3: { value: '粤A00001' },
      phrase4: { value: '已确认' },
      number5: { value: '3' },
    }),
  ).toMatchObject({ errcode: 0, msgid: expect.anything() });
});
