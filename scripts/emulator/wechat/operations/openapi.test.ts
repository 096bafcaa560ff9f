import { describe, expect, test } from '@jest/globals';
import { type Answer, account, createTestApi, HOUR } from '../api-fixture.ts';

const DAY = 24 * HOUR;
const byToken = async (api: ReturnType<typeof createTestApi>, path: string, body: unknown) =>
  api.post(`${path}?${await api.tokenQuery()}`, body);

describe('the IP whitelist', () => {
  test('guards the token endpoints and names the caller', async () => {
    const { get, credentials, stable, use } = createTestApi({ ipWhitelist: ['10.0.0.0/8'] });
    const token = (ip: string) => get(`/cgi-bin/token?${credentials}`, ip);

    expect((await token('10.9.8.7')).access_token).toBeDefined();
    expect(await token('120.208.99.249')).toEqual({
      errcode: 40164,
      errmsg: expect.stringMatching(
        /^invalid ip 120\.208\.99\.249 ipv6 ::ffff:120\.208\.99\.249, not in whitelist rid: /,
      ),
    });
    expect((await token('2001:db8::1')).errmsg).toContain(
      'invalid ip 2001:db8::1 ipv6 2001:db8::1,',
    );
    expect((await token('no address')).errcode).toBe(40164);
    expect((await stable()).errmsg).toContain('invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1');
    const { access_token } = await token('10.9.8.7');
    expect(await use(access_token)).toBe(0);
  });

  test('is looked at after the secret', async () => {
    const { stable } = createTestApi({ ipWhitelist: [] });

    expect((await stable({ secret: 'wrong' })).errcode).toBe(40125);
    expect((await stable()).errcode).toBe(40164);
  });

  test('by switch, guards every call, or answers with the other code', async () => {
    const api = createTestApi({
      ipWhitelist: ['127.0.0.1'],
      switches: { whitelistGuards: 'all', whitelistErrcode: 61004 },
    });
    const path = `/cgi-bin/getcallbackip?${await api.tokenQuery()}`;

    expect((await api.get(path)).errcode).toBeUndefined();
    expect((await api.get(path, '8.8.8.8')).errcode).toBe(61004);
  });

  test('can be read and changed, and refuses what is no address', async () => {
    const { get, post, stable } = createTestApi();

    expect(await get('/emulator/whitelist')).toEqual({ ips: null });
    await post('/emulator/whitelist', { ips: ['8.8.8.8', '2001:db8::/32'] }, 'PUT');
    expect((await stable()).errcode).toBe(40164);
    const bad = await post('/emulator/whitelist', { ips: ['8.8.8'] }, 'PUT');
    expect(bad).toEqual({ error: '"8.8.8" is neither an IP address nor a CIDR block' });
    await post('/emulator/whitelist', { ips: null }, 'PUT');
    expect((await stable()).access_token).toBeDefined();
  });
});

describe('addresses', () => {
  test('getcallbackip and get_api_domain_ip', async () => {
    const { get, tokenQuery } = createTestApi();
    const query = await tokenQuery();

    for (const path of ['/cgi-bin/getcallbackip', '/cgi-bin/get_api_domain_ip']) {
      const answer = await get(`${path}?${query}`);
      expect(answer).toEqual({ ip_list: expect.arrayContaining(['127.0.0.1']) });
    }
  });

  test('callback/check', async () => {
    const api = createTestApi({ callbackUrl: () => 'http://192.0.2.7:8800/callback' });
    const check = (body: unknown) => byToken(api, '/cgi-bin/callback/check', body);

    expect(await check({ action: 'all', check_operator: 'DEFAULT' })).toEqual({
      dns: [{ ip: '192.0.2.7', real_operator: 'UNICOM' }],
      ping: [{ ip: '192.0.2.7', from_operator: 'DEFAULT', package_loss: '0%', time: '0.079ms' }],
    });
    expect(Object.keys(await check({ action: 'dns', check_operator: 'CAP' }))).toEqual(['dns']);
    expect((await check({ action: 'trace' })).errcode).toBe(40202);
    expect((await check({ action: 'dns', check_operator: 'ACME' })).errcode).toBe(40203);
    const without = createTestApi();
    const answer = await byToken(without, '/cgi-bin/callback/check', { action: 'all' });
    expect(answer.errcode).toBe(40201);
  });
});

describe('quotas', () => {
  const path = '/cgi-bin/getcallbackip';

  test('quota/get shows what was used, and 45009 comes when nothing remains', async () => {
    const api = createTestApi();
    await api.post('/emulator/quota', { path, dailyLimit: 3 });
    const { access_token } = await api.stable();
    await api.use(access_token);
    await api.use(access_token);

    const quota = await byToken(api, '/cgi-bin/openapi/quota/get', { cgi_path: path });
    expect(quota).toMatchObject({ errcode: 0, quota: { daily_limit: 3, used: 2, remain: 1 } });
    expect(await api.use(access_token)).toBe(0);
    const refused = await api.get(`${path}?access_token=${access_token}`);
    expect(refused.errcode).toBe(45009);
    expect(refused.errmsg).toMatch(/^reach max api daily quota limit rid: /);
  });

  test('a call that is refused for its token uses nothing', async () => {
    const api = createTestApi();
    await api.use('made-up');

    const quota = await byToken(api, '/cgi-bin/openapi/quota/get', { cgi_path: path });
    expect(quota).toMatchObject({ quota: { used: 0 } });
  });

  test('quota/get knows the limits of the minute, and which paths there are', async () => {
    const api = createTestApi();
    const of = (cgi_path: string) => byToken(api, '/cgi-bin/openapi/quota/get', { cgi_path });

    expect(await of('/cgi-bin/stable_token')).toMatchObject({
      quota: { daily_limit: 500_000 },
      rate_limit: { call_count: 10_000, refresh_second: 60 },
    });
    expect((await of('https://api.weixin.qq.com/cgi-bin/token')).errcode).toBe(76003);
    expect((await of('cgi-bin/token')).errcode).toBe(76003);
    expect((await of('/cgi-bin/nothing')).errcode).toBe(76021);
    expect((await of('/sns/userinfo')).errcode).toBe(76022);
  });

  test.each<[string, (api: ReturnType<typeof createTestApi>) => Promise<Answer>]>([
    ['clear_quota', (api) => byToken(api, '/cgi-bin/clear_quota', { appid: account.appid })],
    [
      'clear_quota/v2 with a body',
      ({ post }) =>
        post('/cgi-bin/clear_quota/v2', { appid: account.appid, appsecret: account.secret }),
    ],
    [
      'clear_quota/v2 with a query',
      ({ call }) =>
        call(`/cgi-bin/clear_quota/v2?appid=${account.appid}&appsecret=${account.secret}`, {
          method: 'POST',
        }),
    ],
    ['quota/clear', (api) => byToken(api, '/cgi-bin/openapi/quota/clear', { cgi_path: path })],
  ])('%s starts the day anew', async (_name, clear) => {
    const api = createTestApi();
    await api.post('/emulator/quota', { path, used: 100_000 });
    const { access_token } = await api.stable();
    expect(await api.use(access_token)).toBe(45009);

    expect(await clear(api)).toEqual({ errcode: 0, errmsg: 'ok' });

    expect(await api.use(access_token)).toBe(0);
  });

  test('clearing: ten a month for both versions together', async () => {
    const api = createTestApi();
    const v1 = () => byToken(api, '/cgi-bin/clear_quota', { appid: account.appid });
    const v2 = () =>
      api.post('/cgi-bin/clear_quota/v2', { appid: account.appid, appsecret: account.secret });
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await v1()).errcode).toBe(0);
      expect((await v2()).errcode).toBe(0);
    }

    expect((await v1()).errcode).toBe(48006);
    expect((await v2()).errcode).toBe(48006);
    await api.clock.advance(31 * DAY);
    expect((await v2()).errcode).toBe(0);
  });

  test('clearing checks whose counters it clears', async () => {
    const api = createTestApi();
    const v1 = (body: unknown) => byToken(api, '/cgi-bin/clear_quota', body);
    const v2 = (body: unknown) => api.post('/cgi-bin/clear_quota/v2', body);

    expect((await v1({})).errcode).toBe(41002);
    expect((await v1({ appid: 'wxother' })).errcode).toBe(40013);
    expect((await v2({ appid: account.appid })).errcode).toBe(41004);
    expect((await v2({ appid: account.appid, appsecret: 'wrong' })).errcode).toBe(40125);
    expect(api.api.inspect().quotas.usedThisMonth).toEqual({});
  });
});

describe('rid/get', () => {
  const ridOf = ({ errmsg = '' }: Answer) => errmsg.split('rid: ')[1] ?? '';

  test('tells what a failed call was, without its token or secret', async () => {
    const api = createTestApi({ ipWhitelist: ['127.0.0.1'] });
    const failed = await api.get(`/cgi-bin/token?${api.credentials}`, '9.9.9.9');
    const rid = ridOf(failed);

    const answer = await byToken(api, '/cgi-bin/openapi/rid/get', { rid });

    expect(Number.parseInt(rid, 16)).toBe(api.clock.now() / 1_000);
    expect(answer).toEqual({
      errcode: 0,
      errmsg: 'ok',
      request: {
        invoke_time: api.clock.now() / 1_000,
        cost_in_ms: 0,
        request_url: `/cgi-bin/token?grant_type=client_credential&appid=${account.appid}&secret=***`,
        request_body: '',
        response_body: JSON.stringify(failed),
        client_ip: '9.9.9.9',
      },
    });
  });

  test('knows a rid for seven days, and only its own', async () => {
    const api = createTestApi();
    const rid = ridOf(await api.stable({ secret: 'wrong' }));
    const ask = (id: unknown) => byToken(api, '/cgi-bin/openapi/rid/get', { rid: id });
    await api.clock.advance(7 * DAY);
    const kept = await ask(rid);
    await api.clock.advance(1_000);

    expect(kept).toHaveProperty('request.request_body', expect.stringContaining('"secret":"***"'));
    expect((await ask(rid)).errcode).toBe(76004);
    const [time] = ridOf(await ask('nonsense')).split('-');
    expect((await ask(`${time}-00000000-00000000`)).errcode).toBe(76001);
    expect((await ask('')).errcode).toBe(76002);
    expect((await ask(17)).errcode).toBe(76002);
  });
});
