import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ListeningApi } from './api.ts';
import { createContentApi } from './content-testing.ts';
import { ordinary } from './push/ordinary.ts';
import { account } from './testing.ts';

/** A client that was not written here, and that knows nothing of the emulator. */
interface Client {
  prefix: string;
  mpPrefix: string;
  customservicePrefix: string;
  [method: string]: unknown;
}
const CoWechatApi = createRequire(import.meta.url)('co-wechat-api') as new (
  appid: string,
  secret: string,
) => Client;

let api: Awaited<ReturnType<typeof createContentApi>>;
let server: ListeningApi;
let client: Client;

beforeAll(async () => {
  api = await createContentApi();
  server = await api.api.listen(0);
  client = new CoWechatApi(account.appid, account.secret);
  client.prefix = `${server.url}/cgi-bin/`;
  client.mpPrefix = client.prefix;
  client.customservicePrefix = `${server.url}/customservice/`;
});
afterAll(() => server.close());

const ok = { errcode: 0, errmsg: 'ok' };
async function run<T = Record<string, unknown>>(method: string, ...given: unknown[]): Promise<T> {
  const call = client[method] as (...given: unknown[]) => Promise<T>;
  return call.apply(client, given);
}

test('a token', async () => {
  expect(await run('getAccessToken')).toMatchObject({ accessToken: expect.any(String) });
});

test('followers', async () => {
  expect(await run('getFollowers')).toEqual({
    total: 3,
    count: 3,
    data: { openid: ['oAnn', 'oBen', 'oDan'] },
    next_openid: 'oDan',
  });
  expect(await run('updateRemark', 'oAnn', 'A')).toEqual(ok);
  expect(await run('getUser', 'oAnn')).toMatchObject({ subscribe: 1, remark: 'A' });
  expect(await run('batchGetUsers', ['oAnn', 'oCid'])).toMatchObject({
    user_info_list: [{ openid: 'oAnn' }, { subscribe: 0 }],
  });
});

test('tags', async () => {
  const { tag } = await run<{ tag: { id: number } }>('createTags', '星标');
  expect(await run('updateTag', tag.id, '广东')).toEqual(ok);
  expect(await run('batchTagging', ['oAnn', 'oBen'], tag.id)).toEqual(ok);
  expect(await run('batchUnTagging', ['oBen'], tag.id)).toEqual(ok);
  expect(await run('getIdList', 'oAnn')).toEqual({ tagid_list: [2, tag.id] });
  expect(await run('getUsersFromTag', tag.id, '')).toMatchObject({ data: { openid: ['oAnn'] } });
  expect(await run('getTags')).toMatchObject({
    tags: expect.arrayContaining([{ id: tag.id, name: '广东', count: 1 }]),
  });
  expect(await run('deleteTag', tag.id)).toEqual(ok);
});

test('custom messages, with the error of a closed window', async () => {
  await expect(run('sendText', 'oAnn', 'Hi')).rejects.toMatchObject({
    name: 'WeChatAPIError',
    code: 45015,
  });
  api.api.followers.note(ordinary.text('oAnn', 'hello'));

  expect(await run('sendText', 'oAnn', '你好')).toEqual(ok);
  const news = [{ title: 'T', description: 'D', url: 'http://a.cn', picurl: 'http://a.cn/1' }];
  expect(await run('sendNews', 'oAnn', news)).toEqual(ok);
  expect(api.api.sentTo('oAnn').map(({ message }) => message)).toEqual([
    { touser: 'oAnn', msgtype: 'text', text: { content: '你好' } },
    { touser: 'oAnn', msgtype: 'news', news: { articles: news } },
  ]);
});

test('QR codes', async () => {
  expect(await run('createTmpQRCode', 10_000, 1_800)).toMatchObject({ expire_seconds: 1_800 });
  const { ticket } = await run('createLimitQRCode', 100);
  const picture = await fetch(await run<string>('showQRCodeURL', ticket));

  expect(picture.status).toBe(200);
});

test('templates', async () => {
  const industries = { industry_id1: '1', industry_id2: '4' };
  expect(await run('setIndustry', industries)).toEqual(ok);
  expect(await run('getIndustry')).toMatchObject({ primary_industry: { first_class: 'IT科技' } });
  const { template_id } = await run('addTemplate', '10002');
  expect(await run('getAllPrivateTemplate')).toMatchObject({ template_list: [{ template_id }] });
  const data = {
    thing1: { value: '洗车', color: '#173177' },
    date2: { value: '2026年1月1日' },
    car_number3: { value: '粤A00001' },
    phrase4: { value: '已确认' },
    number5: { value: '3' },
  };

  const sent = await run('sendTemplate', 'oAnn', template_id, 'http://a.cn', '#FF0000', data);
  expect(sent).toMatchObject({ ...ok, msgid: expect.any(Number) });
  expect(await run('delPrivateTemplate', template_id)).toEqual(ok);
});

test('customer service', async () => {
  expect(await run('getCustomServiceList')).toEqual({ kf_list: [] });
  expect(await run('getOnlineCustomServiceList')).toEqual({ kf_online_list: [] });
});
