import { describe, expect, test } from '@jest/globals';
import type { WechatApiOptions } from '../api.ts';
import { account, createTestApi, HOUR, MINUTE } from '../api-fixture.ts';

/** Here a comma stands before the rid. */
const refusal = (errcode: number, text: string) => ({
  errcode,
  errmsg: expect.stringMatching(new RegExp(`^${text}, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$`)),
});

function createLogin(options: Partial<WechatApiOptions> = {}) {
  const api = createTestApi(options);
  const query = (fields: object) =>
    new URLSearchParams(fields as Record<string, string>).toString();
  const page = {
    appid: account.appid,
    redirect_uri: 'https://example.com/back?a=1',
    response_type: 'code',
    scope: 'snsapi_userinfo',
    state: 'S1',
  };
  const open = (change: object = {}) =>
    api.api.fetch(
      `https://open.weixin.qq.com/connect/oauth2/authorize?${query({ ...page, ...change })}`,
    );
  async function code(change: object = {}) {
    const location = (await open(change)).headers.get('location') ?? '';
    return new URL(location).searchParams.get('code') ?? '';
  }
  const exchange = (given: string, change: object = {}) =>
    api.get(
      `/sns/oauth2/access_token?${query({ ...account, code: given, grant_type: 'authorization_code', ...change })}`,
    );
  const refresh = (refresh_token: unknown, change: object = {}) =>
    api.get(
      `/sns/oauth2/refresh_token?${query({ appid: account.appid, grant_type: 'refresh_token', refresh_token, ...change })}`,
    );
  const info = (access_token: unknown, openid: unknown) =>
    api.get(`/sns/userinfo?${query({ access_token, openid, lang: 'zh_CN' })}`);
  const check = (access_token: unknown, openid: unknown) =>
    api.get(`/sns/auth?${query({ access_token, openid })}`);
  return { ...api, open, code, exchange, refresh, info, check };
}

test('from the page to the profile', async () => {
  const { open, exchange, info, check, call } = createLogin();
  const visitor = { openid: 'oVisitor', nickname: 'Eve', unionid: 'U', isSnapshot: true };
  await call('/emulator/visitor', { method: 'PUT', body: JSON.stringify(visitor) });
  const response = await open();
  const target = new URL(response.headers.get('location') ?? '');

  expect(response.status).toBe(302);
  expect(target.origin + target.pathname).toBe('https://example.com/back');
  expect(target.searchParams.get('a')).toBe('1');
  expect(target.searchParams.get('state')).toBe('S1');
  const answer = await exchange(target.searchParams.get('code') ?? '');
  expect(answer).toEqual({
    access_token: expect.any(String),
    expires_in: 7_200,
    refresh_token: expect.any(String),
    openid: 'oVisitor',
    scope: 'snsapi_userinfo',
    is_snapshotuser: 1,
    unionid: 'U',
  });
  expect(await info(answer.access_token, 'oVisitor')).toEqual({
    openid: 'oVisitor',
    nickname: 'Eve',
    sex: 0,
    province: '',
    city: '',
    country: '',
    headimgurl: '',
    privilege: [],
    unionid: 'U',
  });
  expect(await check(answer.access_token, 'oVisitor')).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(await check(answer.access_token, 'oOther')).toEqual(refusal(40003, 'invalid openid'));
  expect(await info(answer.access_token, '')).toEqual(refusal(41009, 'missing openid'));
});

test('a code is good once, for five minutes', async () => {
  const { code, exchange, clock } = createLogin();
  const [used, late] = [await code(), await code({ emulator_openid: 'oOther' })];

  expect(await exchange(used)).toMatchObject({ expires_in: 7_200 });
  expect(await exchange(used)).toEqual(refusal(40163, 'code been used'));
  await clock.advance(5 * MINUTE - 1);
  expect(await exchange(await code())).toMatchObject({ expires_in: 7_200 });
  await clock.advance(1);
  expect(await exchange(late)).toEqual(refusal(42003, 'code expired'));
});

describe('what is refused', () => {
  test.each<[number, string, object]>([
    [41002, 'appid missing', { appid: '' }],
    [40013, 'invalid appid', { appid: 'wxffffffffffffffff' }],
    [41004, 'appsecret missing', { secret: '' }],
    [40125, 'invalid appsecret', { secret: 'f'.repeat(32) }],
    [40002, 'invalid grant_type', { grant_type: 'client_credential' }],
    [41008, 'missing code', { code: '' }],
    [40029, 'invalid code', { code: '1_wrong' }],
  ])('%i when a code is exchanged', async (errcode, text, change) => {
    const { code, exchange } = createLogin();

    expect(await exchange(await code(), change)).toEqual(refusal(errcode, text));
  });

  test.each<[number, string, object]>([
    [41002, 'appid missing', { appid: '' }],
    [40013, 'invalid appid', { appid: 'wxffffffffffffffff' }],
    [40002, 'invalid grant_type', { grant_type: 'x' }],
    [41003, 'refresh_token missing', { refresh_token: '' }],
    [40030, 'invalid refresh_token', { refresh_token: '1_wrong' }],
  ])('%i when a token is refreshed', async (errcode, text, change) => {
    const { code, exchange, refresh } = createLogin();
    const { refresh_token } = await exchange(await code());

    expect(await refresh(refresh_token, change)).toEqual(refusal(errcode, text));
  });

  test.each([
    [10012, { appid: '' }],
    [10016, { appid: 'wxffffffffffffffff' }],
    [10011, { redirect_uri: '' }],
    [10010, { scope: '' }],
    [10005, { scope: 'snsapi_login' }],
    [10003, { redirect_uri: 'https://example.org/' }],
  ])('the page shows %i', async (fault, change) => {
    const { open } = createLogin({ oauthDomain: 'example.com' });
    const response = await open(change);

    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain(`<p>${fault}</p>`);
  });

  test('a profile needs its scope and a token that is good', async () => {
    const { code, exchange, info, clock, refresh } = createLogin();
    const base = await exchange(await code({ scope: 'snsapi_base' }));
    const full = await exchange(await code());

    expect(await info(base.access_token, base.openid)).toEqual(refusal(48001, 'api unauthorized'));
    expect(await info('', full.openid)).toEqual(refusal(41001, 'access_token missing'));
    expect(await info('1_wrong', full.openid)).toEqual(
      refusal(40001, 'invalid credential, access_token is invalid or not latest'),
    );
    await clock.advance(2 * HOUR);
    expect(await info(full.access_token, full.openid)).toEqual(
      refusal(42001, 'access_token expired'),
    );
    const fresh = await refresh(full.refresh_token);
    expect(fresh.access_token).not.toBe(full.access_token);
    expect(await info(fresh.access_token, full.openid)).toMatchObject({ nickname: '微信用户' });
  });
});

test('a refresh lengthens the token there is; 30 days after the code it ends', async () => {
  const { code, exchange, refresh, check, clock } = createLogin();
  const first = await exchange(await code());
  await clock.advance(HOUR);

  expect(await refresh(first.refresh_token)).toEqual(first);
  await clock.advance(2 * HOUR - 1);
  expect(await check(first.access_token, first.openid)).toMatchObject({ errcode: 0 });
  await clock.advance(30 * 24 * HOUR - 3 * HOUR);
  expect(await refresh(first.refresh_token)).toMatchObject({ openid: first.openid });
  await clock.advance(1);
  expect(await refresh(first.refresh_token)).toEqual(refusal(42002, 'refresh_token expired'));
});
