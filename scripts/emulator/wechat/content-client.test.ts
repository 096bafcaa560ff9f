import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ListeningApi } from './api.ts';
import { account } from './api-fixture.ts';
import { createContentApi, files } from './content-fixture.ts';

/** A client that was not written here, and that knows nothing of the emulator. */
interface Client {
  prefix: string;
  fileServerPrefix: string;
  [method: string]: unknown;
}
const CoWechatApi = createRequire(import.meta.url)('co-wechat-api') as new (
  appid: string,
  secret: string,
) => Client;

let folder: string;
let api: Awaited<ReturnType<typeof createContentApi>>;
let server: ListeningApi;
let client: Client;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'fuwuhao-files-'));
  for (const [kind, bytes] of Object.entries(files)) {
    writeFileSync(path.join(folder, `file.${kind}`), bytes);
  }
  api = await createContentApi();
  server = await api.api.listen(0);
  client = new CoWechatApi(account.appid, account.secret);
  client.prefix = `${server.url}/cgi-bin/`;
  client.fileServerPrefix = client.prefix;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function run<T = Record<string, unknown>>(method: string, ...given: unknown[]): Promise<T> {
  const call = client[method] as (...given: unknown[]) => Promise<T>;
  return call.apply(client, given);
}
const fileOf = (kind: string) => path.join(folder, `file.${kind}`);

test('menus', async () => {
  const menu = {
    button: [
      { type: 'click', name: '今日歌曲', key: 'MUSIC' },
      { name: '菜单', sub_button: [{ type: 'view', name: '搜索', url: 'http://www.soso.com/' }] },
    ],
  };

  expect(await run('createMenu', menu)).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(await run('getMenu')).toMatchObject({ menu: menu });
  expect(await run('getMenuConfig')).toMatchObject({ is_menu_open: 1 });
  const conditional = { ...menu, matchrule: { tag_id: '2' } };
  const { menuid } = await run('addConditionalMenu', conditional);
  expect(await run('tryConditionalMenu', 'oAnn')).toMatchObject({ button: menu.button });
  expect(await run('delConditionalMenu', menuid)).toMatchObject({ errcode: 0 });
  expect(await run('removeMenu')).toMatchObject({ errcode: 0 });
  await expect(run('getMenu')).rejects.toMatchObject({ code: 46003 });
});

test('media', async () => {
  const { media_id } = await run('uploadMedia', fileOf('png'), 'image');
  expect(new Uint8Array(await run<Buffer>('getMedia', media_id))).toEqual(files.png);

  const buffer = await run('uploadMedia', Buffer.from(files.amr), 'voice', 'a.amr', 'audio/amr');
  expect(new Uint8Array(await run<Buffer>('getMedia', buffer.media_id))).toEqual(files.amr);
  await expect(run('getMedia', 'unknown')).rejects.toMatchObject({ code: 40007 });
  expect(await run('uploadImage', fileOf('png'))).toMatchObject({ errcode: 0 });
});

test('material', async () => {
  const { media_id } = await run('uploadImageMaterial', fileOf('png'));
  const film = await run('uploadVideoMaterial', fileOf('mp4'), { title: 'A', introduction: 'B' });

  expect(new Uint8Array(await run<Buffer>('getMaterial', media_id))).toEqual(files.png);
  expect(await run('getMaterial', film.media_id)).toMatchObject({ title: 'A', description: 'B' });
  expect(await run('getMaterialCount')).toMatchObject({ image_count: 1, video_count: 1 });
  expect(await run('getMaterials', 'image', 0, 20)).toMatchObject({ item: [{ media_id }] });
  expect(await run('removeMaterial', media_id)).toMatchObject({ errcode: 0 });
  await expect(run('uploadNewsMaterial', { articles: [] })).rejects.toMatchObject({ code: 45106 });
});

test('mass sends', async () => {
  const all = await run<{ msg_id: number }>('massSendText', 'Hello', true, 'job-1');
  const tag = await run<{ msg_id: number }>('massSendText', 'Hello', 100, 'job-2');
  await run('massSendText', 'Hello', ['oAnn', 'oBen'], 'job-3');
  expect(await run('previewText', 'oAnn', 'Hello')).toMatchObject({ errcode: 0 });
  expect(await run('getMassMessageStatus', all.msg_id)).toMatchObject({ msg_status: 'SENDING' });
  await api.clock.advance(6_000);

  expect(await run('getMassMessageStatus', tag.msg_id)).toMatchObject({
    msg_status: 'SEND_SUCCESS',
  });
  await expect(run('massSendText', 'Hello', true, 'job-1')).rejects.toMatchObject({ code: 45065 });
  expect(api.events).toMatchObject([{ SentCount: 2 }, { SentCount: 1 }, { SentCount: 2 }]);
});
