import { describe, expect, test } from '@jest/globals';
import { createContentApi, refusal } from '../content-fixture.ts';

const SUBMIT = '/cgi-bin/freepublish/submit';
const STATUS = '/cgi-bin/freepublish/get';
const DELETE = '/cgi-bin/freepublish/delete';
const ARTICLE = '/cgi-bin/freepublish/getarticle';
const LIST = '/cgi-bin/freepublish/batchget';
const URL = /^http:\/\/mp\.weixin\.qq\.com\/s\/[\w-]{22}$/;

async function createPublishApi(options: Parameters<typeof createContentApi>[0] = {}) {
  const api = await createContentApi(options);
  async function publish(...titles: string[]) {
    const { publish_id } = await api.post(SUBMIT, { media_id: await api.addDraft(...titles) });
    await api.clock.advance(3_000);
    const { article_id } = await api.post(STATUS, { publish_id });
    return { publish_id, article_id: String(article_id) };
  }
  return { ...api, publish };
}

describe('publishing', () => {
  test('takes a while, then an event tells of it and the draft is gone', async () => {
    const { post, addDraft, clock, events, lastCall } = await createPublishApi();
    const media_id = await addDraft('One', 'Two');
    const submitted = await post(SUBMIT, { media_id });
    const { publish_id } = submitted;

    expect(await lastCall()).toEqual({ endpoint: 'publish.submit', query: {}, body: { media_id } });
    expect(submitted).toEqual({
      errcode: 0,
      errmsg: 'ok',
      publish_id: expect.stringMatching(/^\d+$/),
      msg_data_id: expect.any(Number),
    });
    await clock.advance(2_999);
    expect(await post(STATUS, { publish_id })).toEqual({
      publish_id,
      publish_status: 1,
      fail_idx: [],
    });
    expect(await lastCall()).toMatchObject({ endpoint: 'publish.getStatus', body: { publish_id } });
    expect(events).toEqual([]);
    expect((await post('/cgi-bin/draft/get', { media_id })).errcode).toBeUndefined();

    await clock.advance(1);
    const status = await post(STATUS, { publish_id });
    expect(status).toEqual({
      publish_id,
      publish_status: 0,
      article_id: expect.stringMatching(/^[\w-]{64}$/),
      article_detail: {
        count: 2,
        item: [
          { idx: 1, article_url: expect.stringMatching(URL) },
          { idx: 2, article_url: expect.stringMatching(URL) },
        ],
      },
      fail_idx: [],
    });
    expect(events).toEqual([
      {
        openid: 'mphelper',
        type: 'event',
        Event: 'PUBLISHJOBFINISH',
        PublishEventInfo: {
          publish_id: Number(publish_id),
          publish_status: 0,
          article_id: status.article_id,
          article_detail: status.article_detail,
        },
      },
    ]);
    expect(await post('/cgi-bin/draft/get', { media_id })).toEqual(refusal(40007));
  });

  test.each([2, 3, 4])('may end with status %i, and then the draft stays', async (status) => {
    const { post, addDraft, clock, events, control, call } = await createPublishApi();
    const order = { job: 'publish', status, failIdx: [1, 2] };
    expect(await control('/emulator/outcomes', order)).toEqual([order]);
    const media_id = await addDraft('One', 'Two');
    const { publish_id } = await post(SUBMIT, { media_id });
    await clock.advance(3_000);

    const result = { publish_status: status, fail_idx: [1, 2] };
    expect(await post(STATUS, { publish_id })).toEqual({ publish_id, ...result });
    expect(events).toMatchObject([
      { PublishEventInfo: { publish_id: Number(publish_id), ...result } },
    ]);
    expect((await post('/cgi-bin/draft/get', { media_id })).errcode).toBeUndefined();
    expect(await post(LIST, { offset: 0, count: 1 })).toMatchObject({ total_count: 0 });
    expect(await call('/emulator/outcomes')).toEqual([]);
  });

  test('of the same draft twice at a time', async () => {
    const { post, addDraft } = await createPublishApi();
    const media_id = await addDraft('One');
    await post(SUBMIT, { media_id });

    expect(await post(SUBMIT, { media_id })).toEqual(refusal(53503));
  });

  test.each<[string, object, number]>([
    ['an unknown draft', { media_id: 'x' }, 40007],
    ['no draft', {}, 41006],
  ])('of %s', async (_name, body, errcode) => {
    const { post } = await createPublishApi();

    expect(await post(SUBMIT, body)).toEqual(refusal(errcode));
  });

  test.each<[string, object, number]>([
    ['an unknown id', { publish_id: '1' }, 40097],
    ['no id', {}, 47001],
  ])('status of %s', async (_name, body, errcode) => {
    const { post } = await createPublishApi();

    expect(await post(STATUS, body)).toEqual(refusal(errcode));
  });

  test('100 a day', async () => {
    const { post, control, addDraft } = await createPublishApi();
    await control('/emulator/quota', { path: SUBMIT, used: 100 });

    expect(await post(SUBMIT, { media_id: await addDraft('One') })).toEqual(refusal(45009));
  });

  test('by switch, the event has its other name and comes sooner or later', async () => {
    const { post, addDraft, events, clock } = await createPublishApi({
      switches: { publishEvent: 'FREEPUBLISHJOBFINISH', publishTakesMs: 60_000 },
    });
    await post(SUBMIT, { media_id: await addDraft('One') });
    await clock.advance(59_999);
    expect(events).toEqual([]);
    await clock.advance(1);

    expect(events).toMatchObject([{ Event: 'FREEPUBLISHJOBFINISH' }]);
  });
});

describe('published articles', () => {
  test('are read by their id', async () => {
    const { post, publish, lastCall, clock } = await createPublishApi();
    const { article_id } = await publish('One');

    expect(await post(ARTICLE, { article_id })).toEqual({
      news_item: [
        {
          article_type: 'news',
          title: 'One',
          author: '',
          digest: 'Text',
          content: '<p>Text</p>',
          content_source_url: '',
          thumb_media_id: expect.any(String),
          thumb_url: expect.stringMatching(/^http:\/\/mmbiz\.qpic\.cn\//),
          show_cover_pic: 0,
          need_open_comment: 0,
          only_fans_can_comment: 0,
          url: expect.stringMatching(URL),
          is_deleted: false,
        },
      ],
      create_time: clock.now() / 1_000 - 3,
      update_time: clock.now() / 1_000,
    });
    expect(await lastCall()).toEqual({
      endpoint: 'publish.getArticle',
      query: {},
      body: { article_id },
    });
  });

  test('are listed, the newest first', async () => {
    const { post, publish, lastCall } = await createPublishApi();
    const first = await publish('One');
    const second = await publish('Two');
    const query = { offset: 0, count: 20, no_content: 1 };
    const list = (await post(LIST, query)) as { item: { content: { news_item: object[] } }[] };

    expect(await lastCall()).toEqual({ endpoint: 'publish.list', query: {}, body: query });
    expect(list).toMatchObject({
      total_count: 2,
      item_count: 2,
      item: [
        { article_id: second.article_id, content: { news_item: [{ title: 'Two' }] } },
        { article_id: first.article_id, content: { news_item: [{ title: 'One' }] } },
      ],
    });
    expect(list.item[0]?.content.news_item[0]).not.toHaveProperty('content');
    expect(await post(LIST, { offset: 0, count: 21 })).toEqual(refusal(40097));
  });

  test('are deleted one by one', async () => {
    const { post, publish, lastCall } = await createPublishApi();
    const { article_id, publish_id } = await publish('One', 'Two');
    const body = { article_id, index: 2 };

    expect(await post(DELETE, body)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await lastCall()).toEqual({ endpoint: 'publish.delete', query: {}, body });
    expect(await post(ARTICLE, { article_id })).toMatchObject({
      news_item: [{ is_deleted: false }, { is_deleted: true }],
    });
    await post(DELETE, { article_id, index: 1 });
    expect(await post(STATUS, { publish_id })).toMatchObject({ publish_status: 5 });
    expect(await post(ARTICLE, { article_id })).toEqual(refusal(53600));
    expect(await post(LIST, { offset: 0, count: 1 })).toMatchObject({ total_count: 0 });
  });

  test.each([[0], [undefined]])('are all deleted by index %s', async (index) => {
    const { post, publish } = await createPublishApi();
    const { article_id } = await publish('One', 'Two');

    expect((await post(DELETE, { article_id, index })).errcode).toBe(0);
    expect(await post(ARTICLE, { article_id })).toEqual(refusal(53600));
    expect(await post(DELETE, { article_id })).toEqual(refusal(53600));
  });

  test.each([[3], [-1]])('have no index %i', async (index) => {
    const { post, publish } = await createPublishApi();
    const { article_id } = await publish('One', 'Two');

    expect(await post(DELETE, { article_id, index })).toEqual(refusal(40114));
  });

  test('may be in a menu', async () => {
    const { post, publish } = await createPublishApi();
    const { article_id } = await publish('One');
    const menu = (id: string) => ({
      button: [{ type: 'article_id', name: 'A', article_id: id }],
    });

    expect((await post('/cgi-bin/menu/create', menu(article_id))).errcode).toBe(0);
    await post(DELETE, { article_id });
    expect(await post('/cgi-bin/menu/create', menu(article_id))).toEqual(refusal(53600));
  });
});
