import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import {
  type EndpointName,
  endpointByName,
  endpoints,
  type RequestOf,
  type ResponseOf,
} from '../../../shared/wechat/catalogue/index.ts';
import { createClient, createHttpTransport } from '../../../shared/wechat/client/index.ts';
import { parseJson } from '../../../shared/wechat/json.ts';
import { createWechatApi, type ListeningApi } from './api.ts';
import { files } from './content-testing.ts';
import { account } from './testing.ts';

/** Every row of the catalogue, once, by the product's own client over HTTP. */

/** Noon in China, so that no figure of yesterday is "not ready" and no day ends meanwhile. */
const startedAt = Date.UTC(2026, 0, 1, 4);
const emulator = createWechatApi({ account, now: () => startedAt });
let server: ListeningApi;
let token = '';

beforeAll(async () => {
  server = await emulator.listen(0);
});
afterAll(() => server.close());

const client = () =>
  createClient({
    transport: createHttpTransport({ clock: systemClock }),
    baseUrl: server.url,
    token: {
      get: async () => new Secret(token),
      reject: () => Promise.reject(new Error('the token was refused')),
    },
    clock: systemClock,
    random: Math.random,
    log: createLog({ write: () => {}, now: () => 0 }),
  });

const called = new Set<string>();

/** Calls a row as a user of the client would; a retired one by its path. Checks what went out. */
async function call<Name extends EndpointName>(
  name: Name,
  request?: RequestOf<Name>,
): Promise<ResponseOf<Name>> {
  called.add(name);
  const endpoint = endpointByName(name);
  const fields = (request ?? {}) as Record<string, unknown>;
  const [area = '', operation = ''] = name.split('.');
  const api = client() as unknown as Record<
    string,
    Record<string, (request?: object) => Promise<unknown>>
  >;
  const method = api[area]?.[operation];
  const answer = method
    ? await method(request as object | undefined)
    : await client().request(endpoint.method, endpoint.path as `/${string}`, {
        ...(endpoint.method === 'GET' ? { query: fields as never } : { json: fields }),
      });
  if (typeof answer === 'object' && answer !== null && 'stream' in answer) {
    for await (const _ of answer.stream as AsyncIterable<Uint8Array>);
  }
  await expectSent(name, fields);
  return answer as ResponseOf<Name>;
}

/** What the emulator received is what was asked for, field by field. */
async function expectSent(name: EndpointName, request: Record<string, unknown>): Promise<void> {
  const calls = (await control('GET', '/emulator/calls')) as {
    endpoint: string;
    query: Record<string, string>;
    body: string;
  }[];
  const last = calls.at(-1);
  expect(last?.endpoint).toBe(name);
  const { access_token: _, ...query } = last?.query ?? {};
  const isUpload = Object.values(request).some((value) => isFile(value));
  const body = isUpload || !last?.body ? {} : (parseJson(last.body) as object);
  const sent = { ...query, ...body };
  for (const [field, value] of Object.entries(request)) {
    if (isFile(value) || isMasked(field) || (isUpload && !(field in query))) continue;
    expect({ [field]: asText(sent[field as keyof typeof sent]) }).toEqual({
      [field]: asText(value),
    });
  }
}

const isFile = (value: unknown) =>
  typeof value === 'object' && value !== null && 'data' in value && 'fileName' in value;
const isMasked = (field: string) => /secret|token|code|ticket/.test(field);
/** Numbers in a query, and ids that are bare numbers in a body, come back as text. */
const asText = (value: unknown): unknown =>
  typeof value === 'object' ? value : value === undefined ? undefined : String(value);

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return response.json();
}

const image = { fileName: 'a.jpg', contentType: 'image/jpeg', data: files.jpeg };
const film = { fileName: 'a.mp4', contentType: 'video/mp4', data: files.mp4 };
const article = (thumb_media_id: string) => ({
  title: 'Title',
  content: '<p>Text</p>',
  thumb_media_id,
});
const { appid, secret } = account;
const ann = 'oAnn';
const ben = 'oBen';

test('token, ticket, network and quota', async () => {
  await call('token.get', { grant_type: 'client_credential', appid, secret });
  const issued = await call('token.getStable', { grant_type: 'client_credential', appid, secret });
  token = issued.access_token;
  await call('ticket.get', { type: 'jsapi' });
  await call('network.listCallbackIps');
  await call('network.listApiIps');
  await expect(
    call('network.checkCallback', { action: 'all', check_operator: 'DEFAULT' }),
  ).rejects.toMatchObject({ errcode: 40201 });
  await call('openapi.clearQuota', { appid });
  await call('openapi.clearQuotaBySecret', { appid, appsecret: secret });
  await call('openapi.clearApiQuota', { cgi_path: '/cgi-bin/menu/create' });
  await call('openapi.getQuota', { cgi_path: '/cgi-bin/menu/create' });
  const refused = await client()
    .tag.listFollowers({ tagid: 999 })
    .catch((error: { rid: string }) => error);
  await call('openapi.getRid', { rid: (refused as { rid: string }).rid });
});

test('followers, tags and groups', async () => {
  for (const openid of [ann, ben]) {
    await control('PUT', `/emulator/followers/${openid}`, { isFollowing: true, wechatId: openid });
  }
  expect(await call('user.list')).toMatchObject({ total: 2, data: { openid: [ann, ben] } });
  expect(await call('user.get', { openid: ann, lang: 'zh_CN' })).toMatchObject({ subscribe: 1 });
  await call('user.getMany', { user_list: [{ openid: ann }, { openid: ben }] });
  await call('user.setRemark', { openid: ann, remark: '安' });
  await control('PUT', '/emulator/migration', { fromAppid: 'wx1', openids: { oOld: ann } });
  await call('user.changeOpenids', { from_appid: 'wx1', openid_list: ['oOld'] });

  const { tag } = await call('tag.create', { tag: { name: '常客' } });
  await call('tag.update', { tag: { id: tag.id, name: '老客' } });
  await call('tag.addFollowers', { openid_list: [ann, ben], tagid: tag.id });
  expect(await call('tag.listFollowers', { tagid: tag.id })).toMatchObject({ count: 2 });
  expect(await call('tag.listOfFollower', { openid: ann })).toEqual({ tagid_list: [tag.id] });
  await call('tag.removeFollowers', { openid_list: [ben], tagid: tag.id });
  expect(await call('tag.list')).toMatchObject({
    tags: expect.arrayContaining([{ id: tag.id, name: '老客', count: 1 }]),
  });
  await call('tag.delete', { tag: { id: tag.id } });

  await call('blacklist.add', { openid_list: [ben] });
  expect(await call('blacklist.list', { begin_openid: '' })).toMatchObject({ count: 1 });
  await call('blacklist.remove', { openid_list: [ben] });

  const { group } = await call('group.create', { group: { name: 'old' } });
  await call('group.list');
  await call('group.update', { group: { id: group.id, name: 'older' } });
  await call('group.moveFollower', { openid: ann, to_groupid: group.id });
  await call('group.moveFollowers', { openid_list: [ann, ben], to_groupid: group.id });
  expect(await call('group.getOfFollower', { openid: ben })).toEqual({ groupid: group.id });
  await call('group.delete', { group: { id: group.id } });
});

test('menus', async () => {
  const button = [{ type: 'click', name: '今日歌曲', key: 'SONG' }] as const;
  await call('menu.create', { button });
  expect(await call('menu.get')).toMatchObject({ menu: { button: [{ key: 'SONG' }] } });
  await call('menu.getCurrent');
  const { menuid } = await call('menu.addConditional', {
    button,
    matchrule: { client_platform_type: '1' },
  });
  await call('menu.tryMatch', { user_id: ann });
  await call('menu.deleteConditional', { menuid });
  await call('menu.delete');
  await call('autoReply.get');
});

test('media, material, drafts, publishing and comments', async () => {
  const media = await call('media.upload', { type: 'image', media: image });
  await call('media.get', { media_id: String(media.media_id) });
  const recorded = await fetch(`${server.url}/emulator/media?type=voice&fileName=v.speex`, {
    method: 'POST',
    body: 'Speex   sound',
  });
  const { media_id } = (await recorded.json()) as { media_id: string };
  await call('media.getVoice', { media_id });
  await call('media.uploadImage', { media: image });
  const cover = await call('material.add', { type: 'image', media: image });
  const thumb = cover.media_id;
  await call('material.get', { media_id: thumb });
  expect(await call('material.count')).toMatchObject({ image_count: 1 });
  await call('material.list', { type: 'image', offset: 0, count: 20 });
  for (const name of ['material.addNews', 'material.updateNews'] as const) {
    await expect(call(name, {} as never)).rejects.toMatchObject({ errcode: 45106 });
  }

  const draft = await call('draft.add', { articles: [article(thumb)] });
  await call('draft.get', draft);
  await call('draft.update', { ...draft, index: 0, articles: article(thumb) });
  expect(await call('draft.count')).toMatchObject({ total_count: 1 });
  await call('draft.list', { offset: 0, count: 20, no_content: 1 });
  await call('draft.switch', { checkonly: 1 });
  const { publish_id } = await call('publish.submit', draft);
  await emulator.clock.advance(60_000);
  const { article_id = '' } = await call('publish.getStatus', { publish_id });
  await call('publish.getArticle', { article_id });
  await call('publish.list', { offset: 0, count: 20 });
  await call('publish.delete', { article_id });
  const another = await call('draft.add', { articles: [article(thumb)] });
  await call('draft.delete', another);
  await call('material.delete', {
    media_id: (await call('material.add', { type: 'image', media: image })).media_id,
  });

  const about = { msg_data_id: '2247483650', index: 0 };
  await control('POST', '/emulator/articles', { msgDataId: about.msg_data_id, index: 0 });
  const written = (await control('POST', '/emulator/comments', {
    msgDataId: about.msg_data_id,
    openid: ann,
    content: '好',
  })) as { user_comment_id: number };
  const comment = { ...about, user_comment_id: String(written.user_comment_id) };
  await call('comment.open', about);
  expect(await call('comment.list', { ...about, begin: 0, count: 50, type: 0 })).toMatchObject({
    total: 1,
  });
  await call('comment.feature', comment);
  await call('comment.unfeature', comment);
  await call('comment.reply', { ...comment, content: '谢谢' });
  await call('comment.deleteReply', comment);
  await call('comment.delete', comment);
  await call('comment.close', about);
});

test('customer service', async () => {
  await control('POST', '/emulator/note', { openid: ann, type: 'text', Content: 'hi' });
  await call('customerService.send', { touser: ann, msgtype: 'text', text: { content: '你好' } });
  await call('customerService.setTyping', { touser: ann, command: 'Typing' });
  const kf_account = 'one@test';
  await call('customerService.addAgent', { kf_account, nickname: '小一' });
  await call('customerService.updateAgent', { kf_account, nickname: '小二' });
  await call('customerService.inviteAgent', { kf_account, invite_wx: 'someone' });
  await control('PUT', `/emulator/agents/${kf_account}`, {
    isInvitationAccepted: true,
    isOnline: true,
  });
  await call('customerService.uploadAgentAvatar', { kf_account, media: image });
  await call('customerService.listAgents');
  await call('customerService.listOnlineAgents');
  await control('POST', '/emulator/waiting', { openid: ben });
  await call('customerService.listWaiting');
  await call('customerService.createSession', { kf_account, openid: ann });
  await call('customerService.getSession', { openid: ann });
  await call('customerService.listSessions', { kf_account });
  await call('customerService.closeSession', { kf_account, openid: ann });
  const now = Math.floor(emulator.clock.now() / 1_000);
  await call('customerService.listRecords', {
    starttime: now - 3_600,
    endtime: now,
    msgid: '1',
    number: 100,
  });
  await expect(call('customerService.listRecordsByPage', {} as never)).rejects.toThrow();
  await call('customerService.deleteAgent', { kf_account });
});

test('mass sends', async () => {
  const content = { msgtype: 'text', text: { content: '大家好' } } as const;
  const all = await call('massSend.sendAll', { filter: { is_to_all: true }, ...content });
  await call('massSend.send', { touser: [ann, ben], ...content, clientmsgid: 'once' });
  await call('massSend.preview', { touser: ann, ...content });
  await emulator.clock.advance(600_000);
  expect(await call('massSend.getStatus', { msg_id: all.msg_id })).toMatchObject({
    msg_status: 'SEND_SUCCESS',
  });
  await call('massSend.setSpeed', { speed: 2 });
  expect(await call('massSend.getSpeed')).toMatchObject({ speed: 2 });
  const video = await call('media.upload', { type: 'video', media: film });
  await call('massSend.uploadVideo', {
    media_id: String(video.media_id),
    title: 'A film',
    description: 'of us',
  });
  const thumb = await call('media.upload', { type: 'thumb', media: image });
  await call('massSend.uploadArticles', {
    articles: [article(String(thumb.thumb_media_id ?? thumb.media_id))],
  });
  const cover = await call('material.add', { type: 'image', media: image });
  const draft = await call('draft.add', { articles: [article(cover.media_id)] });
  const news = await call('massSend.sendAll', {
    filter: { is_to_all: true },
    msgtype: 'mpnews',
    mpnews: draft,
    send_ignore_reprint: 1,
  });
  await emulator.clock.advance(600_000);
  await call('massSend.delete', { msg_id: news.msg_id });
});

test('templates, subscriptions, QR codes and short keys', async () => {
  await call('template.setIndustry', { industry_id1: '1', industry_id2: '4' });
  await call('template.getIndustry');
  const { template_id } = await call('template.add', {
    template_id_short: '10002',
    keyword_name_list: ['预约项目', '预约日期'],
  });
  expect(await call('template.list')).toMatchObject({ template_list: [{ template_id }] });
  const plain = { template_id: 'template-of-the-test' };
  await control('POST', '/emulator/templates', {
    templateId: plain.template_id,
    title: '通知',
    content: '备注：{{thing1.DATA}}',
  });
  await call('template.send', {
    touser: ann,
    template_id: plain.template_id,
    data: { thing1: { value: '到了' } },
  });
  await call('template.listBlocked', { tmpl_msg_id: plain.template_id, largest_id: 0, limit: 10 });
  await call('template.delete', { template_id });

  await control('PUT', '/emulator/visitor', { openid: ann });
  const page = new URL(`${server.url}/mp/subscribemsg`);
  const once = { action: 'get_confirm', appid, scene: '1000', template_id: plain.template_id };
  page.search = String(new URLSearchParams({ ...once, redirect_url: 'https://example.com/' }));
  expect((await fetch(page, { redirect: 'manual' })).status).toBe(302);
  called.add('template.authorizeOnce');
  await call('template.sendOnce', {
    touser: ann,
    template_id: plain.template_id,
    scene: '1000',
    title: '一次',
    data: { content: { value: '内容' } },
  });

  await call('subscribe.listCategories');
  const { data } = await call('subscribe.listPublicTemplates', { ids: '616', start: 0, limit: 10 });
  const tid = String(data[0]?.tid ?? '');
  const keywords = await call('subscribe.listPublicKeywords', { tid });
  const { priTmplId } = await call('subscribe.addTemplate', {
    tid,
    kidList: keywords.data.slice(0, 2).map(({ kid }) => kid),
    sceneDesc: '测试',
  });
  const mine = await call('subscribe.listTemplates');
  const keys = [...(mine.data[0]?.content ?? '').matchAll(/\{\{(\w+)\.DATA\}\}/g)].map(
    ([, key = '']) => key,
  );
  await control('POST', '/emulator/consents', { openid: ann, templateId: priTmplId });
  await call('subscribe.send', {
    touser: ann,
    template_id: priTmplId,
    data: Object.fromEntries(keys.map((key) => [key, { value: valueFor(key) }])),
  });
  await call('subscribe.deleteTemplate', { priTmplId });

  const code = await call('qrcode.create', {
    action_name: 'QR_STR_SCENE',
    expire_seconds: 600,
    action_info: { scene: { scene_str: 'shop' } },
  });
  await call('qrcode.show', { ticket: code.ticket });
  const { short_key } = await call('shortKey.create', { long_data: 'https://example.com/long' });
  expect(await call('shortKey.get', { short_key })).toMatchObject({
    long_data: 'https://example.com/long',
  });
  await expect(call('shortKey.createUrl', {} as never)).rejects.toThrow();
});

test('web login', async () => {
  await control('PUT', '/emulator/visitor', { openid: ann, nickname: '安' });
  const page = new URL(`${server.url}/connect/oauth2/authorize`);
  page.search = `appid=${appid}&redirect_uri=${encodeURIComponent('https://example.com/')}&response_type=code&scope=snsapi_userinfo&state=s1`;
  const granted = await fetch(page, { redirect: 'manual' });
  called.add('oauth.authorize');
  const back = new URL(granted.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('s1');

  const login = await call('oauth.getAccessToken', {
    appid,
    secret,
    code: back.searchParams.get('code') ?? '',
    grant_type: 'authorization_code',
  });
  const fresh = await call('oauth.refreshAccessToken', {
    appid,
    grant_type: 'refresh_token',
    refresh_token: login.refresh_token,
  });
  const user = { access_token: fresh.access_token, openid: ann };
  expect(await call('oauth.getUserInfo', user)).toMatchObject({ nickname: '安' });
  await call('oauth.checkAccessToken', user);
});

test('reports', async () => {
  const day = new Date(emulator.clock.now() - 86_400_000 + 8 * 3_600_000)
    .toISOString()
    .slice(0, 10);
  const range = { begin_date: day, end_date: day };
  const reports = endpoints
    .map(({ name }) => name)
    .filter((name): name is Extract<EndpointName, `dataCube.${string}`> =>
      name.startsWith('dataCube.'),
    );
  for (const name of reports) {
    const isCard = name.includes('Card');
    const request = {
      ...range,
      ...(isCard ? { cond_source: 0 } : {}),
      ...(name === 'dataCube.getMemberCardDetail' ? { card_id: 'card' } : {}),
    };
    expect(await call(name, request as never)).toMatchObject({ list: expect.anything() });
  }
  await call('publisher.getStat', {
    action: 'publisher_adpos_general',
    page: 1,
    page_size: 10,
    start_date: day,
    end_date: day,
  });
});

test('no row was left out', () => {
  expect(endpoints.map(({ name }) => name).filter((name) => !called.has(name))).toEqual([]);
});

/** A value that the rule of the key allows. */
function valueFor(key: string): string {
  const samples: Record<string, string> = {
    number: '1',
    date: '2026年01月01日',
    time: '12:00',
    amount: '1元',
    phone_number: '13800000000',
    character_string: 'A1',
    name: '安',
    phrase: '完成',
    letter: 'A',
    symbol: '#',
    car_number: '粤A12345',
    thing: '内容',
  };
  return samples[key.replace(/\d+$/, '')] ?? '内容';
}
