import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '../api-fixture.ts';
import { createContentApi, people, refusal } from '../content-fixture.ts';

const SEND_ALL = '/cgi-bin/message/mass/sendall';
const SEND = '/cgi-bin/message/mass/send';
const PREVIEW = '/cgi-bin/message/mass/preview';
const DELETE = '/cgi-bin/message/mass/delete';
const STATUS = '/cgi-bin/message/mass/get';
const DAY = 24 * HOUR;

const text = { msgtype: 'text', text: { content: 'Hello' } };
const toAll = { filter: { is_to_all: true } };
const toTag = (tag_id: unknown) => ({ filter: { is_to_all: false, tag_id } });
const toPeople = { touser: ['oAnn', 'oBen'] };
const accepted = { errcode: 0, errmsg: 'send job submission success', msg_id: expect.any(Number) };

/** Tokens end after two hours; these tests go on for days. */
async function createMassApi(options: Parameters<typeof createContentApi>[0] = {}) {
  const api = await createContentApi(options);
  const post = async (path: string, body: unknown = {}) =>
    api.control(`${path}?${await api.tokenQuery()}`, body);
  async function jobs() {
    const { jobs } = (await api.call('/emulator/mass-sends')) as {
      jobs: readonly { msgId: number }[];
    };
    const whole = jobs.map(({ msgId }) => api.call(`/emulator/mass-sends/${msgId}`));
    return (await Promise.all(whole)) as { deliveredTo: readonly string[]; result: string }[];
  }
  const finish = () => api.clock.advance(MINUTE);
  return { ...api, post, jobs, finish };
}

describe('a mass send', () => {
  test('to a tag: accepted, on its way, done, told by an event', async () => {
    const { post, events, clock, jobs, lastCall } = await createMassApi();
    const body = { ...toTag(2), ...text, clientmsgid: 'job-1', send_ignore_reprint: 0 };
    const answer = await post(SEND_ALL, body);

    expect(answer).toEqual(accepted);
    expect(await lastCall()).toEqual({ endpoint: 'massSend.sendAll', query: {}, body });
    const { msg_id } = answer;
    expect(await post(STATUS, { msg_id: String(msg_id) })).toEqual({
      msg_id,
      msg_status: 'SENDING',
    });
    expect(await lastCall()).toMatchObject({
      endpoint: 'massSend.getStatus',
      body: { msg_id: String(msg_id) },
    });
    await clock.advance(5_000);
    expect(events).toEqual([]);
    await clock.advance(1);
    expect(await post(STATUS, { msg_id })).toEqual({ msg_id, msg_status: 'SEND_SUCCESS' });
    expect(events).toEqual([
      {
        openid: 'mphelper',
        type: 'event',
        Event: 'MASSSENDJOBFINISH',
        MsgID: msg_id,
        Status: 'send success',
        TotalCount: 2,
        FilterCount: 2,
        SentCount: 2,
        ErrorCount: 0,
        CopyrightCheckResult: { Count: 0, ResultList: {}, CheckState: 1 },
        ArticleUrlResult: { Count: 0, ResultList: {} },
      },
    ]);
    expect(await jobs()).toMatchObject([
      {
        msgtype: 'text',
        content: { content: 'Hello' },
        audience: { kind: 'tag', tagId: 2 },
        deliveredTo: ['oAnn', 'oBen'],
      },
    ]);
  });

  test('to a tag that is named alone', async () => {
    const { post, jobs } = await createMassApi();

    expect(await post(SEND_ALL, { filter: { tag_id: 100 }, ...text })).toEqual(accepted);
    expect(await jobs()).toMatchObject([{ audience: { kind: 'tag', tagId: 100 }, totalCount: 1 }]);
  });

  test('to all passes by the blacklist; to a list counts those who left as errors', async () => {
    const { post, events, finish, jobs, lastCall } = await createMassApi();
    await post(SEND_ALL, { ...toAll, ...text });
    const body = { touser: people.map(({ openid }) => openid), ...text };
    await post(SEND, body);
    expect(await lastCall()).toEqual({ endpoint: 'massSend.send', query: {}, body });
    await finish();

    expect(events).toMatchObject([
      { TotalCount: 3, FilterCount: 2, SentCount: 2, ErrorCount: 0 },
      { TotalCount: 4, FilterCount: 3, SentCount: 2, ErrorCount: 1 },
    ]);
    expect((await jobs()).map(({ deliveredTo }) => deliveredTo)).toEqual([
      ['oAnn', 'oBen'],
      ['oAnn', 'oBen'],
    ]);
  });

  test('passes by who wants nothing from the account', async () => {
    const { post, call, events, finish } = await createMassApi();
    await call('/emulator/followers/oAnn', {
      method: 'PUT',
      body: JSON.stringify({ refusesMessages: true }),
    });
    await post(SEND_ALL, { ...toTag(2), ...text });
    await finish();

    expect(events).toMatchObject([{ TotalCount: 2, FilterCount: 1, SentCount: 1, ErrorCount: 0 }]);
  });

  test('of articles: the draft is gone, and their addresses are told', async () => {
    const { post, events, finish, addDraft } = await createMassApi();
    const media_id = await addDraft('One', 'Two');
    const answer = await post(SEND_ALL, { ...toAll, msgtype: 'mpnews', mpnews: { media_id } });

    expect(answer).toEqual({ ...accepted, msg_data_id: expect.any(Number) });
    expect(await post('/cgi-bin/draft/get', { media_id })).toEqual(refusal(40007));
    await finish();
    const url = expect.stringMatching(/^http:\/\/mp\.weixin\.qq\.com\/s\/[\w-]{22}$/);
    expect(events).toMatchObject([
      {
        CopyrightCheckResult: {
          Count: 2,
          ResultList: { item: [{ ArticleIdx: 1, AuditState: 0 }, { ArticleIdx: 2 }] },
          CheckState: 1,
        },
        ArticleUrlResult: {
          Count: 2,
          ResultList: {
            item: [
              { ArticleIdx: 1, ArticleUrl: url },
              { ArticleIdx: 2, ArticleUrl: url },
            ],
          },
        },
      },
    ]);
  });

  test('of pictures, sounds and films', async () => {
    const { post, addMedia, addMaterial, lastCall, jobs } = await createMassApi();
    const pictures = [
      await addMedia('jpeg', 'a.jpg', 'image'),
      await addMaterial('png', 'a.png', 'image'),
    ];
    const images = {
      media_ids: pictures,
      recommend: 'look',
      title: 'Pictures',
      need_open_comment: 1,
      only_fans_can_comment: 1,
    };
    const film = {
      media_id: await addMedia('mp4', 'a.mp4', 'video'),
      title: 'Film',
      description: '',
    };
    const prepared = await post('/cgi-bin/media/uploadvideo', film);
    expect(await lastCall()).toEqual({ endpoint: 'massSend.uploadVideo', query: {}, body: film });
    expect(prepared).toEqual({
      type: 'video',
      media_id: expect.any(String),
      created_at: expect.any(Number),
    });
    const mpvideo = { media_id: prepared.media_id, title: 'Film', description: 'of us' };
    const voice = { media_id: await addMedia('mp3', 'a.mp3', 'voice') };

    expect(await post(SEND, { ...toPeople, msgtype: 'image', images })).toEqual(accepted);
    const image = { media_id: pictures[0] };
    expect(await post(SEND, { ...toPeople, msgtype: 'image', image })).toEqual(accepted);
    expect(await post(SEND, { ...toPeople, msgtype: 'voice', voice })).toEqual(accepted);
    expect(await post(SEND, { ...toPeople, msgtype: 'mpvideo', mpvideo })).toEqual(accepted);
    expect(await jobs()).toMatchObject([
      { content: images },
      { content: { media_ids: [pictures[0]] } },
      { content: voice },
      { content: mpvideo },
    ]);
  });

  test('a plain film must be prepared first; nothing else can be', async () => {
    const { post, addMedia, addMaterial } = await createMassApi();
    const send = (media_id: string) =>
      post(SEND, { ...toPeople, msgtype: 'mpvideo', mpvideo: { media_id } });
    const prepare = (body: object) => post('/cgi-bin/media/uploadvideo', body);

    expect(await send(await addMedia('mp4', 'a.mp4', 'video'))).toEqual(refusal(48013));
    expect(await send(await addMaterial('mp4', 'a.mp4', 'video'))).toEqual(refusal(48013));
    expect(await prepare({ title: 'Film' })).toEqual(refusal(41006));
    const media_id = await addMedia('jpeg', 'a.jpg', 'image');
    expect(await prepare({ media_id, title: 'Film' })).toEqual(refusal(40007));
    expect(await prepare({ media_id })).toEqual(refusal(41011));
    const permanent = await addMaterial('mp4', 'a.mp4', 'video');
    expect(await prepare({ media_id: permanent, title: 'Film' })).toHaveProperty('media_id');
  });

  test.each(['err(20001)', 'send fail'])('may end with %s', async (status) => {
    const { post, control, events, finish, jobs } = await createMassApi();
    await control('/emulator/outcomes', { job: 'massSend', status });
    const { msg_id } = await post(SEND_ALL, { ...toAll, ...text });
    await finish();

    expect(events).toMatchObject([{ Status: status, TotalCount: 3, SentCount: 0, FilterCount: 0 }]);
    expect(await post(STATUS, { msg_id })).toEqual({ msg_id, msg_status: 'SEND_FAIL' });
    expect(await jobs()).toMatchObject([{ deliveredTo: [], result: status }]);
  });

  test('by switch, the event comes before the answer', async () => {
    const { post, events, clock } = await createMassApi({
      switches: { massSendEvent: 'before-answer' },
    });
    const { msg_id } = await post(SEND_ALL, { ...toAll, ...text });

    expect(events).toMatchObject([{ MsgID: msg_id, SentCount: 2 }]);
    expect(await post(STATUS, { msg_id })).toEqual({ msg_id, msg_status: 'SEND_SUCCESS' });
    expect(clock.pending).toBe(0);
  });

  test('takes the longer the slower it is', async () => {
    const { post, clock, events } = await createMassApi({ switches: { massSendTakesMs: 0 } });
    await post('/cgi-bin/message/mass/speed/set', { speed: 4 });
    const many = Array.from({ length: 10_000 }, (_, at) => `oNobody${at}`);
    await post(SEND, { touser: ['oAnn', ...many.slice(1)], ...text });
    // A tenth of the hundred thousand of a minute.
    await clock.advance(5_999);
    expect(events).toEqual([]);
    await clock.advance(1);

    expect(events).toMatchObject([{ TotalCount: 10_000, SentCount: 1, ErrorCount: 9_999 }]);
  });
});

describe('guard rails', () => {
  test('a follower receives four in a calendar month', async () => {
    const { post, events, clock, control, finish } = await createMassApi();
    for (let turn = 0; turn < 5; turn += 1) {
      await post(SEND, { ...toPeople, ...text, clientmsgid: `job-${turn}` });
      await finish();
    }
    await post(SEND, { touser: ['oAnn', 'oCid'], ...text });
    await finish();

    expect(events.slice(3)).toMatchObject([
      { TotalCount: 2, FilterCount: 2, SentCount: 2, ErrorCount: 0 },
      { TotalCount: 2, FilterCount: 0, SentCount: 0, ErrorCount: 0 },
      { TotalCount: 2, FilterCount: 1, SentCount: 0, ErrorCount: 1 },
    ]);
    // From noon of the first of January to midnight before February.
    await control('/emulator/clock', { advanceMs: 31 * DAY });
    await post(SEND, { ...toPeople, ...text, clientmsgid: 'february' });
    await clock.advance(MINUTE);
    expect(events.at(-1)).toMatchObject({ SentCount: 2 });
  });

  test('four to all in a calendar month: 45028', async () => {
    const { post, clock } = await createMassApi();
    const send = (clientmsgid: string) => post(SEND_ALL, { ...toAll, ...text, clientmsgid });
    for (const id of ['a', 'b', 'c', 'd']) expect(await send(id)).toEqual(accepted);

    expect(await send('e')).toEqual(refusal(45028));
    expect(await post(SEND_ALL, { ...toTag(2), ...text })).toEqual(accepted);
    await clock.advance(31 * DAY);
    expect(await send('e')).toEqual(accepted);
  });

  test('a refused article is still a draft', async () => {
    const { post, addDraft } = await createMassApi();
    for (const clientmsgid of ['a', 'b', 'c', 'd']) {
      await post(SEND_ALL, { ...toAll, ...text, clientmsgid });
    }
    const media_id = await addDraft('One');
    const send = { ...toAll, msgtype: 'mpnews', mpnews: { media_id } };

    expect(await post(SEND_ALL, send)).toEqual(refusal(45028));
    expect(await post('/cgi-bin/draft/get', { media_id })).toHaveProperty('news_item');
  });

  test.each([SEND, SEND_ALL])('%s: 100 a day and 60 a minute', async (path) => {
    const { post, control, clock } = await createMassApi();
    const body = { ...toPeople, ...toTag(2), ...text };
    await control('/emulator/quota', { path, used: 100 });
    expect(await post(path, body)).toEqual(refusal(45009));
    await control('/emulator/quota', { path, used: 0, minuteLimit: 0 });
    expect(await post(path, body)).toEqual(refusal(45011));
    await control('/emulator/quota', { path, minuteLimit: 60 });
    await clock.advance(MINUTE);
    expect(await post(path, body)).toEqual(accepted);
  });

  test('the same clientmsgid within a day is the same job, even if its draft is gone', async () => {
    const { post, addDraft, clock, jobs } = await createMassApi();
    const mpnews = { media_id: await addDraft('One') };
    const body = { ...toTag(2), msgtype: 'mpnews', mpnews, clientmsgid: 'job-1' };
    const { msg_id } = await post(SEND_ALL, body);

    expect(await post(SEND_ALL, body)).toEqual({
      errcode: 45065,
      errmsg: expect.stringMatching(/^clientmsgid exist rid: /),
      msg_id,
    });
    await clock.advance(DAY - 1);
    const other = { ...toPeople, ...text, clientmsgid: 'job-1' };
    expect(await post(SEND, other)).toMatchObject({ errcode: 45065, msg_id });
    expect(await jobs()).toHaveLength(1);
    await clock.advance(1);
    expect(await post(SEND, other)).toEqual(accepted);
  });

  test('without one, the same content to the same people is the same job', async () => {
    const { post } = await createMassApi();
    const { msg_id } = await post(SEND, { ...toPeople, ...text });

    expect(await post(SEND, { ...toPeople, ...text })).toMatchObject({ errcode: 45065, msg_id });
    expect(await post(SEND, { touser: ['oBen', 'oAnn'], ...text })).toEqual(accepted);
    const other = { msgtype: 'text', text: { content: 'Goodbye' } };
    expect(await post(SEND, { ...toPeople, ...other })).toEqual(accepted);
  });

  test('tried in vain and again within a minute: 45066', async () => {
    const { post, clock } = await createMassApi();
    for (const clientmsgid of ['a', 'b', 'c', 'd']) {
      await post(SEND_ALL, { ...toAll, ...text, clientmsgid });
    }
    const send = () => post(SEND_ALL, { ...toAll, ...text, clientmsgid: 'e' });

    expect(await send()).toEqual(refusal(45028));
    expect(await send()).toEqual(refusal(45066));
    await clock.advance(MINUTE);
    expect(await send()).toEqual(refusal(45028));
  });

  test('a clientmsgid has 64 bytes, by switch 32', async () => {
    const body = (bytes: number) => ({ ...toPeople, ...text, clientmsgid: 'x'.repeat(bytes) });
    const { post } = await createMassApi();
    expect(await post(SEND, body(64))).toEqual(accepted);
    expect(await post(SEND, body(65))).toEqual(refusal(45067));

    const strict = await createMassApi({ switches: { clientMsgIdMaxBytes: 32 } });
    expect(await strict.post(SEND, body(33))).toEqual(refusal(45067));
  });

  const openids = (count: number) => Array.from({ length: count }, (_, at) => `o${at}`);
  test.each<[string, string, object, number]>([
    ['nobody', SEND, { ...text }, 40130],
    ['one openid', SEND, { ...text, touser: ['oAnn'] }, 40130],
    ['10 001 openids', SEND, { ...text, touser: openids(10_001) }, 40032],
    ['a number among them', SEND, { ...text, touser: ['oAnn', 7] }, 40031],
    ['an empty openid', SEND, { ...text, touser: ['oAnn', ''] }, 40031],
    ['strangers', SEND, { ...text, touser: openids(2) }, 40003],
    ['a text as the list', SEND, { ...text, touser: 'oAnn,oBen' }, 47001],
    ['no filter', SEND_ALL, { ...text }, 41011],
    ['an empty filter', SEND_ALL, { ...text, filter: {} }, 41011],
    ['is_to_all as text', SEND_ALL, { ...text, filter: { is_to_all: 'true' } }, 47001],
    ['no tag', SEND_ALL, { ...text, ...toTag(undefined) }, 41011],
    ['a tag as text', SEND_ALL, { ...text, ...toTag('2') }, 47001],
    ['an unknown tag', SEND_ALL, { ...text, ...toTag(7) }, 40152],
    ['no type', SEND, { ...toPeople }, 40008],
    ['a type of customer service', SEND, { ...toPeople, msgtype: 'music' }, 40008],
    ['a card', SEND, { ...toPeople, msgtype: 'wxcard', wxcard: { card_id: 'p' } }, 45113],
    ['no content object', SEND, { ...toPeople, msgtype: 'text' }, 41011],
    ['content that is no object', SEND, { ...toPeople, msgtype: 'text', text: 'Hello' }, 47001],
    ['no text', SEND, { ...toPeople, msgtype: 'text', text: {} }, 44004],
    [
      'a text of 2049 bytes',
      SEND,
      { ...toPeople, msgtype: 'text', text: { content: 'x'.repeat(2_049) } },
      45002,
    ],
    [
      'an unknown draft',
      SEND,
      { ...toPeople, msgtype: 'mpnews', mpnews: { media_id: 'x' } },
      40007,
    ],
    ['no draft', SEND, { ...toPeople, msgtype: 'mpnews', mpnews: {} }, 41006],
    ['an unknown voice', SEND, { ...toPeople, msgtype: 'voice', voice: { media_id: 'x' } }, 40007],
    [
      'an unknown film',
      SEND,
      { ...toPeople, msgtype: 'mpvideo', mpvideo: { media_id: 'x' } },
      40007,
    ],
    ['no pictures', SEND, { ...toPeople, msgtype: 'image', images: { media_ids: [] } }, 41006],
    [
      'an unknown picture',
      SEND,
      { ...toPeople, msgtype: 'image', images: { media_ids: ['x'] } },
      40007,
    ],
    [
      '21 pictures',
      SEND,
      { ...toPeople, msgtype: 'image', images: { media_ids: openids(21) } },
      40215,
    ],
  ])('%s', async (_name, path, body, errcode) => {
    const { post, jobs } = await createMassApi();

    expect(await post(path, body)).toEqual(refusal(errcode));
    expect(await jobs()).toEqual([]);
  });
});

test('the control endpoint: counts in the list, names in the job', async () => {
  const { post, call, finish } = await createMassApi();
  const { msg_id } = await post(SEND_ALL, { ...toAll, ...text });
  await finish();

  const list = (await call('/emulator/mass-sends')) as { jobs: object[] };
  expect(list).toMatchObject({
    jobs: [{ msgId: msg_id, audience: 'all', totalCount: 3, delivered: 2 }],
    allowance: { toAll: 3 },
  });
  expect(JSON.stringify(list)).not.toContain('oAnn');
  expect(await call(`/emulator/mass-sends/${msg_id}`)).toMatchObject({
    audience: { kind: 'all' },
    deliveredTo: ['oAnn', 'oBen'],
  });
  expect(await call('/emulator/mass-sends/1')).toEqual({ error: expect.any(String) });
  expect(await call('/emulator/followers/oAnn')).toMatchObject({ massSendsThisMonth: 1 });
});

describe('previews', () => {
  test('reach one follower, by openid or WeChat id, and leave the draft', async () => {
    const { post, addDraft, call, lastCall, addMedia } = await createMassApi();
    const media_id = await addDraft('One');
    const body = { touser: 'oBen', towxname: 'ann', msgtype: 'mpnews', mpnews: { media_id } };

    expect(await post(PREVIEW, body)).toEqual({
      errcode: 0,
      errmsg: 'preview success',
      msg_id: expect.any(Number),
    });
    expect(await lastCall()).toEqual({ endpoint: 'massSend.preview', query: {}, body });
    const image = { media_id: await addMedia('jpeg', 'a.jpg', 'image') };
    expect((await post(PREVIEW, { touser: 'oBen', msgtype: 'image', image })).errcode).toBe(0);
    expect(await post('/cgi-bin/draft/get', { media_id })).toHaveProperty('news_item');
    expect(await call('/emulator/mass-sends')).toMatchObject({
      jobs: [],
      previews: [
        { openid: 'oAnn', msgtype: 'mpnews', articles: [{ title: 'One' }] },
        { openid: 'oBen', msgtype: 'image' },
      ],
    });
  });

  test.each([
    ['nobody', {}, 41009],
    ['a stranger', { touser: 'oNobody' }, 40003],
    ['an unknown WeChat id', { towxname: 'nobody', touser: 'oAnn' }, 40132],
    ['somebody who has left', { towxname: 'cid' }, 43004],
  ])('not to %s', async (_name, to, errcode) => {
    const { post } = await createMassApi();

    expect(await post(PREVIEW, { ...to, ...text })).toEqual(refusal(errcode));
  });

  test('100 a day', async () => {
    const { post, control } = await createMassApi();
    await control('/emulator/quota', { path: PREVIEW, used: 100 });

    expect(await post(PREVIEW, { touser: 'oAnn', ...text })).toEqual(refusal(45009));
  });
});

describe('deleting', () => {
  async function sent(...titles: string[]) {
    const api = await createMassApi();
    const mpnews = { media_id: await api.addDraft(...titles) };
    const { msg_id } = await api.post(SEND_ALL, { ...toAll, msgtype: 'mpnews', mpnews });
    await api.finish();
    const status = async () => (await api.post(STATUS, { msg_id })).msg_status;
    const { articles } = (await api.jobs())[0] as unknown as { articles: { url: string }[] };
    return { ...api, msg_id, status, urls: articles.map(({ url }) => url) };
  }

  test('one article, then the other', async () => {
    const { post, msg_id, status, lastCall, jobs } = await sent('One', 'Two');
    const body = { msg_id, article_idx: 2 };

    expect(await post(DELETE, body)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await lastCall()).toEqual({ endpoint: 'massSend.delete', query: {}, body });
    expect(await status()).toBe('SEND_SUCCESS');
    expect(await jobs()).toMatchObject([
      { articles: [{ isDeleted: false }, { isDeleted: true }], deliveredTo: ['oAnn', 'oBen'] },
    ]);
    await post(DELETE, { msg_id, article_idx: 1 });
    expect(await status()).toBe('DELETE');
  });

  test.each([[0], [undefined]])('all of them, by index %s', async (article_idx) => {
    const { post, msg_id, status } = await sent('One', 'Two');
    await post(DELETE, { msg_id, article_idx });

    expect(await status()).toBe('DELETE');
  });

  test('by address', async () => {
    const { post, status, urls } = await sent('One');

    expect((await post(DELETE, { url: urls[0] })).errcode).toBe(0);
    expect(await status()).toBe('DELETE');
    expect(await post(DELETE, { url: 'http://mp.weixin.qq.com/s/x' })).toEqual(refusal(40059));
  });

  test('articles of one address go in every job that sent them', async () => {
    const { post, finish, addMaterial, jobs, lastCall } = await createMassApi();
    const thumb_media_id = await addMaterial('jpeg', 'a.jpg', 'thumb');
    const articles = [{ title: 'One', content: 'text', thumb_media_id }];
    const uploaded = await post('/cgi-bin/media/uploadnews', { articles });
    expect(await lastCall()).toEqual({
      endpoint: 'massSend.uploadArticles',
      query: {},
      body: { articles },
    });
    expect(uploaded).toEqual({
      type: 'news',
      media_id: expect.any(String),
      created_at: expect.any(Number),
    });
    const news = { msgtype: 'mpnews', mpnews: { media_id: uploaded.media_id } };
    const { msg_id } = await post(SEND_ALL, { ...toTag(2), ...news });
    await post(SEND_ALL, { ...toTag(100), ...news });
    await finish();
    await post(DELETE, { msg_id });

    expect(await jobs()).toMatchObject([{ status: 'DELETE' }, { status: 'DELETE' }]);
  });

  test('a film as a whole, and nothing else', async () => {
    const { post, addMedia, finish } = await createMassApi();
    const film = { media_id: await addMedia('mp4', 'a.mp4', 'video'), title: 'Film' };
    const { media_id } = await post('/cgi-bin/media/uploadvideo', film);
    const video = await post(SEND, { ...toPeople, msgtype: 'mpvideo', mpvideo: { media_id } });
    const { msg_id } = await post(SEND, { ...toPeople, ...text });
    expect(await post(DELETE, { msg_id })).toEqual(refusal(40065));
    await finish();

    expect(await post(DELETE, { msg_id })).toEqual(refusal(9500001));
    expect((await post(DELETE, { msg_id: video.msg_id })).errcode).toBe(0);
    expect(await post(STATUS, { msg_id: video.msg_id })).toMatchObject({ msg_status: 'DELETE' });
  });

  test.each<[string, object, number]>([
    ['an unknown id', { msg_id: 1 }, 40059],
    ['no id', {}, 40059],
    ['an index beyond the end', { article_idx: 2 }, 40060],
    ['a negative index', { article_idx: -1 }, 40060],
    ['an id as text', { msg_id: '1' }, 47001],
  ])('%s', async (_name, change, errcode) => {
    const { post, msg_id } = await sent('One');
    const body = Object.keys(change).length === 0 ? {} : { msg_id, ...change };

    expect(await post(DELETE, body)).toEqual(refusal(errcode));
  });

  test('10 a day', async () => {
    const { post, control, msg_id } = await sent('One');
    await control('/emulator/quota', { path: DELETE, used: 10 });

    expect(await post(DELETE, { msg_id })).toEqual(refusal(45009));
  });
});

test.each([
  [{ msg_id: '1' }, 40059],
  [{}, 40059],
  [{ msg_id: {} }, 47001],
])('the status of %j', async (body, errcode) => {
  const { post } = await createMassApi();

  expect(await post(STATUS, body)).toEqual(refusal(errcode));
});

describe('articles for mass sends, in the old way', () => {
  const UPLOAD = '/cgi-bin/media/uploadnews';

  test.each<[string, (article: object) => unknown, number]>([
    ['none', () => [], 44003],
    ['nine', (article) => Array.from({ length: 9 }, () => article), 45008],
    ['no title', (article) => [{ ...article, title: '' }], 41011],
    ['a title of 65 characters', (article) => [{ ...article, title: 'x'.repeat(65) }], 45003],
    ['no content', (article) => [{ ...article, content: '' }], 44004],
    ['an unknown cover', (article) => [{ ...article, thumb_media_id: 'x' }], 40007],
    ['a text', () => ['x'], 47001],
  ])('%s', async (_name, change, errcode) => {
    const { post, addMedia } = await createMassApi();
    const thumb_media_id = await addMedia('jpeg', 'a.jpg', 'thumb');
    const articles = change({ title: 'One', content: 'text', thumb_media_id });

    expect(await post(UPLOAD, { articles })).toEqual(refusal(errcode));
  });

  test('are gone after three days', async () => {
    const { post, addMaterial, clock } = await createMassApi();
    const thumb_media_id = await addMaterial('jpeg', 'a.jpg', 'thumb');
    const articles = [{ title: 'One', content: 'text', thumb_media_id }];
    const { media_id } = await post(UPLOAD, { articles });
    await clock.advance(3 * DAY);

    const news = { msgtype: 'mpnews', mpnews: { media_id } };
    expect(await post(SEND, { ...toPeople, ...news })).toEqual(refusal(40007));
  });
});

describe('the speed', () => {
  const GET_SPEED = '/cgi-bin/message/mass/speed/get';
  const SET_SPEED = '/cgi-bin/message/mass/speed/set';

  test.each([...[80, 60, 45, 30, 10].entries()])(
    '%i is %i ten thousands a minute',
    async (speed, realspeed) => {
      const { post, get, lastCall } = await createMassApi();

      expect(await post(SET_SPEED, { speed })).toEqual({ errcode: 0, errmsg: 'ok' });
      expect(await lastCall()).toEqual({
        endpoint: 'massSend.setSpeed',
        query: {},
        body: { speed },
      });
      expect(await post(GET_SPEED)).toEqual({ speed, realspeed });
      expect(await get(GET_SPEED)).toEqual({ speed, realspeed });
      expect((await lastCall()).endpoint).toBe('massSend.getSpeed');
    },
  );

  test.each([
    [{}, 45084],
    [{ speed: 5 }, 45083],
    [{ speed: -1 }, 45083],
    [{ speed: '1' }, 47001],
  ])('%j', async (body, errcode) => {
    const { post } = await createMassApi();

    expect(await post(SET_SPEED, body)).toEqual(refusal(errcode));
  });
});
