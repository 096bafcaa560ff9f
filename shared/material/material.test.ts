import { describe, expect, test } from '@jest/globals';
import { actions, type MaterialInvocation } from '../../functions/material/index.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { type Answers, createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { AppError } from '../kernel/errors.ts';
import { createLog } from '../kernel/log.ts';
import { invokable } from '../scf/invoke.ts';
import type { FileStore } from '../store/file-store.ts';
import { createMemoryStore } from '../store/memory.ts';
import { isPublicAddress } from './address.ts';
import { createDrafts } from './drafts.ts';
import { createFileLoader } from './file-source.ts';
import { invalidRequests, storedFiles } from './invalid-requests.test-data.ts';
import { localizePictures } from './localize-pictures.ts';
import { createMaterials } from './materials.ts';
import { createMedia } from './media.ts';
import { createMaterialNames } from './names.ts';
import { createPublishing } from './publishing.ts';
import { createReturnFile } from './return-file.ts';
import { amr, bmp, inBase64, jpg, mp3, mp4, png, wav, wma } from './samples.test-data.ts';
import { createShowPicture } from './show-picture.ts';
import { createUploads } from './uploads.ts';
import { createWebFetch } from './web-file.ts';

const MB = 1024 * 1024;

function createTestFiles() {
  const written = new Map<string, Buffer>();
  const files: FileStore = {
    async *read(fileId) {
      const bytes = storedFiles[fileId]?.() ?? written.get(fileId);
      if (!bytes) throw new AppError('not_found', 'There is no file with this id.');
      for (let at = 0; at < bytes.length; at += 64 * 1024) {
        yield bytes.subarray(at, at + 64 * 1024);
      }
    },
    async write(path, bytes) {
      written.set(`cloud://test/${path}`, Buffer.from(bytes));
      return `cloud://test/${path}`;
    },
  };
  return { files, written };
}

function setUp(answers: Answers = {}) {
  const { api, requests } = createFakeWechat(answers);
  const { files, written } = createTestFiles();
  const clock = createFakeClock();
  const fetchWebFile = createWebFetch({
    resolve: async () => [{ address: '10.0.0.8', family: 4 }],
    isPublic: isPublicAddress,
    clock,
  });
  const prepare = createUploads(createFileLoader({ fetchWebFile, files }));
  const returnFile = createReturnFile(files);
  const store = createMemoryStore({ now: clock.now });
  const log = createLog({ write: () => {}, now: () => 0 });
  const main = invokable(actions, () => ({
    clock,
    log,
    media: createMedia({ api, prepare, returnFile }),
    materials: createMaterials({
      api,
      names: createMaterialNames({ store, log }),
      prepare,
      returnFile,
    }),
    drafts: createDrafts(api),
    publishing: createPublishing(api),
    showPicture: createShowPicture({
      fetchWebFile,
      fetchFromApi: fetchWebFile,
      apiBaseUrl: 'https://api.weixin.qq.com',
    }),
  }));
  const invoke = (event: MaterialInvocation) => main(event, { request_id: 'r' });
  return { invoke, requests, written };
}

describe('what WeChat would refuse', () => {
  test.each(invalidRequests)('%s is refused before any call (%s)', async (...row) => {
    const [, action, payload, message] = row;
    const { invoke, requests, written } = setUp();

    const outcome = await invoke({ action, payload } as MaterialInvocation);

    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: expect.stringContaining(message) },
    });
    expect(requests).toEqual([]);
    expect(written.size).toBe(0);
  });

  test('there are at least forty rules', () => {
    expect(invalidRequests.length).toBeGreaterThanOrEqual(40);
  });
});

describe('files to WeChat', () => {
  test.each([
    ['image', png(), 'png', 'image/png'],
    ['voice', amr(60), 'amr', 'audio/amr'],
    ['voice', mp3(59), 'mp3', 'audio/mpeg'],
    ['video', mp4(), 'mp4', 'video/mp4'],
  ] as const)('temporary media: %s', async (type, bytes, extension, contentType) => {
    const { invoke, requests } = setUp({
      '/cgi-bin/media/upload': { type, media_id: 'M', created_at: 1_000 },
    });

    const outcome = await invoke({
      action: 'uploadMedia',
      payload: { type, file: inBase64(bytes, 'my.file.dat') },
    });

    expect(outcome).toMatchObject({ ok: true, data: { media_id: 'M', expires_at: 260_200 } });
    expect(requests).toMatchObject([{ method: 'POST', query: { type } }]);
    const body = requests[0]?.body.toString('latin1') ?? '';
    expect(body).toContain(`name="media"; filename="my.file.${extension}"`);
    expect(body).toContain(`Content-Type: ${contentType}\r\n\r\n${bytes.toString('latin1')}\r\n--`);
  });

  test('a thumb has an id of its own name', async () => {
    const { invoke } = setUp({
      '/cgi-bin/media/upload': { type: 'thumb', thumb_media_id: 'T', created_at: 0 },
    });

    const payload = { type: 'thumb', file: inBase64(jpg(65_536)) } as const;

    expect(await invoke({ action: 'uploadMedia', payload })).toMatchObject({
      data: { media_id: 'T' },
    });
  });

  test('a picture for an article gives its address', async () => {
    const { invoke } = setUp({ '/cgi-bin/media/uploadimg': { url: 'http://mmbiz.qpic.cn/1' } });

    const payload = { file: inBase64(jpg(MB - 1)) };

    expect(await invoke({ action: 'uploadImage', payload })).toMatchObject({
      ok: true,
      data: { url: 'http://mmbiz.qpic.cn/1' },
    });
  });

  test.each([
    ['image', bmp()],
    ['voice', wav(60)],
    ['voice', wma(60)],
  ] as const)('permanent material: %s', async (type, bytes) => {
    const { invoke, requests } = setUp({
      '/cgi-bin/material/add_material': { media_id: 'P', url: 'http://mmbiz.qpic.cn/2' },
    });

    const outcome = await invoke({ action: 'add', payload: { type, file: inBase64(bytes) } });

    expect(outcome).toMatchObject({ ok: true, data: { media_id: 'P' } });
    expect(requests).toMatchObject([{ query: { type } }]);
  });

  test('a video has its description in a field of its own', async () => {
    const { invoke, requests } = setUp({ '/cgi-bin/material/add_material': { media_id: 'V' } });
    const payload = {
      type: 'video',
      file: inBase64(mp4(), '片.mov'),
      title: '标题',
      introduction: '',
    } as const;

    expect(await invoke({ action: 'add', payload })).toEqual({
      ok: true,
      data: { media_id: 'V' },
      requestId: 'r',
    });

    const body = requests[0]?.body.toString() ?? '';
    expect(body).toContain('name="description"\r\n\r\n{"title":"标题","introduction":""}\r\n');
    expect(body).not.toContain('name="title"');
  });

  test('a file of CloudBase storage, of the largest size, keeps its name', async () => {
    const { invoke, requests } = setUp({ '/cgi-bin/material/add_material': { media_id: 'P' } });
    const file = { fileId: 'picture-10mb' };

    const outcome = await invoke({ action: 'add', payload: { type: 'image', file } });

    expect(outcome).toMatchObject({ ok: true });
    expect(requests[0]?.body.length).toBeGreaterThan(10 * MB);
    expect(requests[0]?.body.toString('latin1', 0, 300)).toContain('filename="picture-10mb.jpg"');
  });

  test('a file that is not in the storage', async () => {
    const { invoke, requests } = setUp();

    const outcome = await invoke({
      action: 'add',
      payload: { type: 'image', file: { fileId: 'none' } },
    });

    expect(outcome).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(requests).toEqual([]);
  });
});

describe('files from WeChat', () => {
  const chunks = (bytes: Buffer) => () => [bytes.subarray(0, 10), bytes.subarray(10)];

  test('a small one comes in the answer', async () => {
    const bytes = jpg(4 * MB);
    const { invoke, requests, written } = setUp({
      '/cgi-bin/media/get': { contentType: 'image/jpeg', fileName: 'a.jpg', chunks: chunks(bytes) },
    });

    const outcome = await invoke({ action: 'getMedia', payload: { media_id: 'M' } });

    expect(outcome).toMatchObject({
      data: {
        name: 'a.jpg',
        contentType: 'image/jpeg',
        bytes: 4 * MB,
        base64: bytes.toString('base64'),
      },
    });
    expect(JSON.stringify(outcome).length).toBeLessThan(6_000_000);
    expect(requests).toMatchObject([{ method: 'GET', query: { media_id: 'M' } }]);
    expect(written.size).toBe(0);
  });

  test('a large one goes to the storage, twice to the same place', async () => {
    const bytes = jpg(4 * MB + 1);
    const { invoke, written } = setUp({
      '/cgi-bin/material/get_material': { contentType: 'image/jpeg', chunks: chunks(bytes) },
    });

    const event = { action: 'get', payload: { media_id: 'P' } } as const;
    const outcomes = [await invoke(event), await invoke(event)];

    const [[fileId, content] = []] = [...written];
    expect(fileId).toMatch(/^cloud:\/\/test\/wechat\/[0-9a-f]{32}\.jpg$/);
    expect(content?.equals(bytes)).toBe(true);
    expect(written.size).toBe(1);
    for (const outcome of outcomes) {
      expect(outcome).toEqual({
        ok: true,
        data: { name: 'file.jpg', contentType: 'image/jpeg', bytes: 4 * MB + 1, fileId },
        requestId: 'r',
      });
    }
  });

  test('a voice of the JS-SDK', async () => {
    const { invoke } = setUp({
      '/cgi-bin/media/get/jssdk': {
        contentType: 'voice/speex',
        fileName: 'a.speex',
        chunks: chunks(Buffer.from('speex data')),
      },
    });

    expect(await invoke({ action: 'getVoice', payload: { media_id: 'M' } })).toMatchObject({
      data: { name: 'a.speex', bytes: 10 },
    });
  });

  test.each([
    ['getMedia', '/cgi-bin/media/get', { video_url: 'http://v' }],
    [
      'get',
      '/cgi-bin/material/get_material',
      { title: 't', description: 'd', down_url: 'http://v' },
    ],
    ['get', '/cgi-bin/material/get_material', { news_item: [] }],
  ] as const)('%s: what is no file is told as it is', async (action, path, answer) => {
    const { invoke } = setUp({ [path]: answer });

    expect(await invoke({ action, payload: { media_id: 'M' } })).toMatchObject({ data: answer });
  });

  test('one that breaks off leaves nothing behind', async () => {
    const { invoke, written } = setUp({
      '/cgi-bin/material/get_material': {
        contentType: 'video/mp4',
        length: 8 * MB,
        chunks: () => [mp4(5 * MB)],
      },
    });

    expect(await invoke({ action: 'get', payload: { media_id: 'P' } })).toMatchObject({
      ok: false,
      error: { code: 'upstream', message: expect.stringContaining('only 5242880 of 8388608') },
    });
    expect(written.size).toBe(0);
  });

  test("WeChat's errors are errors", async () => {
    const { invoke } = setUp({
      '/cgi-bin/media/get': { errcode: 40007, errmsg: 'invalid media_id' },
    });

    expect(await invoke({ action: 'getMedia', payload: { media_id: 'M' } })).toMatchObject({
      ok: false,
      error: { code: 'upstream', details: { endpoint: 'media.get', errcode: 40007 } },
    });
  });
});

describe('drafts and publishing', () => {
  const article = { title: '标题', content: '<p>正文</p>', thumb_media_id: 'COVER' };
  const pictures = {
    article_type: 'newspic',
    title: 'Pictures',
    content: 'Text',
    image_info: { image_list: [{ image_media_id: 'A' }] },
    cover_info: {
      crop_percent_list: [{ ratio: '2.35_1', x1: '0', y1: '0.1', x2: '1.000', y2: '0.123456' }],
    },
    product_info: { footer_product_info: { product_key: 'K' } },
  } as const;
  const full = {
    ...article,
    title: '题'.repeat(32),
    content: '文'.repeat(19_999),
    article_type: 'news',
    author: '',
    digest: '摘'.repeat(128),
    content_source_url: '',
    need_open_comment: 1,
    only_fans_can_comment: 0,
    pic_crop_235_1: '0.1945_0_1_0.5236',
    pic_crop_1_1: '0_0_0.5_1',
  } as const;

  test('a draft with everything is sent as it is', async () => {
    const { invoke, requests } = setUp({ '/cgi-bin/draft/add': { media_id: 'D' } });
    const payload = { articles: [article, full, pictures] };

    const outcome = await invoke({ action: 'addDraft', payload });

    expect(outcome).toMatchObject({ ok: true, data: { media_id: 'D', warnings: [] } });
    expect(requests).toMatchObject([{ json: payload }]);
  });

  test('pictures that WeChat will drop are told', async () => {
    const { invoke } = setUp({
      '/cgi-bin/draft/add': { media_id: 'D' },
      '/cgi-bin/draft/update': { errcode: 0 },
    });
    const content = `<img src="https://mmbiz.qpic.cn/1"><img class=a data-src='https://a.cn/1'>
      <IMG SRC=//b.cn/2>`;
    const outside = { ...article, content };

    const added = await invoke({ action: 'addDraft', payload: { articles: [article, outside] } });
    const updated = await invoke({
      action: 'updateDraft',
      payload: { media_id: 'D', index: 1, articles: outside },
    });

    expect(added).toMatchObject({
      data: { warnings: [expect.stringMatching(/^articles\[1\]\.content: 2 pictures are not on/)] },
    });
    expect(updated).toMatchObject({ data: { warnings: [expect.stringContaining('2 pictures')] } });
  });

  test('are brought to the host of WeChat, each once, and one that fails stays', async () => {
    const { invoke, requests } = setUp({
      '/cgi-bin/media/uploadimg': { url: 'http://mmbiz.qpic.cn/1?a=1&b=2' },
    });
    const fetched: string[] = [];
    const media = {
      async uploadImage({ file }: { readonly file: object }) {
        const { url } = file as { url: string };
        fetched.push(url);
        if (url.includes('gone'))
          throw new AppError('upstream', 'file.url cannot be fetched: 404.');
        return { url: 'http://mmbiz.qpic.cn/1?a=1&b=2' };
      },
    };
    const articles = [
      {
        title: 'A',
        content: '<img src="https://a.example/1.png"><img src="https://a.example/gone">',
      },
      { title: 'B', content: `<p style="background:url('https://a.example/1.png')">x</p>` },
    ];

    expect(await localizePictures(articles, media)).toEqual({
      articles: [
        {
          title: 'A',
          content:
            '<img src="http://mmbiz.qpic.cn/1?a=1&amp;b=2"><img src="https://a.example/gone">',
        },
        {
          title: 'B',
          content: `<p style="background:url('http://mmbiz.qpic.cn/1?a=1&amp;b=2')">x</p>`,
        },
      ],
      uploaded: 1,
      moved: [{ from: 'https://a.example/1.png', to: 'http://mmbiz.qpic.cn/1?a=1&b=2' }],
      failed: [{ url: 'https://a.example/gone', message: 'file.url cannot be fetched: 404.' }],
      remaining: 0,
    });
    expect(fetched).toEqual(['https://a.example/1.png', 'https://a.example/gone']);

    // By the function's own door, where every host of this test lies in our own network.
    expect(await invoke({ action: 'localizePictures', payload: { articles } })).toMatchObject({
      ok: true,
      data: { articles, uploaded: 0, failed: [{}, {}] },
    });
    expect(requests).toEqual([]);
  });

  test('are brought one after the other for a caller who shows how far it is', async () => {
    const asked: string[] = [];
    const media = {
      async uploadImage({ file }: { readonly file: object }) {
        const { url } = file as { url: string };
        asked.push(url);
        return { url: `http://mmbiz.qpic.cn/${asked.length}` };
      },
    };
    const content = '<img src="https://a.example/1"><img src="https://a.example/2">';

    const outcome = await localizePictures([{ content }], media, ['https://a.example/2', 'other']);

    expect(outcome).toMatchObject({
      articles: [{ content: content.replace('https://a.example/2', 'http://mmbiz.qpic.cn/1') }],
      uploaded: 1,
      remaining: 1,
    });
    expect(asked).toEqual(['https://a.example/2']);
  });

  test('a picture that stands in its own address is uploaded like a file', async () => {
    const { invoke, requests } = setUp({
      '/cgi-bin/media/uploadimg': { url: 'http://mmbiz.qpic.cn/1' },
    });
    const url = `data:image/png;base64,${png().toString('base64')}`;

    const outcome = await invoke({
      action: 'localizePictures',
      payload: { articles: [{ content: `<img src="${url}">` }] },
    });

    expect(outcome).toMatchObject({
      data: { articles: [{ content: '<img src="http://mmbiz.qpic.cn/1">' }], failed: [] },
    });
    expect(requests).toHaveLength(1);
  });

  test('a title of 33 to 64 characters is tried, with a word on the limit', async () => {
    const { invoke, requests } = setUp({
      '/cgi-bin/draft/add': { media_id: 'D' },
      '/cgi-bin/draft/update': { errcode: 0 },
    });
    const articles = [article, { ...article, title: '题'.repeat(33) }];
    const longest = { ...article, title: '😀'.repeat(64) };

    const added = await invoke({ action: 'addDraft', payload: { articles } });
    const updated = await invoke({
      action: 'updateDraft',
      payload: { media_id: 'D', index: 0, articles: longest },
    });

    expect(added).toMatchObject({
      data: {
        warnings: [expect.stringMatching(/^articles\[1\]\.title has 33 .* documents 32, .* 64/)],
      },
    });
    expect(updated).toMatchObject({
      data: { warnings: [expect.stringMatching(/^articles\.title has 64 characters/)] },
    });
    expect(requests).toMatchObject([{ json: { articles } }, { json: { articles: longest } }]);
  });

  test('what WeChat gave can be given back: the fields that it adds are ignored with a word', async () => {
    const { invoke, requests } = setUp({
      '/cgi-bin/draft/add': { media_id: 'D' },
      '/cgi-bin/draft/update': { errcode: 0 },
    });
    const given = { url: 'http://mp.weixin.qq.com/s/1', thumb_url: 'x', show_cover_pic: 0 };
    const pasted = { ...article, ...given, is_deleted: false } as typeof article;

    const added = await invoke({ action: 'addDraft', payload: { articles: [article, pasted] } });
    const updated = await invoke({
      action: 'updateDraft',
      payload: { media_id: 'D', index: 1, articles: pasted },
    });

    const words = (at: string) =>
      ['url', 'thumb_url', 'show_cover_pic', 'is_deleted'].map((name) =>
        expect.stringContaining(`${at}.${name} was ignored`),
      );
    expect(added).toMatchObject({ data: { warnings: words('articles[1]') } });
    expect(updated).toMatchObject({ data: { warnings: words('articles') } });
    expect(requests.map(({ json }) => json)).toEqual([
      { articles: [article, article] },
      { media_id: 'D', index: 1, articles: article },
    ]);
  });

  test('all that is wrong in a draft is told at once, by article', async () => {
    const { invoke } = setUp();
    const payload = { articles: [{ ...article, author: 'a'.repeat(17), digest: 1 }, {}] } as never;

    expect(await invoke({ action: 'addDraft', payload })).toMatchObject({
      error: {
        details: {
          issues: [
            { path: 'articles[0].author', message: expect.stringContaining('articles[0] "标题":') },
            { path: 'articles[0].digest' },
            { path: 'articles[1].title' },
            { path: 'articles[1].content' },
            { path: 'articles[1].thumb_media_id' },
          ],
        },
      },
    });
  });

  test.each([
    ['getDraft', { media_id: 'D' }, '/cgi-bin/draft/get', { news_item: [] }, { news_item: [] }],
    ['deleteDraft', { media_id: 'D' }, '/cgi-bin/draft/delete', { errcode: 0 }, null],
    [
      'publish',
      { media_id: 'D' },
      '/cgi-bin/freepublish/submit',
      { errcode: 0, publish_id: 1_234_567_890_123_456_789n.toString(), msg_data_id: '1' },
      { publish_id: '1234567890123456789' },
    ],
    [
      'publishStatus',
      { publish_id: '100' },
      '/cgi-bin/freepublish/get',
      { publish_id: '100', publish_status: 1 },
      { publish_id: '100', publish_status: 1 },
    ],
    [
      'deletePublished',
      { article_id: 'A', index: 1 },
      '/cgi-bin/freepublish/delete',
      { errcode: 0 },
      null,
    ],
    [
      'getPublished',
      { article_id: 'A' },
      '/cgi-bin/freepublish/getarticle',
      { news_item: [] },
      { news_item: [] },
    ],
    ['delete', { media_id: 'P' }, '/cgi-bin/material/del_material', { errcode: 0 }, null],
  ] as const)('%s', async (action, payload, path, answer, data) => {
    const { invoke, requests } = setUp({ [path]: answer });

    const outcome = await invoke({ action, payload } as MaterialInvocation);

    expect(outcome).toEqual({ ok: true, data, requestId: 'r' });
    expect(requests).toMatchObject([{ method: 'POST', path, json: payload }]);
  });

  test.each([
    ['count', '/cgi-bin/material/get_materialcount', { voice_count: 1, image_count: 2 }],
    ['countDrafts', '/cgi-bin/draft/count', { total_count: 3 }],
  ] as const)('%s', async (action, path, answer) => {
    const { invoke, requests } = setUp({ [path]: answer });

    expect(await invoke({ action })).toMatchObject({ ok: true, data: answer });
    expect(requests).toMatchObject([{ path }]);
  });

  test.each([
    ['listDrafts', '/cgi-bin/draft/batchget', { media_id: 'D' }],
    ['listPublished', '/cgi-bin/freepublish/batchget', { article_id: 'A' }],
  ] as const)('%s: without the text unless asked for', async (action, path, id) => {
    const { invoke, requests } = setUp({
      [path]: { total_count: 1, item_count: 1, item: [{ ...id, content: { news_item: [] } }] },
    });

    expect(await invoke({ action })).toMatchObject({
      data: { items: [id], total: 1, cursor: null },
    });
    await invoke({ action, payload: { withContent: true, limit: 5 } });

    expect(requests.map(({ json }) => json)).toEqual([
      { offset: 0, count: 20, no_content: 1 },
      { offset: 0, count: 5, no_content: 0 },
    ]);
  });
});
