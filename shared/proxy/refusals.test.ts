import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import {
  openProxyFixture,
  type Sent,
  secretOf,
} from '../../scripts/testing/proxy/proxy-fixture.ts';
import { endpoints } from '../wechat/catalogue/endpoints.ts';

const get: Sent = { path: '/v1/cgi-bin/menu/get' };
const create: Sent = {
  method: 'POST',
  path: '/v1/cgi-bin/menu/create',
  body: JSON.stringify({ button: [{ type: 'click', name: '今日歌曲', key: 'SONG' }] }),
};

async function open() {
  const proxy = openProxyFixture();
  await proxy.add('crm');
  return proxy;
}

/** Refused, and WeChat has heard nothing of it. */
async function expectRefused(
  proxy: Awaited<ReturnType<typeof open>>,
  asked: Promise<{ readonly status: number; readonly json: { error?: Record<string, unknown> } }>,
  status: number,
  reason?: string,
) {
  const before = proxy.seen.length;
  const answer = await asked;
  expect({ status: answer.status, error: answer.json.error }).toMatchObject({
    status,
    error: reason === undefined ? {} : { details: { reason } },
  });
  expect(proxy.seen.length).toBe(before);
  return answer;
}

describe('who asks', () => {
  test('a signed request passes', async () => {
    const proxy = await open();

    expect((await proxy.asClient('crm', create)).json).toMatchObject({ errcode: 0 });
  });

  test.each<[string, (sent: Sent) => Sent]>([
    ['no proof', (sent) => ({ ...sent, headers: {} })],
    ['another body', (sent) => ({ ...sent, body: '{"button":[]}' })],
    ['one byte more', (sent) => ({ ...sent, body: `${String(sent.body)} ` })],
    ['another path', (sent) => ({ ...sent, path: '/v1/cgi-bin/menu/addconditional' })],
    ['another method', (sent) => ({ ...sent, method: 'GET', body: '' })],
    ['a parameter more', (sent) => ({ ...sent, query: { a: '1' } })],
    [
      'a lower version of the proof',
      (sent) => withProof(sent, (proof) => proof.replace('v2', 'v0')),
    ],
    ['another client', (sent) => withProof(sent, (proof) => proof.replace('crm', 'erp'))],
    [
      'another time',
      (sent) => withProof(sent, (proof) => proof.replace(/ (\d{10}) /, ' 1767240001 ')),
    ],
    ['another nonce', (sent) => withProof(sent, (proof) => proof.replace(/(\d{10} )\w/, '$1z'))],
    ['half a signature', (sent) => withProof(sent, (proof) => proof.slice(0, -32))],
    ['a proof in capitals', (sent) => withProof(sent, (proof) => proof.toUpperCase())],
    ['two proofs in one header', (sent) => withProof(sent, (proof) => `${proof}, ${proof}`)],
    ['words behind it', (sent) => withProof(sent, (proof) => `${proof} admin`)],
  ])('%s: 401, and nothing says what was wrong', async (_, change) => {
    const proxy = await open();
    const unknown = await proxy.ask(proxy.signed('nobody', create, { secret: secretOf('crm') }));

    const answer = await expectRefused(proxy, proxy.ask(change(proxy.signed('crm', create))), 401);

    expect(answer.json).toEqual(unknown.json);
    expect(unknown.json.error).toMatchObject({
      code: 'unauthorized',
      details: { reason: 'unsigned' },
    });
  });

  test('a wrong secret is answered as an unknown client is, with as many calls to the store', async () => {
    const counts: string[] = [];
    const proxy = openProxyFixture({
      store: (inner) => ({
        ...inner,
        query: (...args) => {
          counts.push('query');
          return inner.query(...args);
        },
      }),
    });
    await proxy.add('crm');
    const callsFor = async (sent: Sent) => {
      await proxy.clock.advance(2_000);
      counts.length = 0;
      await proxy.ask(sent);
      return counts.length;
    };
    await proxy.asClient('crm', get);

    const wrong = await callsFor(proxy.signed('crm', get, { secret: secretOf('other') }));
    const unknown = await callsFor(proxy.signed('nobody', get));

    expect([wrong, unknown]).toEqual([1, 1]);
  });

  test('a nonce is good once, on every instance', async () => {
    const proxy = await open();
    const sent = proxy.signed('crm', get);
    expect((await proxy.ask(sent)).status).toBe(200);

    await expectRefused(proxy, proxy.ask(sent), 401, 'replayed');
    await expectRefused(proxy, proxy.ask(sent, { main: proxy.instance() }), 401, 'replayed');
  });

  test('of instances that get the same request at once, one takes it', async () => {
    const proxy = await open();
    const sent = proxy.signed('crm', get);
    const instances = Array.from({ length: 8 }, () => proxy.instance());

    const answers = await Promise.all(instances.map((main) => proxy.ask(sent, { main })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)]);
  });

  test('the time may be 300 s off, and no more; a nonce is kept for longer than that', async () => {
    const proxy = await open();
    const now = proxy.clock.now();
    const at = (seconds: number) => proxy.signed('crm', get, { now: now + seconds * 1_000 });

    for (const seconds of [-300, -1, 300]) expect((await proxy.ask(at(seconds))).status).toBe(200);
    for (const seconds of [-301, 301, -86_400]) {
      const answer = await expectRefused(proxy, proxy.ask(at(seconds)), 401, 'stale');
      expect(answer.json.error?.message).toMatch(
        /^The timestamp is \d+ s (behind|ahead of) the time here, \S+; 300 s are allowed\.$/,
      );
      expect(answer.json.error?.message).toContain(new Date(now).toISOString());
    }
    const ahead = proxy.signed('crm', get, { now: now + 300_000 });
    await proxy.ask(ahead);
    await proxy.clock.advance(599_000);
    await expectRefused(proxy, proxy.ask(ahead), 401, 'replayed');
  });

  test('without the store nothing passes, since nobody could tell a replay', async () => {
    let isDown = false;
    const proxy = openProxyFixture({
      store: (inner) => ({
        ...inner,
        create: (...args) => (isDown ? Promise.reject(new Error('down')) : inner.create(...args)),
      }),
    });
    await proxy.add('crm');
    expect((await proxy.asClient('crm', get)).status).toBe(200);
    isDown = true;

    const answer = await proxy.asClient('crm', get);

    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(proxy.seen).toHaveLength(1);
  });

  test('disabled, expired, rotated', async () => {
    const proxy = await open();
    await proxy.add('old', { expiresAt: proxy.clock.now() + 60_000 });
    expect((await proxy.asClient('old', get)).status).toBe(200);

    await proxy.management.disable('crm');
    await proxy.clock.advance(60_000);

    await expectRefused(proxy, proxy.asClient('crm', get), 403, 'disabled');
    await expectRefused(proxy, proxy.asClient('old', get), 403, 'expired');
    await proxy.management.change({ id: 'crm', enabled: true });
    await proxy.management.rotate({ id: 'crm', secret: secretOf('new'), graceSeconds: 60 });
    await proxy.clock.advance(11_000);
    const asNew = () => proxy.ask(proxy.signed('crm', get, { secret: secretOf('new') }));
    expect([(await asNew()).status, (await proxy.asClient('crm', get)).status]).toEqual([200, 200]);
    await proxy.clock.advance(60_000);
    expect([(await asNew()).status, (await proxy.asClient('crm', get)).status]).toEqual([200, 401]);
  });

  test('a client that was added a moment ago is known to instances that run', async () => {
    const proxy = await open();
    await proxy.asClient('crm', get);
    await proxy.clock.advance(1_500);
    await proxy.add('fresh');

    expect((await proxy.asClient('fresh', get)).status).toBe(200);
  });

  test('a static key is a door of its own, closed unless the operator opened it', async () => {
    const proxy = await open();
    await proxy.add('sdk', { staticKey: true, allow: ['menu.*', 'token:read'] });
    const key = (id: string) =>
      `fwh.${id}.${createHmac('sha256', secretOf(id)).update('fuwuhao v1 static key').digest('hex')}`;
    const by = (access_token: string, sent: Sent = get) =>
      proxy.ask({ ...sent, query: { access_token } });

    expect((await by(key('sdk'))).status).toBe(200);
    expect(proxy.seen.at(-1)?.url).not.toContain('fwh.');

    await expectRefused(proxy, by(key('crm')), 401, 'unsigned');
    await expectRefused(
      proxy,
      by(`${key('sdk').slice(0, -1)}0`.replace(/0$/, 'g')),
      401,
      'unsigned',
    );
    await expectRefused(proxy, by(key('sdk').replace('sdk', 'crm')), 401, 'unsigned');
    await expectRefused(proxy, by(key('sdk'), { path: '/v1/token' }), 403, 'not_allowed');
    const inClear = { ...get, headers: { 'x-forwarded-proto': 'http' } };
    await expectRefused(proxy, by(key('sdk'), inClear), 401, 'unsigned');
  });
});

describe('what may be called', () => {
  test('a body that is not UTF-8 reaches no follower', async () => {
    const proxy = await open();
    const gbk = Buffer.from('{"button":[{"name":"\xb2\xcb\xb5\xa5"}]}', 'latin1');

    const answer = await expectRefused(
      proxy,
      proxy.asClient('crm', { ...create, body: gbk }),
      400,
      'malformed',
    );
    expect(answer.json.error).toMatchObject({ message: expect.stringContaining('UTF-8') });
  });

  test.each<[string, readonly string[], readonly string[], Sent, number, string | undefined]>([
    ['an area', ['menu.*'], [], get, 200, undefined],
    ['an operation', ['menu.get'], [], get, 200, undefined],
    ['another operation', ['menu.create'], [], get, 403, 'not_allowed'],
    ['reading', ['*:read'], [], get, 200, undefined],
    ['reading, not writing', ['*:read'], [], create, 403, 'not_allowed'],
    ['reading in an area', ['menu.read'], [], get, 200, undefined],
    ['reading in an area, not writing', ['menu.read'], [], create, 403, 'not_allowed'],
    ['what is denied', ['*'], ['menu.create'], create, 403, 'not_allowed'],
    ['all but what is denied', ['*'], ['*:write'], get, 200, undefined],
    ['nothing', [], [], get, 403, 'not_allowed'],
    ['the token by no wildcard', ['*', '*:read'], [], { path: '/v1/token' }, 403, 'not_allowed'],
    ['the token by its name', ['token:read'], [], { path: '/v1/token' }, 200, undefined],
    ['an unknown path', ['*'], [], { path: '/v1/cgi-bin/new/thing' }, 403, 'unknown_path'],
    ['another method', ['*'], [], { ...get, method: 'POST', body: '{}' }, 405, 'method'],
    ['DELETE', ['*'], [], { ...get, method: 'DELETE' }, 405, 'method'],
    ['the classic token', ['*'], [], { path: '/v1/cgi-bin/token' }, 403, 'not_allowed'],
    ['the ticket', ['*'], [], { path: '/v1/cgi-bin/ticket/getticket' }, 403, 'not_allowed'],
  ])('%s', async (_, allow, deny, sent, status, reason) => {
    const proxy = openProxyFixture();
    await proxy.add('crm', { allow: [...allow], deny: [...deny] });

    const answer = await proxy.asClient('crm', sent);

    expect({ status: answer.status, reason: reasonOf(answer) }).toEqual({ status, reason });
    if (status !== 200) expect(proxy.seen).toEqual([]);
  });

  test('nothing is asked with the AppSecret but the login of a follower', async () => {
    const proxy = await open();
    const withSecret = endpoints.filter(({ endpoint }) => endpoint.auth === 'secret');

    for (const { name, endpoint } of withSecret) {
      const { method, path, body } = endpoint;
      const sent = { method, path: `/v1${path}`, ...(body === 'json' ? { body: '{}' } : {}) };
      const { status } = await proxy.asClient('crm', sent);
      expect([name, status]).toEqual([name, name === 'oauth.getAccessToken' ? 200 : 403]);
    }
    expect(withSecret.length).toBeGreaterThan(3);
  });

  test('a retired endpoint is refused with what took its place', async () => {
    const proxy = await open();
    const asked = proxy.asClient('crm', { ...create, path: '/v1/cgi-bin/material/add_news' });

    const answer = await expectRefused(proxy, asked, 410, 'retired');

    expect(answer.json.error).toMatchObject({
      message: expect.stringContaining('Use draft.add.'),
      details: { replacedBy: ['draft.add'] },
    });
  });

  test('raw opens the paths that the catalogue does not have, and no others', async () => {
    const proxy = openProxyFixture();
    await proxy.add('raw', { allow: [], raw: true });
    proxy.instead.push(async () => Response.json({ errcode: 0, fresh: true }));

    const answer = await proxy.asClient('raw', {
      path: '/v1/cgi-bin/new/thing',
      query: { a: '文' },
    });

    expect(answer.json).toEqual({ errcode: 0, fresh: true });
    expect(proxy.seen[0]?.url).toMatch(
      /^https:\/\/api\.weixin\.qq\.com\/cgi-bin\/new\/thing\?a=%E6%96%87&/,
    );
    const refused = async (sent: Sent) => reasonOf(await proxy.asClient('raw', sent));
    expect(await refused(get)).toBe('not_allowed');
    expect(await refused({ path: '/v1/CGI-BIN/token' })).toBe('unknown_path');
    expect(await refused({ method: 'POST', path: '/v1/cgi-bin/token', body: '{}' })).toBe('method');
    expect(await refused({ path: '/v1/cgi-bin/stable_token' })).toBe('method');
    expect(proxy.seen).toHaveLength(1);
  });
});

describe('paths', () => {
  const tricks = [
    '/v1/cgi-bin/../cgi-bin/menu/get',
    '/v1/cgi-bin/menu/../../sns/userinfo',
    '/v1/cgi-bin/%2e%2e/cgi-bin/menu/get',
    '/v1/cgi-bin/menu%2fget',
    '/v1//cgi-bin/menu/get',
    '/v1/cgi-bin//menu/get',
    '//evil.example/v1/cgi-bin/menu/get',
    'http://evil.example/v1/cgi-bin/menu/get',
    '/v1/http://evil.example/',
    '/v1/@evil.example/cgi-bin/menu/get',
    '/v1/cgi-bin/menu/get/',
    '/v1/cgi-bin/menu/get.',
    '/v1/cgi-bin/menu/get..',
    '/v1/cgi-bin/menu/.get',
    '/v1/./cgi-bin/menu/get',
    '/v1/cgi-bin/menu/get%0d%0aHost:%20evil.example',
    '/v1/cgi-bin/menu/get\r\nHost: evil.example',
    '/v1/cgi-bin/menu/get\n',
    '/v1/cgi-bin/menu/get%00',
    '/v1/cgi-bin/menu/get;a=b',
    '/v1/cgi-bin/menu/get#x',
    '/v1/cgi-bin\\menu\\get',
    '/v1/cgi-bin/menu/gét',
    '/v1/cgi-bin/menu/get ',
    '/v1',
    '/v1/',
    '/',
    '',
    '/v2/cgi-bin/menu/get',
    '/V1/cgi-bin/menu/get',
    '/cgi-bin/menu/get',
    '/x/v1/cgi-bin/menu/get',
    `/v1/${'a'.repeat(5_000)}`,
  ];

  test.each(tricks)('%j is refused before anybody looks who asks', async (path) => {
    const proxy = openProxyFixture();
    await proxy.add('raw', { raw: true });
    const main = proxy.instance();
    const { headers } = proxy.signed('raw', { path });

    const answer = (await main({ httpMethod: 'GET', path, headers, queryString: {} }, {})) as {
      statusCode: number;
      body: string;
    };

    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { details: { reason: 'malformed' } } });
    expect(proxy.seen).toEqual([]);
  });

  test('in capitals it is another path, which nobody knows', async () => {
    const proxy = await open();
    await proxy.add('raw', { raw: true });

    for (const client of ['crm', 'raw']) {
      const asked = proxy.asClient(client, { path: '/v1/cgi-bin/Menu/get' });
      await expectRefused(proxy, asked, 403, 'unknown_path');
    }
  });

  test('whatever the path is, WeChat is called at an address of its own, or not at all', async () => {
    const proxy = openProxyFixture();
    await proxy.add('raw', { raw: true, perSecond: 10_000, burst: 100_000 });
    const piece = fc.constantFrom(
      '/',
      '//',
      '..',
      '.',
      '%2e',
      '@',
      ':',
      '\\',
      '?',
      '#',
      'v1',
      'a',
      'evil.example',
      '\r\n',
      '文',
      'http:',
    );
    const path = fc.oneof(
      anyText(),
      fc.array(piece).map((pieces) => `/v1/${pieces.join('')}`),
    );
    const main = proxy.instance();

    await fc.assert(
      fc.asyncProperty(path, async (given) => {
        proxy.seen.length = 0;
        proxy.instead.splice(0, proxy.instead.length, async () => Response.json({}));
        const { headers } = proxy.signed('raw', { path: given });
        await main({ httpMethod: 'GET', path: given, headers, queryString: {} }, {});
        for (const { url } of proxy.seen) {
          const { origin, pathname } = new URL(url);
          expect(origin).toBe('https://api.weixin.qq.com');
          expect(`/v1${pathname}`).toBe(given);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function withProof(sent: Sent, change: (proof: string) => string): Sent {
  const proof = sent.headers?.['x-fuwuhao-auth'] ?? '';
  return { ...sent, headers: { ...sent.headers, 'x-fuwuhao-auth': change(proof) } };
}

function reasonOf({ json }: { readonly json: { error?: Record<string, unknown> } }): unknown {
  return Object(json.error?.details).reason;
}
