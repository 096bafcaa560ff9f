import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { account, createTestApi, HOUR, MINUTE } from '../api-fixture.ts';

const RID = 'rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$';
const HINT =
  'could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r';

describe('/cgi-bin/token', () => {
  test('each call issues a new token; the one before is good for five more minutes', async () => {
    const { classic, use, clock } = createTestApi();
    const first = await classic();
    await clock.advance(HOUR);
    const second = await classic();

    expect(first).toEqual({ access_token: expect.any(String), expires_in: 7_200 });
    expect(second.access_token).not.toBe(first.access_token);
    await clock.advance(5 * MINUTE - 1);
    expect(await use(first.access_token)).toBe(0);
    await clock.advance(1);
    expect(await use(first.access_token)).toBe(40001);
    expect(await use(second.access_token)).toBe(0);
  });

  test('a token ends after two hours, and its overlap does not lengthen that', async () => {
    const { classic, use, clock } = createTestApi();
    const first = await classic();
    await clock.advance(2 * HOUR - MINUTE);
    await classic();

    expect(await use(first.access_token)).toBe(0);
    await clock.advance(MINUTE);
    expect(await use(first.access_token)).toBe(42001);
  });

  const with_ = (change: Record<string, string | undefined>) => {
    const query = new URLSearchParams();
    const fields = { grant_type: 'client_credential', ...account, ...change };
    for (const [name, value] of Object.entries(fields)) if (value) query.set(name, value);
    return `/cgi-bin/token?${query}`;
  };
  test.each<[string, Record<string, string | undefined>, number, string]>([
    ['no appid', { appid: undefined }, 41002, 'appid missing'],
    ['an unknown appid', { appid: 'wxffffffffffffffff' }, 40013, 'invalid appid'],
    [
      'an unknown appid without grant_type',
      { appid: 'wxffffffffffffffff', grant_type: undefined },
      40013,
      'invalid appid',
    ],
    ['no grant_type', { grant_type: undefined }, 40002, 'invalid grant_type'],
    ['another grant_type', { grant_type: 'password' }, 40002, 'invalid grant_type'],
    ['no secret', { secret: undefined }, 41004, 'appsecret missing'],
    ['a wrong secret', { secret: 'f'.repeat(32) }, 40125, 'invalid appsecret'],
  ])('%s', async (_name, change, errcode, text) => {
    const { get, api } = createTestApi();

    expect(await get(with_(change))).toEqual({
      errcode,
      errmsg: expect.stringMatching(new RegExp(`^${text} ${RID}`)),
    });
    expect(api.inspect().tokens.issued.classic).toBe(0);
  });

  test('2000 a day, and the text that advises stable_token; the day begins in Beijing', async () => {
    const { classic, post, clock } = createTestApi();
    await post('/emulator/quota', { path: '/cgi-bin/token', used: 1_999 });

    expect((await classic()).access_token).toBeDefined();
    expect(await classic()).toEqual({
      errcode: 45009,
      errmsg: expect.stringContaining(`reach max api daily quota limit, ${HINT} rid: `),
    });
    await clock.advance(12 * HOUR - 1);
    expect((await classic()).errcode).toBe(45009);
    await clock.advance(1);
    expect((await classic()).errcode).toBeUndefined();
  });

  test('a test account has 200 a day', async () => {
    const { classic, post } = createTestApi({ switches: { testAccount: true } });
    await post('/emulator/quota', { path: '/cgi-bin/token', used: 200 });

    expect((await classic()).errcode).toBe(45009);
  });
});

describe('/cgi-bin/stable_token', () => {
  test('gives the same token with the time it has left', async () => {
    const { stable, clock } = createTestApi();
    const first = await stable();
    await clock.advance(HOUR + 999);

    expect(await stable()).toEqual({ access_token: first.access_token, expires_in: 3_599 });
  });

  test('gives a new one from five minutes before the end, and both work until then', async () => {
    const { stable, use, clock } = createTestApi();
    const first = await stable();
    await clock.advance(2 * HOUR - 5 * MINUTE - 1);
    const last = await stable();
    await clock.advance(1);
    const second = await stable();

    expect(last).toEqual({ access_token: first.access_token, expires_in: 300 });
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.expires_in).toBe(7_200);
    expect(await use(first.access_token)).toBe(0);
    expect(await use(second.access_token)).toBe(0);
    await clock.advance(5 * MINUTE);
    expect(await use(first.access_token)).toBe(42001);
    expect(await use(second.access_token)).toBe(0);
  });

  test('what was issued later than now, by a clock that was moved back, is not given out', async () => {
    const { stable, get, tokenQuery, api } = createTestApi();
    const ticket = async () => get(`/cgi-bin/ticket/getticket?${await tokenQuery()}&type=jsapi`);
    await api.clock.advance(24 * HOUR);
    const later = [await stable({ force_refresh: true }), await ticket()];
    await api.clock.advance(-24 * HOUR);

    const now = [await stable({ force_refresh: true }), await ticket()];

    expect(now.map(({ expires_in }) => expires_in)).toEqual([7_200, 7_200]);
    expect(now[0]?.access_token).not.toBe(later[0]?.access_token);
    expect(now[1]?.ticket).not.toBe(later[1]?.ticket);
  });

  test('forced: the old token dies at once', async () => {
    const { stable, use } = createTestApi();
    const first = await stable();
    const forced = await stable({ force_refresh: true });

    expect(forced.access_token).not.toBe(first.access_token);
    expect(await use(first.access_token)).toBe(40001);
    expect(await use(forced.access_token)).toBe(0);
  });

  test('forced within 30 seconds of the last time: no refresh happens', async () => {
    const { stable, clock } = createTestApi();
    const first = await stable({ force_refresh: true });
    await clock.advance(29_999);
    const second = await stable({ force_refresh: true });
    await clock.advance(1);
    const third = await stable({ force_refresh: true });

    expect(second.access_token).toBe(first.access_token);
    expect(third.access_token).not.toBe(first.access_token);
  });

  test('forced 20 times a day', async () => {
    const { stable, clock } = createTestApi();
    const tokens = new Set<string | undefined>();
    for (let turn = 0; turn < 20; turn += 1) {
      tokens.add((await stable({ force_refresh: true })).access_token);
      await clock.advance(30_000);
    }

    expect(tokens.size).toBe(20);
    expect((await stable({ force_refresh: true })).errcode).toBe(45009);
    expect((await stable()).errcode).toBeUndefined();
    await clock.advance(12 * HOUR);
    expect((await stable({ force_refresh: true })).errcode).toBeUndefined();
  });

  test('by switch, the 21st forced refresh gives the token there is', async () => {
    const { stable, clock } = createTestApi({ switches: { forcedBeyondLimit: 'same' } });
    for (let turn = 0; turn < 20; turn += 1) {
      await stable({ force_refresh: true });
      await clock.advance(30_000);
    }
    const before = await stable();

    expect((await stable({ force_refresh: true })).access_token).toBe(before.access_token);
  });

  test('classic and stable never touch each other', async () => {
    const { classic, stable, use } = createTestApi();
    const oldClassic = await classic();
    const oldStable = await stable();
    await stable({ force_refresh: true });
    await classic();

    expect(await use(oldClassic.access_token)).toBe(0);
    expect(await use(oldStable.access_token)).toBe(40001);
    const { access_token } = await stable();
    await classic();
    expect(await use(access_token)).toBe(0);
  });

  test.each<[string, string | undefined, number]>([
    ['no body', undefined, 44002],
    ['no JSON', 'grant_type=client_credential', 47001],
    ['no object', '[]', 47001],
    ['an empty object', '{}', 41002],
    ['a number as the appid', '{"appid":1}', 41002],
    ['no grant_type', `{"appid":"${account.appid}"}`, 40002],
    ['no secret', `{"appid":"${account.appid}","grant_type":"client_credential"}`, 41004],
  ])('%s', async (_name, body, errcode) => {
    const { call } = createTestApi();

    const answer = await call('/cgi-bin/stable_token', {
      method: 'POST',
      ...(body === undefined ? {} : { body }),
    });

    expect(answer.errcode).toBe(errcode);
  });

  test('so many calls a minute, then 45011 until the next', async () => {
    const { stable, post, clock } = createTestApi();
    await post('/emulator/quota', { path: '/cgi-bin/stable_token', minuteLimit: 2 });
    await stable();
    await stable();

    expect(await stable()).toEqual({
      errcode: 45011,
      errmsg: expect.stringMatching(
        /^api minute-quota reach limit {2}mustslower {2}retry next minute/,
      ),
    });
    await clock.advance(MINUTE);
    expect((await stable()).errcode).toBeUndefined();
  });
});

describe('a token at an endpoint', () => {
  test.each([
    ['/cgi-bin/getcallbackip', 41001, `^access_token missing ${RID}`],
    [
      '/cgi-bin/getcallbackip?access_token=made-up',
      40001,
      `^invalid credential, access_token is invalid or not latest, ${HINT} ${RID}`,
    ],
    ['/cgi-bin/nothing?access_token=made-up', 40066, `^invalid url.* ${RID}`],
    ['/cgi-bin/openapi/quota/get', 43002, `^require POST method ${RID}`],
  ])('GET %s', async (path, errcode, text) => {
    const { get } = createTestApi();

    expect(await get(path)).toEqual({ errcode, errmsg: expect.stringMatching(new RegExp(text)) });
  });

  test('the wrong method', async () => {
    const { post, get } = createTestApi();

    expect((await post('/cgi-bin/token', {})).errcode).toBe(43001);
    expect((await get('/cgi-bin/stable_token')).errcode).toBe(43002);
  });

  test('a retired stable token is refused without the advice to use stable tokens', async () => {
    const { stable, get } = createTestApi();
    const { access_token } = await stable();
    await stable({ force_refresh: true });

    const { errmsg } = await get(`/cgi-bin/getcallbackip?access_token=${access_token}`);

    expect(errmsg).toMatch(
      new RegExp(`^invalid credential, access_token is invalid or not latest ${RID}`),
    );
  });

  test('the token of a life before the reset, or of another secret, is unknown', async () => {
    const { stable, post, use, api } = createTestApi();
    const { access_token } = await stable();
    await post('/emulator/reset', {});
    await stable();

    expect(await use(access_token)).toBe(40001);
    expect(api.inspect().statistics.tokenUses.unknown).toBe(1);
  });

  test('statistics tell good uses from stale ones', async () => {
    const { classic, stable, use, clock, api, post } = createTestApi();
    const old = await classic();
    await classic();
    await use(old.access_token);
    await clock.advance(5 * MINUTE);
    await use(old.access_token);
    const { access_token } = await stable();
    await use(access_token);
    await post('/emulator/tokens/revoke', { kind: 'stable' });
    await use(access_token);
    await clock.advance(3 * HOUR);
    await use(old.access_token);
    await use('');

    const { tokenUses, staleTokenUses, tokenFetches } = api.inspect().statistics;
    expect(tokenUses).toEqual({
      current: 1,
      overlap: 1,
      retired: 1,
      expired: 1,
      revoked: 1,
      unknown: 0,
      missing: 1,
    });
    expect(staleTokenUses).toBe(2);
    expect(tokenFetches).toEqual({ classic: 2, stable: 1 });
  });
});

describe('/cgi-bin/ticket/getticket', () => {
  test('gives everybody the same ticket until five minutes before its end', async () => {
    const { get, tokenQuery, stable, clock } = createTestApi();
    const ticket = async () => get(`/cgi-bin/ticket/getticket?${await tokenQuery()}&type=jsapi`);
    const first = await ticket();
    await stable({ force_refresh: true });
    await clock.advance(HOUR);
    const second = await ticket();
    await clock.advance(HOUR - 5 * MINUTE);
    const third = await ticket();

    expect(first).toEqual({
      errcode: 0,
      errmsg: 'ok',
      ticket: expect.any(String),
      expires_in: 7_200,
    });
    expect(second).toEqual({ ...first, expires_in: 3_600 });
    expect(third.ticket).not.toBe(first.ticket);
  });

  test('needs a token and a known type', async () => {
    const { get, tokenQuery } = createTestApi();

    expect((await get('/cgi-bin/ticket/getticket?type=jsapi')).errcode).toBe(41001);
    expect((await get(`/cgi-bin/ticket/getticket?${await tokenQuery()}`)).errcode).toBe(40097);
  });
});

test('whatever happens in whatever order, a token is good exactly as long as the rules say', async () => {
  const step = fc.oneof(
    fc.constantFrom('classic', 'stable', 'forced'),
    fc.integer({ min: 1, max: 3 * HOUR }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { classic, stable, use, clock } = createTestApi();
      const until = new Map<string, number>();
      let forcedAt = Number.NEGATIVE_INFINITY;
      const classics = new Set<string>();
      let latestClassic = '';
      for (const each of steps) {
        const now = clock.now();
        if (typeof each === 'number') {
          await clock.advance(each);
        } else if (each === 'classic') {
          const { access_token = '' } = await classic();
          const before = until.get(latestClassic) ?? 0;
          until.set(latestClassic, Math.min(before, now + 5 * MINUTE));
          until.set(access_token, now + 2 * HOUR);
          latestClassic = access_token;
          classics.add(access_token);
        } else {
          const kills = each === 'forced' && now - forcedAt >= 30_000;
          const { access_token = '', expires_in = 0 } = await stable({ force_refresh: kills });
          if (kills) {
            forcedAt = now;
            for (const [token, end] of until) {
              if (!classics.has(token)) until.set(token, Math.min(end, now));
            }
          }
          expect(expires_in).toBeGreaterThanOrEqual(300);
          if (!until.has(access_token)) until.set(access_token, now + 2 * HOUR);
        }
        for (const [token, end] of until) {
          if (token) expect([token, (await use(token)) === 0]).toEqual([token, clock.now() < end]);
        }
      }
    }),
    { numRuns: 60 },
  );
});
