import { describe, expect, test } from '@jest/globals';
import { createContentApi, files, refusal } from '../content-fixture.ts';

const ADD = '/cgi-bin/draft/add';
const GET = '/cgi-bin/draft/get';
const UPDATE = '/cgi-bin/draft/update';
const LIST = '/cgi-bin/draft/batchget';

async function createDraftApi(options: Parameters<typeof createContentApi>[0] = {}) {
  const api = await createContentApi(options);
  const cover = await api.addMaterial('jpeg', 'cover.jpg', 'thumb');
  const article = { title: 'Title', content: '<p>Text</p>', thumb_media_id: cover };
  const pictures = {
    article_type: 'newspic',
    title: 'Title',
    content: 'Plain text',
    image_info: { image_list: [{ image_media_id: cover }] },
  };
  return { ...api, cover, article, pictures };
}

describe('a draft', () => {
  test('is read back with its addresses, and what was left out as empty', async () => {
    const { post, article, lastCall, clock, cover } = await createDraftApi();
    const body = { articles: [article] };
    const added = await post(ADD, body);

    expect(added).toEqual({ media_id: expect.stringMatching(/^[\w-]{64}$/) });
    expect(await lastCall()).toEqual({ endpoint: 'draft.add', query: {}, body });
    const answer = await post(GET, { media_id: added.media_id });
    expect(await lastCall()).toEqual({
      endpoint: 'draft.get',
      query: {},
      body: { media_id: added.media_id },
    });
    expect(answer).toEqual({
      news_item: [
        {
          article_type: 'news',
          title: 'Title',
          author: '',
          digest: 'Text',
          content: '<p>Text</p>',
          content_source_url: '',
          thumb_media_id: cover,
          thumb_url: expect.stringContaining(cover),
          show_cover_pic: 0,
          need_open_comment: 0,
          only_fans_can_comment: 0,
          url: expect.stringMatching(/^http:\/\/mp\.weixin\.qq\.com\/s\?.*tempkey=/),
        },
      ],
      create_time: clock.now() / 1_000,
      update_time: clock.now() / 1_000,
    });
  });

  test('keeps all that was given', async () => {
    const { post, article } = await createDraftApi();
    const full = {
      ...article,
      author: 'Ann',
      digest: 'Short',
      content_source_url: 'https://example.com/source',
      need_open_comment: 1,
      only_fans_can_comment: 1,
      pic_crop_235_1: '0_0.1_0.999999_1',
      pic_crop_1_1: '0_0_1_1',
      product_info: { footer_product_info: { product_key: '' } },
    };
    const { media_id } = await post(ADD, { articles: [full] });

    const { product_info: _, ...kept } = full;
    expect(await post(GET, { media_id })).toMatchObject({ news_item: [kept] });
  });

  test('of pictures', async () => {
    const { post, pictures, cover } = await createDraftApi();
    const crop = { ratio: '1_1', x1: '0', y1: '0', x2: '0.5', y2: '1' };
    const article = { ...pictures, cover_info: { crop_percent_list: [crop] } };
    const { media_id } = await post(ADD, { articles: [article] });

    expect(await post(GET, { media_id })).toMatchObject({
      news_item: [{ ...article, thumb_url: expect.stringContaining(cover) }],
    });
  });

  test('loses scripts, handlers and pictures from elsewhere', async () => {
    const { post, article, upload } = await createDraftApi();
    const { url } = await upload('/cgi-bin/media/uploadimg', files.png, 'a.png');
    const content =
      `<p onclick="steal()">Hi<script>alert(1)</script></p>` +
      `<img src="${url}"><img data-src='${url}'><img src="https://example.com/a.png">`;
    const { media_id } = await post(ADD, { articles: [{ ...article, content }] });

    expect(await post(GET, { media_id })).toMatchObject({
      news_item: [{ content: `<p>Hi</p><img src="${url}"><img data-src='${url}'>`, digest: 'Hi' }],
    });
  });

  test('has a digest of its own making only when it is alone: 54 characters', async () => {
    const { post, article } = await createDraftApi();
    const long = { ...article, content: `<b>${'字'.repeat(60)}</b>` };
    const digests = async (...articles: object[]) => {
      const { media_id } = await post(ADD, { articles });
      const { news_item } = (await post(GET, { media_id })) as { news_item: { digest: string }[] };
      return news_item.map(({ digest }) => digest);
    };

    expect(await digests(long)).toEqual(['字'.repeat(54)]);
    expect(await digests(long, long)).toEqual(['', '']);
  });
});

describe('refused articles', () => {
  const link = (bytes: number) => `https://a.com/${'x'.repeat(bytes - 14)}`;

  test.each<[string, Record<string, unknown>, number]>([
    ['an unknown type', { article_type: 'video' }, 45162],
    ['no title', { title: undefined }, 41011],
    ['an empty title', { title: '' }, 40062],
    ['a title of 33 characters', { title: '字'.repeat(33) }, 45003],
    ['an author of 17 characters', { author: '字'.repeat(17) }, 45110],
    ['a digest of 129 characters', { digest: '字'.repeat(129) }, 45004],
    ['no content', { content: undefined }, 41011],
    ['empty content', { content: '' }, 44004],
    ['20 000 characters', { content: 'x'.repeat(20_000) }, 45002],
    ['no link as the source', { content_source_url: 'example.com' }, 41039],
    ['a source of 1025 bytes', { content_source_url: link(1_025) }, 41039],
    ['no cover', { thumb_media_id: undefined }, 40007],
    ['an unknown cover', { thumb_media_id: 'x' }, 40007],
    ['a crop of three numbers', { pic_crop_1_1: '0_0_1' }, 53402],
    ['a crop beyond the edge', { pic_crop_235_1: '0_0_1.1_1' }, 53402],
    ['a crop of nothing', { pic_crop_235_1: '0.5_0_0.5_1' }, 53402],
    ['seven decimals', { pic_crop_1_1: '0_0_0.1234567_1' }, 53402],
    ['a flag of 2', { need_open_comment: 2 }, 47003],
    ['a flag as text', { only_fans_can_comment: '1' }, 47001],
    ['a number as the title', { title: 1 }, 47001],
    ['a product', { product_info: { footer_product_info: { product_key: 'p' } } }, 53406],
  ])('%s', async (_name, change, errcode) => {
    const { post, article, get } = await createDraftApi();

    expect(await post(ADD, { articles: [{ ...article, ...change }] })).toEqual(refusal(errcode));
    expect(await get('/cgi-bin/draft/count')).toEqual({ total_count: 0 });
  });

  test.each<[string, Record<string, unknown>]>([
    ['a title of 32 characters', { title: '字'.repeat(32) }],
    ['an author of 16 characters', { author: '字'.repeat(16) }],
    ['a digest of 128 characters', { digest: '字'.repeat(128) }],
    ['19 999 characters', { content: 'x'.repeat(19_999) }],
    ['a source of 1024 bytes', { content_source_url: link(1_024) }],
  ])('but not %s', async (_name, change) => {
    const { post, article } = await createDraftApi();

    expect(await post(ADD, { articles: [{ ...article, ...change }] })).toHaveProperty('media_id');
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['no list', { image_info: undefined }, 41011],
    ['an empty list', { image_info: { image_list: [] } }, 41011],
    ['21 pictures', { image_info: { image_list: Array.from({ length: 21 }, () => ({})) } }, 40215],
    ['an unknown picture', { image_info: { image_list: [{ image_media_id: 'x' }] } }, 40007],
    ['tags', { content: 'one <b>two</b>' }, 45166],
    ['an unknown ratio', { cover_info: { crop_percent_list: [{ ratio: '4_3' }] } }, 53402],
    [
      'a bad crop',
      { cover_info: { crop_percent_list: [{ ratio: '1_1', x1: '1', y1: '0', x2: '0', y2: '1' }] } },
      53402,
    ],
  ])('of pictures: %s', async (_name, change, errcode) => {
    const { post, pictures } = await createDraftApi();

    expect(await post(ADD, { articles: [{ ...pictures, ...change }] })).toEqual(refusal(errcode));
  });

  test('characters are code points', async () => {
    const { post, article } = await createDraftApi();
    // One grapheme of seven.
    const content = '👨‍👩‍👧‍👦'.repeat(2_857);

    expect(await post(ADD, { articles: [{ ...article, content }] })).toHaveProperty('media_id');
    const more = await post(ADD, { articles: [{ ...article, content: `${content}x` }] });
    expect(more).toEqual(refusal(45002));
  });

  test('the cover must be a permanent picture', async () => {
    const { post, article, addMaterial, addMedia } = await createDraftApi();
    for (const thumb_media_id of [
      await addMaterial('mp3', 'a.mp3', 'voice'),
      await addMedia('jpeg', 'a.jpg', 'image'),
    ]) {
      expect(await post(ADD, { articles: [{ ...article, thumb_media_id }] })).toEqual(
        refusal(40007),
      );
    }
  });

  test('by switch, a title may have 64 characters', async () => {
    const { post, article } = await createDraftApi({ switches: { articleTitleMaxChars: 64 } });
    const titled = (chars: number) => ({ articles: [{ ...article, title: 'x'.repeat(chars) }] });

    expect(await post(ADD, titled(64))).toHaveProperty('media_id');
    expect(await post(ADD, titled(65))).toEqual(refusal(45003));
  });

  test.each<[string, (article: object) => unknown, number]>([
    ['nothing', () => ({}), 41011],
    ['an empty list', () => ({ articles: [] }), 44003],
    ['nine', (article) => ({ articles: Array.from({ length: 9 }, () => article) }), 45008],
    ['one that is in no list', (article) => ({ articles: article }), 47001],
    ['a text', () => ({ articles: ['x'] }), 47001],
  ])('%s', async (_name, body, errcode) => {
    const { post, article } = await createDraftApi();

    expect(await post(ADD, body(article))).toEqual(refusal(errcode));
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, number]>([
    ['an escape', '{"articles":[{"title":"\\u4eca"}]}', 47002],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 40033],
  ])('%s', async (_name, body, errcode) => {
    const { postText } = await createDraftApi();

    expect(await postText(ADD, body)).toEqual(refusal(errcode));
    expect(await postText(UPDATE, body)).toEqual(refusal(errcode));
  });
});

describe('the draft box', () => {
  test('updates one article', async () => {
    const { post, addDraft, article, lastCall, clock } = await createDraftApi();
    const media_id = await addDraft('One', 'Two');
    await clock.advance(5_000);
    const body = { media_id, index: 1, articles: { ...article, title: 'New' } };

    expect(await post(UPDATE, body)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await lastCall()).toEqual({ endpoint: 'draft.update', query: {}, body });
    expect(await post(GET, { media_id })).toMatchObject({
      news_item: [{ title: 'One' }, { title: 'New', digest: '' }],
      create_time: clock.now() / 1_000 - 5,
      update_time: clock.now() / 1_000,
    });
  });

  test.each<[string, object, number]>([
    ['an unknown draft', { media_id: 'x' }, 40007],
    ['no draft', { media_id: '' }, 41006],
    ['no index', { index: undefined }, 41011],
    ['an index beyond the end', { index: 1 }, 40114],
    ['a negative index', { index: -1 }, 40114],
    ['an index as text', { index: '0' }, 47001],
    ['no article', { articles: undefined }, 41011],
    ['a list', { articles: [] }, 47001],
    ['a bad article', { articles: { title: 'x' } }, 41011],
  ])('does not update %s', async (_name, change, errcode) => {
    const { post, addDraft, article } = await createDraftApi();
    const media_id = await addDraft('One');

    const body = { media_id, index: 0, articles: article, ...change };
    expect(await post(UPDATE, body)).toEqual(refusal(errcode));
    expect(await post(GET, { media_id })).toMatchObject({ news_item: [{ title: 'One' }] });
  });

  test('counts, lists the latest changed first, and deletes', async () => {
    const { post, get, addDraft, article, lastCall, clock } = await createDraftApi();
    const first = await addDraft('One');
    const second = await addDraft('Two');
    await clock.advance(1_000);
    await post(UPDATE, { media_id: first, index: 0, articles: { ...article, title: 'New' } });

    expect(await get('/cgi-bin/draft/count')).toEqual({ total_count: 2 });
    expect((await lastCall()).endpoint).toBe('draft.count');
    const query = { offset: 0, count: 1, no_content: 1 };
    const list = (await post(LIST, query)) as { item: [{ content: { news_item: [object] } }] };
    expect(await lastCall()).toEqual({ endpoint: 'draft.list', query: {}, body: query });
    expect(list).toMatchObject({
      total_count: 2,
      item_count: 1,
      item: [{ media_id: first, update_time: clock.now() / 1_000 }],
    });
    expect(list.item[0].content.news_item[0]).not.toHaveProperty('content');
    expect(await post(LIST, { offset: 1, count: 20 })).toMatchObject({
      item_count: 1,
      item: [{ media_id: second, content: { news_item: [{ content: '<p>Text</p>' }] } }],
    });

    const del = '/cgi-bin/draft/delete';
    expect(await post(del, { media_id: first })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await lastCall()).toEqual({
      endpoint: 'draft.delete',
      query: {},
      body: { media_id: first },
    });
    expect(await post(del, { media_id: first })).toEqual(refusal(40007));
    expect(await post(GET, { media_id: first })).toEqual(refusal(40007));
    expect(await get('/cgi-bin/draft/count')).toEqual({ total_count: 1 });
  });

  test.each<[object, number]>([
    [{ offset: 0 }, 41011],
    [{ offset: 0, count: 21 }, 40097],
    [{ offset: 0, count: 1, no_content: '1' }, 47001],
  ])('does not list %j', async (query, errcode) => {
    const { post } = await createDraftApi();

    expect(await post(LIST, query)).toEqual(refusal(errcode));
  });

  test('is on for everyone', async () => {
    const { call, tokenQuery, lastCall } = await createDraftApi();
    const path = `/cgi-bin/draft/switch?${await tokenQuery()}&checkonly=1`;

    const answer = await call(path, { method: 'POST' });
    expect(answer).toEqual({ errcode: 0, errmsg: 'ok', is_open: 1 });
    expect(await lastCall()).toMatchObject({ endpoint: 'draft.switch', query: { checkonly: '1' } });
  });
});
