import { describe, expect, test } from '@jest/globals';
import { createWechatApi } from '../api.ts';
import { account, createTestApi, HOUR } from '../api-fixture.ts';
import { CLIENT_IP_HEADER } from '../http/call.ts';

describe('faults', () => {
  const path = '/cgi-bin/stable_token';

  test('errcode: so many calls are refused and nothing happens', async () => {
    const { post, stable, api } = createTestApi();
    await post('/emulator/faults', { path, times: 2, errcode: 50004 });

    expect((await stable()).errmsg).toMatch(/^user not allow to use accesstoken, .* rid: /);
    expect((await stable()).errcode).toBe(50004);
    expect(api.inspect().tokens.generation).toBe(0);
    expect((await stable()).access_token).toBeDefined();
  });

  test('of several faults the oldest for the path comes first, and others wait', async () => {
    const { post, stable, classic } = createTestApi();
    await post('/emulator/faults', { path: '/cgi-bin/token', errcode: -1 });
    await post('/emulator/faults', { path, errcode: 40243 });
    await post('/emulator/faults', { path: '*', errcode: 50007, errmsg: 'frozen' });

    expect((await stable()).errcode).toBe(40243);
    expect((await stable()).errmsg).toMatch(/^frozen rid: /);
    expect((await classic()).errcode).toBe(-1);
    expect((await classic()).access_token).toBeDefined();
  });

  test('status: an HTTP error of a gateway', async () => {
    const { post, api } = createTestApi();
    await post('/emulator/faults', { path, status: 502, body: '<html>Bad Gateway</html>' });

    const response = await api.fetch(`https://api.weixin.qq.com${path}`, { method: 'POST' });

    expect(response.status).toBe(502);
    expect(await response.text()).toBe('<html>Bad Gateway</html>');
  });

  test('reset before and after: no answer, and the token is or is not issued', async () => {
    const { post, stable, api } = createTestApi();
    await post('/emulator/faults', { path, reset: 'before' });
    await post('/emulator/faults', { path, reset: 'after' });

    await expect(stable()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(api.inspect().tokens.generation).toBe(0);
    await expect(stable()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(api.inspect().tokens.generation).toBe(1);
  });

  test('slow: carried out at once, answered later', async () => {
    const { post, stable, api, clock } = createTestApi();
    await post('/emulator/faults', { path, slowMs: 3_000 });
    let isAnswered = false;
    const answering = stable().then((answer) => {
      isAnswered = true;
      return answer;
    });

    await clock.advance(2_999);
    expect(isAnswered).toBe(false);
    expect(api.inspect().tokens.generation).toBe(1);
    await clock.advance(1);
    expect((await answering).access_token).toBeDefined();
  });

  test('slow: a caller may give up', async () => {
    const { post, call, clock } = createTestApi();
    await post('/emulator/faults', { path: '*', slowMs: 3_000 });
    const abort = new AbortController();
    const calling = call('/cgi-bin/getcallbackip', { signal: abort.signal });
    await clock.advance(1);

    abort.abort(new Error('enough'));

    await expect(calling).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
  });

  test('malformed: good data that JSON.parse does not take', async () => {
    const { post, api, credentials } = createTestApi();
    await post('/emulator/faults', { path: '/cgi-bin/token', malformed: 'control-characters' });
    await post('/emulator/faults', { path: '/cgi-bin/token', malformed: 'truncated' });
    const text = async () =>
      (await api.fetch(`https://api.weixin.qq.com/cgi-bin/token?${credentials}`)).text();
    const [controls, truncated] = [await text(), await text()];

    expect(() => JSON.parse(controls)).toThrow();
    expect(JSON.parse([...controls].filter((char) => char >= ' ').join(''))).toMatchObject({
      expires_in: 7_200,
    });
    expect(() => JSON.parse(truncated)).toThrow();
  });

  test('can be listed and taken back', async () => {
    const { post, call, stable } = createTestApi();
    await post('/emulator/faults', { path, errcode: -1 });
    await post('/emulator/faults', { path: '*', errcode: 45009 });

    expect(await call('/emulator/faults?id=2', { method: 'DELETE' })).toEqual([
      { id: 1, path, times: 1, errcode: -1 },
    ]);
    await call('/emulator/faults', { method: 'DELETE' });
    expect((await stable()).errcode).toBeUndefined();
  });
});

describe('tokens', () => {
  test.each([40001, 40014, 42001] as const)('revoked with %i', async (errcode) => {
    const { post, stable, use } = createTestApi();
    const { access_token } = await stable();
    await post('/emulator/tokens/revoke', { errcode });

    expect(await use(access_token)).toBe(errcode);
    const fresh = await stable();
    expect(fresh.access_token).not.toBe(access_token);
    expect(await use(fresh.access_token)).toBe(0);
  });

  test('revoked and still handed out, until a refresh is forced', async () => {
    const { post, stable, use } = createTestApi();
    const { access_token } = await stable();
    await post('/emulator/tokens/revoke', { kind: 'stable', stillHandedOut: true });

    expect((await stable()).access_token).toBe(access_token);
    expect(await use(access_token)).toBe(40001);
    const forced = await stable({ force_refresh: true });
    expect(await use(forced.access_token)).toBe(0);
  });

  test('expired before their time, one kind only', async () => {
    const { post, stable, classic, use } = createTestApi();
    const [first, second] = [await stable(), await classic()];
    await post('/emulator/tokens/expire', { kind: 'classic' });

    expect(await use(first.access_token)).toBe(0);
    expect(await use(second.access_token)).toBe(42001);
  });
});

describe('what can be seen', () => {
  test('the state, with tokens masked unless asked for', async () => {
    const { stable, call, clock } = createTestApi();
    const { access_token } = await stable();
    const masked = await call('/emulator/state');
    const revealed = await call('/emulator/state?reveal=1');

    expect(JSON.stringify(masked)).not.toContain(access_token);
    expect(masked).toMatchObject({
      now: clock.now(),
      tokens: {
        generation: 1,
        issued: { classic: 0, stable: 1 },
        list: [{ kind: 'stable', status: 'current', expiresAt: clock.now() + 2 * HOUR }],
      },
      statistics: { tokenFetches: { stable: 1 }, staleTokenUses: 0 },
    });
    expect(revealed).toHaveProperty('tokens.list.0.token', access_token);
    expect(JSON.stringify([masked, revealed])).not.toContain(account.secret);
  });

  test('every call, without tokens and secrets', async () => {
    const { stable, classic, use, call, get } = createTestApi();
    const { access_token } = await stable();
    await use(access_token);
    await classic();
    await get('/cgi-bin/nothing');

    const calls = await call('/emulator/calls');

    expect(calls).toMatchObject([
      {
        id: 1,
        method: 'POST',
        path: '/cgi-bin/stable_token',
        endpoint: 'token.getStable',
        body: expect.stringContaining('"secret":"***"'),
        status: 200,
        errcode: 0,
        answer: '{"access_token":"***","expires_in":7200}',
        rid: null,
      },
      {
        endpoint: 'network.listCallbackIps',
        query: { access_token: '***' },
        clientIp: '127.0.0.1',
      },
      { endpoint: 'token.get', query: { appid: account.appid, secret: '***' } },
      { endpoint: null, errcode: 40066, rid: expect.stringMatching(/^[0-9a-f-]{26}$/) },
    ]);
    expect(JSON.stringify(calls)).not.toMatch(new RegExp(`${account.secret}|${access_token}`));
    expect(await call('/emulator/calls?path=/cgi-bin/token')).toHaveLength(1);
  });

  test('counts by endpoint', async () => {
    const { stable, api } = createTestApi();
    await stable();
    await stable({ secret: 'wrong' });

    expect(api.inspect().statistics.endpoints['token.getStable']).toEqual({
      calls: 2,
      succeeded: 1,
      refused: { 40125: 1 },
    });
  });
});

describe('the clock', () => {
  test('can be moved and set', async () => {
    const { post, stable, use, api } = createTestApi();
    const { access_token } = await stable();
    await post('/emulator/clock', { advanceMs: 2 * HOUR });
    expect(await use(access_token)).toBe(42001);

    await post('/emulator/clock', { now: 1_800_000_000_000 });

    expect(api.clock.now()).toBe(1_800_000_000_000);
  });
});

test.each([
  ['/emulator/faults', { path: '/x' }, 'name what shall go wrong'],
  ['/emulator/faults', { path: '/x', errcodes: 1 }, 'errcodes'],
  ['/emulator/tokens/revoke', { errcode: 1 }, 'errcode'],
  ['/emulator/clock', {}, 'Invalid'],
  ['/emulator/quota', { path: '/cgi-bin/nothing', used: 1 }, 'No endpoint'],
  ['/emulator/nothing', {}, 'no such control'],
])('%s refuses %j', async (path, body, reason) => {
  const { post } = createTestApi();

  expect(await post(path, body)).toEqual({ error: expect.stringContaining(reason) });
});

describe('over HTTP', () => {
  test('the same API, with real addresses and real resets', async () => {
    const startedAt = Date.now();
    const api = createWechatApi({
      account,
      now: () => startedAt,
      ipWhitelist: ['127.0.0.1'],
    });
    const { url, close } = await api.listen(0);
    try {
      const token = (init: RequestInit = {}) =>
        fetch(`${url}/cgi-bin/stable_token`, {
          method: 'POST',
          body: JSON.stringify({ grant_type: 'client_credential', ...account }),
          ...init,
        });
      const good = await token();
      expect(good.headers.get('content-type')).toBe('application/json; encoding=utf-8');
      expect(await good.json()).toMatchObject({ expires_in: 7_200 });
      const foreign = await token({ headers: { [CLIENT_IP_HEADER]: '8.8.8.8' } });
      expect(await foreign.json()).toMatchObject({ errcode: 40164 });

      const fault = { path: '/cgi-bin/stable_token', reset: 'after' };
      await fetch(`${url}/emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
      await expect(token()).rejects.toThrow('fetch failed');
      expect(api.inspect().statistics.tokenFetches.stable).toBe(2);
    } finally {
      await close();
    }
  });

  test('a taken port is an error', async () => {
    const api = createWechatApi({ account, now: Date.now });
    const { url, close } = await api.listen(0);
    try {
      await expect(api.listen(Number(new URL(url).port))).rejects.toThrow('EADDRINUSE');
    } finally {
      await close();
    }
  });
});
