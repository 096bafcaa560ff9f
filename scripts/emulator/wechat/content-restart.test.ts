import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createContentApi, files } from './content-fixture.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'fuwuhao-wechat-'));
});
afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

const filesOnDisk = () => readdirSync(path.join(stateDir, 'files'));
const text = { msgtype: 'text', text: { content: 'Hello' } };

describe('after a restart', () => {
  test('files, menus, drafts and articles are as they were', async () => {
    const before = await createContentApi({ stateDir });
    const media_id = await before.addMedia('jpeg', 'a.jpg', 'image');
    const button = [{ type: 'click', name: 'A', key: 'k' }];
    await before.post('/cgi-bin/menu/create', { button });
    const draft = await before.addDraft('One');

    const after = await createContentApi({ stateDir });
    const response = await after.fetch('/cgi-bin/media/get', { media_id });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(files.jpeg);
    expect(await after.get('/cgi-bin/menu/get')).toMatchObject({ menu: { button } });
    expect(await after.post('/cgi-bin/draft/get', { media_id: draft })).toMatchObject({
      news_item: [{ title: 'One' }],
    });
  });

  test('what was under way goes on, at its time', async () => {
    const before = await createContentApi({ stateDir });
    const { msg_id } = await before.post('/cgi-bin/message/mass/sendall', {
      filter: { is_to_all: true },
      ...text,
    });
    const { publish_id } = await before.post('/cgi-bin/freepublish/submit', {
      media_id: await before.addDraft('One'),
    });

    const after = await createContentApi({ stateDir });
    await after.clock.advance(3_000);
    expect(after.events).toMatchObject([{ PublishEventInfo: { publish_id: Number(publish_id) } }]);
    await after.clock.advance(3_000);
    expect(after.events).toMatchObject([{}, { Event: 'MASSSENDJOBFINISH', MsgID: msg_id }]);
    expect(after.clock.pending).toBe(0);
  });

  test('what is done is not done again', async () => {
    const before = await createContentApi({ stateDir });
    await before.post('/cgi-bin/freepublish/submit', { media_id: await before.addDraft('One') });
    await before.clock.advance(3_000);
    expect(before.events).toHaveLength(1);

    const after = await createContentApi({ stateDir });
    await after.clock.advance(60_000);
    expect(after.events).toEqual([]);
    expect(after.clock.pending).toBe(0);
  });
});

test('expired media leave the disk with the next upload, deleted material at once', async () => {
  const { addMedia, addMaterial, clock, control, tokenQuery, call } = await createContentApi({
    stateDir,
  });
  const old = await addMedia('jpeg', 'a.jpg', 'image');
  const material = await addMaterial('png', 'a.png', 'image');
  expect(filesOnDisk().sort()).toEqual([old, material].sort());
  await control(`/cgi-bin/material/del_material?${await tokenQuery()}`, { media_id: material });
  expect(filesOnDisk()).toEqual([old]);

  await clock.advance(72 * 3_600_000);
  const form = new FormData();
  form.set('media', new Blob([files.gif]), 'a.gif');
  const { media_id } = await call(`/cgi-bin/media/upload?${await tokenQuery()}&type=image`, {
    method: 'POST',
    body: form,
  });
  expect(filesOnDisk()).toEqual([media_id]);
});

test('a reset leaves nothing', async () => {
  const { addMedia, addDraft, post, control, events, clock, call } = await createContentApi({
    stateDir,
  });
  await addMedia('jpeg', 'a.jpg', 'image');
  await post('/cgi-bin/freepublish/submit', { media_id: await addDraft('One') });
  await control('/emulator/reset', {});

  expect(filesOnDisk()).toEqual([]);
  expect(await call('/emulator/media')).toEqual({ temporary: [], material: [] });
  await clock.advance(60_000);
  expect(events).toEqual([]);
});
