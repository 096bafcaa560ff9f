import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  openProxyFixture,
  type ProxyFixture,
  secretOf,
} from '../../scripts/testing/proxy/proxy-fixture.ts';
import { connect, ProxyError, type SendOptions } from '../proxy-sdk/index.ts';

async function open(terms: Parameters<ProxyFixture['add']>[1] = {}) {
  const proxy = openProxyFixture();
  await proxy.add('crm', { allow: ['*', 'token:read', 'jsapi:sign'], ...terms });
  const instances = [proxy.instance(), proxy.instance()];
  const over = (options: Partial<SendOptions> = {}) =>
    connect({
      urls: ['http://p0'],
      client: 'crm',
      secret: secretOf('crm'),
      fetch: proxy.fetchOver(instances),
      now: proxy.clock.now,
      ...options,
    });
  return { proxy, instances, over, api: over() };
}

const jpeg = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 0xff, 0xd9,
]);

describe('calls by name', () => {
  test('typed, signed and answered, with every kind of parameter', async () => {
    const { proxy, api } = await open();
    const button = [{ type: 'click', name: '今日歌曲', key: 'SONG' }] as const;

    await api.call('menu.create', { button });
    const { menu } = await api.call('menu.get');
    const { media_id = '' } = await api.call('media.upload', {
      type: 'image',
      media: { fileName: '图 (1).jpg', contentType: 'image/jpeg', data: jpeg },
    });
    const file = await api.call('media.get', { media_id });

    expect(menu.button[0]?.name).toBe('今日歌曲');
    if (!('bytes' in file)) throw new Error('It is no file.');
    expect(file).toMatchObject({
      contentType: 'image/jpeg',
      fileName: expect.any(String),
      length: jpeg.length,
    });
    expect(await file.bytes()).toEqual(jpeg);
    for await (const chunk of file.stream) expect(chunk).toEqual(jpeg);
    const form = proxy.seen
      .find(({ url }) => url.includes('media/upload'))
      ?.body.toString('latin1');
    expect(form).toContain('filename="___1_.jpg"');
  });

  test('a picture goes along, or its address does without a body', async () => {
    const { proxy, api } = await open();
    const data = Buffer.from('GIF89a\xc8\x00\x64\x00', 'latin1');
    const img = { fileName: 'a.gif', contentType: 'image/gif', data };

    const byFile = await api.call('picture.readCodes', { img });
    const byUrl = await api.call('picture.readCodes', { img_url: 'https://example.com/a.gif' });

    expect(byFile).toMatchObject({ code_results: [], img_size: { w: 200, h: 100 } });
    expect(byUrl).toMatchObject({ code_results: [] });
    expect(proxy.seen.at(-1)?.body.length).toBe(0);
  });

  test('an errcode, a refusal and a wrong secret are errors that say so', async () => {
    const { api, over } = await open({ allow: ['menu.*'] });

    await expect(api.call('menu.get')).rejects.toMatchObject({
      name: 'ProxyError',
      code: 'wechat',
      errcode: 46003,
      rid: expect.any(String),
    });
    await expect(api.call('draft.count')).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
      details: { reason: 'not_allowed', endpoint: 'draft.count' },
    });
    const stranger = over({ secret: secretOf('other') });
    await expect(stranger.call('menu.get')).rejects.toMatchObject({
      code: 'unauthorized',
      status: 401,
    });
  });

  test('a path by itself, for those who may', async () => {
    const { proxy, api } = await open({ raw: true });
    proxy.instead.push(async () => Response.json({ errcode: 0, n: 1 }));

    const answer = await api.request<{ n: number }>('POST', '/cgi-bin/new/thing', {
      json: { a: '文' },
      query: { b: "it's" },
    });

    expect(answer.n).toBe(1);
    expect(proxy.seen[0]?.body.toString()).toBe('{"a":"文"}');
  });
});

describe('what can only fail', () => {
  test.each<[string, Partial<SendOptions>, RegExp]>([
    ['an empty secret', { secret: '' }, /^secret is empty: .*proxy-client add/],
    ['a secret with its line end', { secret: `${secretOf('crm')}\n` }, /^secret has 44 characters/],
    ['no client', { client: '' }, /^client is empty/],
    ['a client that cannot be', { client: 'CRM' }, /^client must be 2 to 32/],
    ['no address', { urls: [] }, /^urls is empty/],
    ['an empty address', { urls: ['http://p0', ''] }, /^urls\[1\] is empty/],
    ['no URL', { urls: ['p0.example.com'] }, /^urls\[0\] is no URL: it needs https/],
    ['another protocol', { urls: ['ftp://p0'] }, /^urls\[0\] must begin with https/],
    ['a version', { urls: ['http://p0/v1/'] }, /^urls\[0\] must end before \/v1/],
    ['a query', { urls: ['http://p0?a=b'] }, /^urls\[0\] must have no query/],
    ['a password', { urls: ['http://user:hunter2@p0'] }, /^urls\[0\] must have no user name/],
  ])('%s is refused at once, and nothing is asked', async (_, options, words) => {
    const { over, proxy } = await open();

    const failure = errorOf(() => over(options));

    expect(failure).toMatchObject({ code: 'invalid', status: 0 });
    expect(failure.message).toMatch(words);
    expect(failure.message).not.toContain('hunter2');
    expect(failure.message).not.toContain(secretOf('crm'));
    expect(proxy.seen).toEqual([]);
  });

  test.each([
    ['menu.make', /no endpoint "menu.make"\. Of menu there are menu\.create, .*request\(/],
    ['shop.open', /no endpoint "shop.open"\. There are the areas .*menu, /],
    ['__proto__', /no endpoint "__proto__"\. There are the areas/],
  ])('the endpoint %s, which the catalogue does not have', async (name, words) => {
    const { api } = await open();

    await expect(api.call(name as 'menu.get')).rejects.toMatchObject({
      name: 'ProxyError',
      code: 'invalid',
      message: expect.stringMatching(words),
    });
  });

  test('an address at which something else answers, or nothing', async () => {
    const { over } = await open();
    const other: typeof fetch = async () => new Response('<h1>Not Found</h1>', { status: 404 });
    const cause = Object.assign(new Error(), { code: 'ENOTFOUND' });
    const nothing: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));

    await expect(over({ fetch: other }).call('menu.get')).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('the URL is not that of api-proxy'),
      details: { isAuthentic: false },
    });
    await expect(over({ fetch: nothing, tries: 1 }).call('menu.get')).rejects.toMatchObject({
      code: 'network',
      message: 'No proxy could be reached (ENOTFOUND): check the URLs and the network.',
    });
  });
});

describe('one proxy down', () => {
  test('the next one is asked, and stays the first', async () => {
    const { proxy, over, instances } = await open();
    const asked: string[] = [];
    const inner = proxy.fetchOver([instances[0] as never]);
    const api = over({
      urls: ['http://p7', 'http://p0/'],
      fetch: (input, init) => {
        asked.push(new URL(String(input)).host);
        return inner(input, init);
      },
    });

    await api.call('network.listApiIps');
    await api.call('network.listApiIps');

    expect(asked).toEqual(['p7', 'p0', 'p0']);
    await expect(
      over({ urls: ['http://p7', 'http://p8'], tries: 2 }).call('menu.get'),
    ).rejects.toMatchObject({
      code: 'network',
      status: 0,
    });
  });

  test('a send whose answer was lost is repeated, and made once', async () => {
    const { proxy, over, instances } = await open();
    proxy.wechat.followers.note({ openid: 'oAnn', type: 'text', Content: 'hi' });
    const inner = proxy.fetchOver(instances);
    let isLost = true;
    const api = over({
      urls: ['http://p0', 'http://p1'],
      fetch: async (input, init) => {
        const response = await inner(input, init);
        if (!isLost) return response;
        isLost = false;
        throw new TypeError('fetch failed');
      },
    });

    await api.call('customerService.send', {
      touser: 'oAnn',
      msgtype: 'text',
      text: { content: 'hi' },
    });

    expect(proxy.wechat.sentTo('oAnn')).toHaveLength(1);
  });

  test('what the caller did wrong is not repeated', async () => {
    const { proxy, over } = await open({ allow: [] });
    let calls = 0;
    const inner = proxy.fetchOver([proxy.instance()]);
    const api = over({
      urls: ['http://p0', 'http://p1'],
      fetch: (input, init) => {
        calls += 1;
        return inner(input, init);
      },
    });

    await expect(api.call('menu.get')).rejects.toBeInstanceOf(ProxyError);
    expect(calls).toBe(1);
  });
});

describe('the token', () => {
  test('comes sealed, and nobody on the way can read it', async () => {
    const { proxy, over } = await open();
    const answers: string[] = [];
    const inner = proxy.fetchOver([proxy.instance()]);
    const api = over({
      fetch: async (input, init) => {
        const response = await inner(input, init);
        answers.push(await response.clone().text());
        return response;
      },
    });

    const token = await api.token();

    expect(proxy.tokens()).toEqual([token]);
    expect(JSON.parse(answers[0] ?? '')).toEqual({
      sealed: expect.stringMatching(/^[\w-]+$/),
      generation: 1,
      expiresAt: expect.any(Number),
    });
    expect([...answers, ...proxy.lines].filter((text) => text.includes(token))).toEqual([]);
    await api.token();
    expect(answers).toHaveLength(1);
  });

  test('opens for the client that asked, by its own request, and for nobody else', async () => {
    const { proxy, over } = await open();
    await proxy.add('erp', { allow: ['token:read'] });
    const main = proxy.instance();
    const recorded = proxy.asClient('crm', { path: '/v1/token' }, { main });
    const older: typeof fetch = async () => new Response((await recorded).text);

    await expect(over({ fetch: older }).token()).rejects.toThrow();
    await expect(
      over({ client: 'erp', secret: secretOf('erp'), fetch: older }).token(),
    ).rejects.toThrow();
  });

  test('is given up when WeChat refuses it, once for all who hold it, and not on a mere word', async () => {
    const { proxy, over } = await open();
    const [one, two] = [over(), over({ urls: ['http://p1'] })];
    const old = await one.token();
    expect(await two.token()).toBe(old);

    // WeChat takes it: nobody's word is enough.
    expect(await one.rejectToken(old)).toBe(old);

    await proxy.tell('tokens/revoke', { kind: 'stable' });
    const fetches = () => proxy.wechat.inspect().statistics.tokenFetches.stable;
    const before = fetches();
    const [first, second] = await Promise.all([one.rejectToken(old), two.rejectToken(old)]);

    expect(first).not.toBe(old);
    expect(second).toBe(first);
    expect(fetches() - before).toBe(1);
    expect(await one.token()).toBe(first);
    expect(await isGood(proxy, first)).toBe(true);
  });

  test('an instance that holds an older one looks for the one that the client has', async () => {
    const { proxy, over } = await open();
    const [one, two] = [over(), over({ urls: ['http://p1'] })];
    await two.token();
    await proxy.tell('tokens/revoke', { kind: 'stable' });
    const newer = await one.rejectToken(await one.token());
    await proxy.tell('tokens/revoke', { kind: 'stable' });

    // The second instance still has the first token in its memory.
    const newest = await over({ urls: ['http://p1'] }).rejectToken(newer);

    expect(await isGood(proxy, newest)).toBe(true);
    expect(await isGood(proxy, newer)).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['no proof', '{}'],
    ['the token itself', '{"token":"x"}'],
    ['half a proof', `{"proof":"${'0'.repeat(32)}"}`],
    ['too much', JSON.stringify({ proof: '0'.repeat(64), more: 'x'.repeat(1_000) })],
  ])('%s is no rejection', async (_, body) => {
    const { proxy } = await open();

    const answer = await proxy.asClient('crm', { method: 'POST', path: '/v1/token/reject', body });

    expect(answer.status).toBe(400);
  });

  test('a proof of anything else changes nothing', async () => {
    const { proxy, api } = await open();
    const token = await api.token();
    await proxy.tell('tokens/revoke', { kind: 'stable' });

    expect(await api.rejectToken('another')).toBe(token);
    const body = JSON.stringify({ proof: '0'.repeat(64) });
    await proxy.asClient('crm', { method: 'POST', path: '/v1/token/reject', body });

    expect(proxy.wechat.inspect().statistics.tokenFetches.stable).toBe(1);
  });
});

describe('page signatures', () => {
  test('are of the page, and hold no ticket', async () => {
    const { proxy, api } = await open();
    const url = 'https://shop.example.com/a?b=文&c=1';

    const signature = await api.jsapiSignature(url);

    const { appId, timestamp, nonceStr } = signature;
    const ticket = await ticketOf(proxy);
    const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`;
    expect(signature).toEqual({
      appId,
      timestamp,
      nonceStr,
      signature: createHash('sha1').update(text).digest('hex'),
    });
    expect(proxy.lines.filter((line) => line.includes(ticket))).toEqual([]);
    await expect(api.jsapiSignature(`${url}#part`)).rejects.toThrow('fragment');
    await expect(api.jsapiSignature('ftp://x')).rejects.toMatchObject({ code: 'invalid' });
  });
});

function errorOf(act: () => unknown): ProxyError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProxyError) return error;
  }
  throw new Error('It did not throw a ProxyError.');
}

async function isGood(proxy: ProxyFixture, token: string): Promise<boolean> {
  const path = `/cgi-bin/getcallbackip?access_token=${token}`;
  const answer = await proxy.wechat.fetch(`https://api.weixin.qq.com${path}`);
  return 'ip_list' in ((await answer.json()) as object);
}

async function ticketOf(proxy: ProxyFixture): Promise<string> {
  const [token = ''] = proxy.tokens();
  const path = `/cgi-bin/ticket/getticket?type=jsapi&access_token=${token}`;
  const answer = await proxy.wechat.fetch(`https://api.weixin.qq.com${path}`);
  return ((await answer.json()) as { ticket: string }).ticket;
}
