import { describe, expect, test } from '@jest/globals';
import { createContentApi, fileOfSize, files, refusal } from '../content-fixture.ts';

const ADD = '/cgi-bin/material/add_material';
const GET = '/cgi-bin/material/get_material';
const DELETE = '/cgi-bin/material/del_material';
const COUNT = '/cgi-bin/material/get_materialcount';
const LIST = '/cgi-bin/material/batchget_material';
const MB = 1_048_576;

const film = { title: 'A film', introduction: 'of us' };
const getInit = (media_id: string) => ({ method: 'POST', body: JSON.stringify({ media_id }) });

describe('permanent files', () => {
  test.each([
    ['image', 'jpeg', 'a.jpg', 'image/jpeg'],
    ['image', 'bmp', 'a.bmp', 'image/bmp'],
    ['image', 'gif', 'a.gif', 'image/gif'],
    ['voice', 'mp3', 'a.mp3', 'audio/mp3'],
    ['voice', 'amr', 'a.amr', 'audio/amr'],
    ['voice', 'wav', 'a.wav', 'audio/wav'],
    ['voice', 'wma', 'a.wma', 'audio/x-ms-wma'],
    ['thumb', 'jpeg', 'a.jpg', 'image/jpeg'],
  ] as const)('%s %s comes back byte by byte', async (type, kind, name, contentType) => {
    const { upload, fetch, lastCall } = await createContentApi();
    const answer = await upload(ADD, files[kind], name, { type });

    const isPicture = contentType.startsWith('image/');
    expect(answer).toEqual({
      media_id: expect.stringMatching(/^[\w-]{43}$/),
      ...(isPicture ? { url: expect.stringMatching(/^http:\/\/mmbiz\.qpic\.cn\//) } : {}),
    });
    expect(await lastCall()).toMatchObject({
      endpoint: 'material.add',
      query: { type },
      body: { media: { fileName: name, bytes: files[kind].length } },
    });
    const response = await fetch(GET, {}, getInit(String(answer.media_id)));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(files[kind]);
    expect(response.headers.get('content-type')).toBe(contentType);
  });

  test('a video has a title and an introduction, and comes as an address', async () => {
    const { upload, post, lastCall, api } = await createContentApi();
    const { media_id } = await upload(ADD, files.mp4, 'a.mp4', {
      type: 'video',
      description: film,
    });
    expect(await lastCall()).toMatchObject({ body: { description: JSON.stringify(film) } });

    const answer = await post(GET, { media_id });
    expect(await lastCall()).toEqual({ endpoint: 'material.get', query: {}, body: { media_id } });
    expect(answer).toEqual({
      title: 'A film',
      description: 'of us',
      down_url: expect.stringMatching(/^http:\/\/mpvideo\.qpic\.cn\//),
    });
    const response = await api.fetch(String(answer.down_url));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(files.mp4);
  });

  test.each<[string, unknown, number]>([
    ['no description', undefined, 41011],
    ['a description that is no JSON', 'A film', 47001],
    ['a list as a description', [film], 47001],
    ['no title', { introduction: 'of us' }, 41011],
    ['a number as the title', { title: 1 }, 47001],
  ])('a video with %s', async (_name, description, errcode) => {
    const { upload } = await createContentApi();
    const options = description === undefined ? {} : { description };

    const answer = await upload(ADD, files.mp4, 'a.mp4', { type: 'video', ...options });
    expect(answer).toEqual(refusal(errcode));
  });

  test.each([
    ['news', 'jpeg', 'a.jpg', 40004],
    ['image', 'webp', 'a.png', 40113],
    ['image', 'jpeg', 'picture', 40113],
    ['voice', 'mp4', 'a.mp4', 40113],
    ['video', 'mp3', 'a.mp4', 40113],
    ['thumb', 'png', 'a.png', 40113],
  ] as const)('as %s, %s called %s: %i', async (type, kind, name, errcode) => {
    const { upload, get } = await createContentApi();

    expect(await upload(ADD, files[kind], name, { type })).toEqual(refusal(errcode));
    expect(await get(COUNT)).toMatchObject({ image_count: 0, voice_count: 0, video_count: 0 });
  });

  test.each([
    ['image', 'jpeg', 'a.jpg', 10 * MB, 40009],
    ['voice', 'wma', 'a.wma', 2 * MB, 40010],
    ['video', 'mp4', 'a.mp4', 10 * MB, 40011],
    ['thumb', 'jpeg', 'a.jpg', 65_536, 40012],
  ] as const)('%s: one byte more is too many', async (type, kind, name, size, errcode) => {
    const { upload } = await createContentApi();
    const options = { type, description: film };

    const bigger = await upload(ADD, fileOfSize(kind, size + 1), name, options);
    expect(bigger).toEqual(refusal(errcode));
    expect(await upload(ADD, fileOfSize(kind, size), name, options)).toHaveProperty('media_id');
  });

  test('a sound of more than 60 seconds', async () => {
    const { upload } = await createContentApi();
    // 8000 bytes a second after a head of 44.
    const send = (size: number) => upload(ADD, fileOfSize('wav', size), 'a.wav', { type: 'voice' });

    expect(await send(480_044)).toHaveProperty('media_id');
    expect(await send(480_045)).toEqual(refusal(45007));
  });

  test('no part called media', async () => {
    const { postText } = await createContentApi();

    expect(await postText(`${ADD}`, '{}')).toEqual(refusal(40004));
    const { fetch } = await createContentApi();
    const response = await fetch(ADD, { type: 'image' }, { method: 'POST', body: '{}' });
    expect(await response.json()).toEqual(refusal(41005));
  });

  test('only so many', async () => {
    const limits = { image: 1, voice: 1, video: 1 };
    const { upload, addMaterial } = await createContentApi({
      switches: { materialLimits: limits },
    });
    await addMaterial('jpeg', 'a.jpg', 'thumb');
    await addMaterial('mp3', 'a.mp3', 'voice');

    expect(await upload(ADD, files.png, 'a.png', { type: 'image' })).toEqual(refusal(45034));
    expect(await upload(ADD, files.amr, 'a.amr', { type: 'voice' })).toEqual(refusal(45034));
  });
});

describe('lists', () => {
  test('count and page, the newest first; a thumb is a picture', async () => {
    const { get, post, addMaterial, clock, lastCall } = await createContentApi();
    const ids: string[] = [];
    for (const [at, type] of ['image', 'thumb', 'image'].entries()) {
      ids.unshift(await addMaterial('jpeg', `${at}.jpg`, type));
      await clock.advance(1_000);
    }
    await addMaterial('mp3', 'a.mp3', 'voice');
    await addMaterial('mp4', 'a.mp4', 'video');

    expect(await get(COUNT)).toEqual({
      voice_count: 1,
      video_count: 1,
      image_count: 3,
      news_count: 0,
    });
    expect((await lastCall()).endpoint).toBe('material.count');
    const query = { type: 'image', offset: 1, count: 20 };
    expect(await post(LIST, query)).toEqual({
      total_count: 3,
      item_count: 2,
      item: ids.slice(1).map((media_id, at) => ({
        media_id,
        name: `${1 - at}.jpg`,
        update_time: clock.now() / 1_000 - 2 - at,
        url: expect.stringContaining(media_id),
      })),
    });
    expect(await lastCall()).toEqual({ endpoint: 'material.list', query: {}, body: query });
    expect(await post(LIST, { type: 'voice', offset: 0, count: 1 })).toMatchObject({
      item: [{ name: 'a.mp3', url: '' }],
    });
    expect(await post(LIST, { type: 'video', offset: 5, count: 1 })).toEqual({
      total_count: 1,
      item_count: 0,
      item: [],
    });
  });

  test.each<[string, object, number]>([
    ['no type', { offset: 0, count: 1 }, 40004],
    ['type thumb', { type: 'thumb', offset: 0, count: 1 }, 40004],
    ['no offset', { type: 'image', count: 1 }, 41011],
    ['a negative offset', { type: 'image', offset: -1, count: 1 }, 40097],
    ['count 0', { type: 'image', offset: 0, count: 0 }, 40097],
    ['count 21', { type: 'image', offset: 0, count: 21 }, 40097],
    ['count as text', { type: 'image', offset: 0, count: '20' }, 47001],
    ['half an item', { type: 'image', offset: 0, count: 1.5 }, 47001],
  ])('%s', async (_name, query, errcode) => {
    const { post } = await createContentApi();

    expect(await post(LIST, query)).toEqual(refusal(errcode));
  });

  test('articles from the days when they were material', async () => {
    const { control, post, get, addMaterial } = await createContentApi();
    const thumb_media_id = await addMaterial('jpeg', 'a.jpg', 'thumb');
    const { media_id } = await control('/emulator/material/news', {
      articles: [{ title: 'Old', content: '<p>text</p>', thumb_media_id, author: 'Ann' }],
    });
    const article = {
      title: 'Old',
      author: 'Ann',
      digest: '',
      content: '<p>text</p>',
      content_source_url: '',
      thumb_media_id,
      show_cover_pic: 0,
      url: expect.stringMatching(/^http:\/\/mp\.weixin\.qq\.com\//),
      thumb_url: expect.stringContaining(thumb_media_id),
    };

    expect(await post(GET, { media_id })).toEqual({ news_item: [article] });
    expect(await post(LIST, { type: 'news', offset: 0, count: 1 })).toMatchObject({
      total_count: 1,
      item: [{ media_id, content: { news_item: [article] } }],
    });
    expect(await get(COUNT)).toMatchObject({ news_count: 1 });
    expect(await control('/emulator/material/news', { articles: [] })).toEqual({
      error: 'empty news data',
      errcode: 44003,
    });
  });
});

describe('deleting', () => {
  test('takes the file away', async () => {
    const { post, addMaterial, lastCall, get } = await createContentApi();
    const media_id = await addMaterial('jpeg', 'a.jpg', 'image');

    expect(await post(DELETE, { media_id })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await lastCall()).toEqual({
      endpoint: 'material.delete',
      query: {},
      body: { media_id },
    });
    expect(await post(GET, { media_id })).toEqual(refusal(40007));
    expect(await post(DELETE, { media_id })).toEqual(refusal(40007));
    expect(await get(COUNT)).toMatchObject({ image_count: 0 });
  });

  test('not while a menu or an auto-reply gives it out', async () => {
    const { post, addMaterial, control, get } = await createContentApi();
    const media_id = await addMaterial('jpeg', 'a.jpg', 'image');
    const button = { type: 'media_id', name: 'A', media_id };
    await post('/cgi-bin/menu/create', { button: [{ name: 'More', sub_button: [button] }] });

    expect(await post(DELETE, { media_id })).toEqual(refusal(45060));
    await get('/cgi-bin/menu/delete');
    const closed = { is_add_friend_reply_open: 0, is_autoreply_open: 0 };
    const rule = { message_default_autoreply_info: { type: 'img', content: media_id } };
    await control('/emulator/auto-reply', { ...closed, ...rule }, 'PUT');
    expect(await post(DELETE, { media_id })).toEqual(refusal(48005));
    await control('/emulator/auto-reply', closed, 'PUT');
    expect((await post(DELETE, { media_id })).errcode).toBe(0);
  });

  test.each([[GET], [DELETE]])('%s without an id, or with a number', async (path) => {
    const { post } = await createContentApi();

    expect(await post(path)).toEqual(refusal(41006));
    expect(await post(path, { media_id: 1 })).toEqual(refusal(47001));
  });
});

test.each([
  ['/cgi-bin/material/add_news', 'material.addNews'],
  ['/cgi-bin/material/update_news', 'material.updateNews'],
])('%s is retired', async (path, name) => {
  const { post, lastCall } = await createContentApi();
  const body = { articles: [{ title: 'Old' }] };

  expect(await post(path, body)).toEqual({
    errcode: 45106,
    errmsg: expect.stringMatching(/^This API has been unsupported rid: /),
  });
  expect(await lastCall()).toEqual({ endpoint: name, query: {}, body });
});
