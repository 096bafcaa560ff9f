import { expect, test } from '@jest/globals';
import { createContentApi, refusal } from '../content-fixture.ts';

const ok = { errcode: 0, errmsg: 'ok' };

test('followers are listed 10 000 a page, and 100 000 are seeded in no time', async () => {
  const { get, control } = await createContentApi();
  const { last } = await control('/emulator/followers', { count: 100_000 });
  const seen: string[] = [];

  let page = await get('/cgi-bin/user/get');
  while (page.count !== 0) {
    expect(page.total).toBe(100_003);
    expect(Number(page.count)).toBeLessThanOrEqual(10_000);
    seen.push(...(page.data as { openid: string[] }).openid);
    expect(page.next_openid).toBe(seen.at(-1));
    page = await get('/cgi-bin/user/get', { next_openid: String(page.next_openid) });
  }
  expect(page).toEqual({ total: 100_003, count: 0, next_openid: '' });
  expect(new Set(seen).size).toBe(100_003);
  expect(seen.slice(0, 3)).toEqual(['oAnn', 'oBen', 'oDan']);
  expect(seen.at(-1)).toBe(last);
  expect(await get('/cgi-bin/user/get', { next_openid: 'oNobody' })).toEqual(refusal(40003));
});

test('what is known of a follower, and of one who left', async () => {
  const { get, post, api, clock } = await createContentApi();
  api.followers.note({
    openid: 'oEve',
    type: 'event',
    Event: 'subscribe',
    EventKey: 'qrscene_42',
    Ticket: 'T',
  });
  expect(await post('/cgi-bin/user/info/updateremark', { openid: 'oEve', remark: 'E' })).toEqual(
    ok,
  );
  const eve = {
    subscribe: 1,
    openid: 'oEve',
    subscribe_time: Math.floor(clock.now() / 1_000),
    remark: 'E',
    groupid: 0,
    tagid_list: [],
    subscribe_scene: 'ADD_SCENE_QR_CODE',
    qr_scene: 42,
    qr_scene_str: '',
  };

  expect(await get('/cgi-bin/user/info', { openid: 'oEve', lang: 'zh_CN' })).toEqual(eve);
  expect(await get('/cgi-bin/user/info', { openid: 'oCid' })).toEqual({
    subscribe: 0,
    openid: 'oCid',
  });
  expect(await get('/cgi-bin/user/info', { openid: 'oNobody' })).toEqual(refusal(40003));
  expect(await get('/cgi-bin/user/info')).toEqual(refusal(41009));
  const user_list = [{ openid: 'oEve', lang: 'zh_CN' }, { openid: 'oCid' }];
  expect(await post('/cgi-bin/user/info/batchget', { user_list })).toEqual({
    user_info_list: [eve, { subscribe: 0, openid: 'oCid' }],
  });
  const many = Array.from({ length: 101 }, () => ({ openid: 'oEve' }));
  expect(await post('/cgi-bin/user/info/batchget', { user_list: many })).toEqual(refusal(40032));

  api.followers.note({ openid: 'oEve', type: 'event', Event: 'unsubscribe' });
  expect(await get('/cgi-bin/user/info', { openid: 'oEve' })).toMatchObject({ subscribe: 0 });
  expect(await get('/cgi-bin/user/get')).toMatchObject({ total: 3 });
});

test('a switch gives the fields that WeChat removed, empty', async () => {
  const { get } = await createContentApi({ switches: { removedUserFields: 'empty' } });

  expect(await get('/cgi-bin/user/info', { openid: 'oAnn' })).toMatchObject({
    nickname: '',
    sex: 0,
    headimgurl: '',
  });
});

test('a remark has 30 characters, or 29 bytes by the switch', async () => {
  const remark = (api: Awaited<ReturnType<typeof createContentApi>>, text: string, to = 'oAnn') =>
    api.post('/cgi-bin/user/info/updateremark', { openid: to, remark: text });
  const api = await createContentApi();
  const strict = await createContentApi({ switches: { remarkLimit: '29 bytes' } });

  expect(await remark(api, '字'.repeat(30))).toEqual(ok);
  expect(await remark(api, '字'.repeat(31))).toEqual(refusal(40092));
  expect(await remark(api, 'x', 'oCid')).toEqual(refusal(43004));
  expect(await remark(api, 'x', 'oNobody')).toEqual(refusal(40003));
  expect(await remark(strict, 'x'.repeat(29))).toEqual(ok);
  expect(await remark(strict, '字'.repeat(10))).toEqual(refusal(40092));
});

test('blacklisting 20 at a time; the list has pages', async () => {
  const { post } = await createContentApi({ switches: { blacklistPageSize: 2 } });
  const put = (operation: string, openid_list: unknown) =>
    post(`/cgi-bin/tags/members/batch${operation}`, { openid_list });
  const list = (begin_openid = '') => post('/cgi-bin/tags/members/getblacklist', { begin_openid });
  expect(await put('blacklist', ['oAnn', 'oBen'])).toEqual(ok);

  expect(await list()).toEqual({
    total: 3,
    count: 2,
    data: { openid: ['oAnn', 'oBen'] },
    next_openid: 'oBen',
  });
  expect(await list('oBen')).toMatchObject({ count: 1, data: { openid: ['oDan'] } });
  expect(await list('oDan')).toEqual({ total: 3, count: 0, next_openid: '' });
  expect(await put('unblacklist', ['oAnn', 'oBen', 'oDan'])).toEqual(ok);
  expect(await list()).toMatchObject({ total: 0 });
  expect(await put('blacklist', Array(21).fill('oAnn'))).toEqual(refusal(40032));
  expect(await put('blacklist', 'oAnn')).toEqual(refusal(40031));
  expect(await put('blacklist', ['oNobody'])).toEqual(refusal(40003));
  expect(await put('blacklist', ['o6_bmjrPTlm6_2sgVt7hMZOPfL2M'])).toEqual(refusal(49003));
});

test('after a move the old openids can be exchanged, for 15 days', async () => {
  const { post, call, clock, tokenQuery } = await createContentApi();
  const change = { from_appid: 'wxold', openid_list: ['oOld', 'oOther'] };
  const PATH = '/cgi-bin/changeopenid';
  expect(await post(PATH, change)).toEqual(refusal(63183));
  const migration = { fromAppid: 'wxold', openids: { oOld: 'oAnn' } };
  await call('/emulator/migration', { method: 'PUT', body: JSON.stringify(migration) });

  expect(await post(PATH, change)).toEqual({
    ...ok,
    result_list: [
      { ori_openid: 'oOld', new_openid: 'oAnn', err_msg: 'ok' },
      { ori_openid: 'oOther', err_msg: 'ori_openid error' },
    ],
  });
  expect(await post(PATH, { ...change, from_appid: 'wxno' })).toEqual(refusal(63178));
  expect(await post(PATH, { ...change, openid_list: [] })).toEqual(refusal(63182));
  expect(await post(PATH, { ...change, openid_list: Array(101).fill('o') })).toEqual(
    refusal(40032),
  );
  await clock.advance(15 * 24 * 3_600_000);
  const later = await call(`${PATH}?${await tokenQuery()}`, {
    method: 'POST',
    body: JSON.stringify(change),
  });
  expect(later).toEqual(refusal(63183));
});
