import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../shared/kernel/config.ts';
import { connect } from '../../shared/proxy-sdk/index.ts';
import { openProxyFixture, type Sent, secretOf } from '../testing/proxy/proxy-fixture.ts';
import { createTally } from './tally.ts';

const tally = createTally('headers and answers of the proxy');

const send: Sent = {
  method: 'POST',
  path: '/v1/cgi-bin/message/custom/send',
  body: JSON.stringify({ touser: 'oAnn', msgtype: 'text', text: { content: 'hi' } }),
  headers: { 'idempotency-key': 'order-4711', 'content-type': 'application/json' },
};

type Headers = Readonly<Record<string, string>>;
const without = (headers: Headers, name: string): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));

/** What a gateway, or whoever reads and changes what passes, can do to the headers of a request. */
const changes: readonly (readonly [string, (headers: Headers) => Headers])[] = [
  ['the key taken away', (headers) => without(headers, 'idempotency-key')],
  ['another key', (headers) => ({ ...headers, 'idempotency-key': 'order-4712' })],
  ['an empty key', (headers) => ({ ...headers, 'idempotency-key': '' })],
  ['the content type taken away', (headers) => without(headers, 'content-type')],
  ['a form', (headers) => ({ ...headers, 'content-type': 'multipart/form-data; boundary=x' })],
  ['a parameter more', (headers) => ({ ...headers, 'content-type': 'application/json; a=b' })],
  [
    'key and type exchanged',
    (headers) => ({
      ...headers,
      'idempotency-key': 'application/json',
      'content-type': 'order-4711',
    }),
  ],
  [
    'the proof called one of the first scheme',
    (headers) => ({
      ...headers,
      'x-fuwuhao-auth': (headers['x-fuwuhao-auth'] ?? '').replace('v2', 'v1'),
    }),
  ],
];

describe('a request whose headers were changed on the way', () => {
  test('is refused, and WeChat hears nothing of it', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm');
    const breaches: string[] = [];
    for (const [what, change] of changes) {
      const { headers = {}, ...sent } = proxy.signed('crm', send);
      const { status } = await proxy.ask({ ...sent, headers: change(headers) });
      if (status !== 401) breaches.push(`${what}: ${status}`);
    }
    const bare = proxy.signed('crm', { ...send, headers: {} });
    const inserted = { ...bare, headers: { ...bare.headers, 'idempotency-key': 'order-4711' } };
    const { status } = await proxy.ask(inserted);
    if (status !== 401) breaches.push(`a key put in: ${status}`);

    tally.refused(changes.length + 1, breaches);
    expect(proxy.seen).toEqual([]);
  });

  test('by the first scheme it still passes, and the log names the client', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm');

    const byV1 = () =>
      proxy.ask(proxy.signed('crm', { path: '/v1/cgi-bin/getcallbackip' }, { scheme: 'v1' }));

    const answer = await byV1();
    await byV1();
    await proxy.asClient('crm', { path: '/v1/cgi-bin/getcallbackip' });

    expect(answer.status).toBe(200);
    const warnings = proxy.lines.filter((line) => line.includes('"signing scheme ends"'));
    expect(warnings).toEqual([expect.stringMatching(/"client":"crm".*until 2027-06-30/)]);
    expect(proxy.lines.find((line) => line.includes('"proxy call"'))).toContain(
      '"details":{"scheme":"v1"}',
    );
  });
});

describe('the first scheme after its end', () => {
  const request = { path: '/v1/cgi-bin/getcallbackip' };

  test('is refused to a client that knows its secret, and says what to do; v2 is taken', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm');
    const byV1 = () => proxy.ask(proxy.signed('crm', request, { scheme: 'v1' }));
    const end = Date.parse('2027-07-01T00:00:00+08:00');

    await proxy.clock.advance(end - proxy.clock.now() - 1);
    expect((await byV1()).status).toBe(200);
    await proxy.clock.advance(1);
    const late = await byV1();
    const byV2 = await proxy.asClient('crm', request);

    expect([late.status, late.text]).toEqual([401, expect.stringMatching(/"reason":"outdated"/)]);
    expect(late.text).toContain('The scheme v1 was taken until 2027-06-30. Sign by v2');
    expect(byV2.status).toBe(200);
  });

  test.each([
    [undefined, '2027-07-01T00:00:00+08:00'],
    ['2027-12-31', '2028-01-01T00:00:00+08:00'],
  ])('the setting %s ends it at %s', (PROXY_V1_UNTIL, end) => {
    const env = PROXY_V1_UNTIL === undefined ? {} : { PROXY_V1_UNTIL };

    expect(loadConfig(env, ['proxyV1Until']).proxyV1Until).toBe(Date.parse(end));
  });

  test.each(['never', '2027-6-30', '2027-02-30', '2027-06-31'])(
    '%s is no day',
    (PROXY_V1_UNTIL) => {
      expect(() => loadConfig({ PROXY_V1_UNTIL }, ['proxyV1Until'])).toThrow('must be a day');
    },
  );
});

describe('an answer that was changed on the way', () => {
  const file = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a"' };
  const forgeries: readonly (readonly [string, (response: Response) => Promise<Response>])[] = [
    ['another body', async ({ headers }) => new Response('{"errcode":0}', { headers })],
    ['no signature', async (response) => rebuilt(response, { 'fuwuhao-signature': '' })],
    [
      'half a signature',
      async (response) =>
        rebuilt(response, {
          'fuwuhao-signature': response.headers.get('fuwuhao-signature')?.slice(0, -8) ?? '',
        }),
    ],
    ['a failure dressed up as a file', async (response) => rebuilt(response, file)],
    [
      'a refusal dressed up as success',
      async (response) =>
        new Response(await response.text(), { status: 200, headers: response.headers }),
    ],
    ['success out of nothing', async () => Response.json({ errcode: 0 })],
  ];

  test.each(forgeries)('%s: is no success', async (_, forge) => {
    const proxy = openProxyFixture();
    await proxy.add('crm', { allow: ['menu.*'] });
    const honest = proxy.fetchOver([proxy.instance()]);
    const api = connect({
      urls: ['http://p0'],
      client: 'crm',
      secret: secretOf('crm'),
      now: proxy.clock.now,
      fetch: async (input, init) => forge(await honest(input, init)),
    });

    // WeChat has no menu (errcode 46003), and drafts are not allowed: neither may look like success.
    const outcomes = await Promise.allSettled([api.call('menu.get'), api.call('draft.count')]);

    const won = outcomes.filter(({ status }) => status === 'fulfilled').map(() => 'a success');
    tally.refused(outcomes.length, won);
  });

  test('the answer to another request, or to another client, is no answer', async () => {
    const proxy = openProxyFixture();
    await proxy.add('crm');
    await proxy.add('erp');
    const honest = proxy.fetchOver([proxy.instance()]);
    const recorded: Response[] = [];
    const over = (client: string, fetch: typeof globalThis.fetch) =>
      connect({
        urls: ['http://p0'],
        client,
        secret: secretOf(client),
        now: proxy.clock.now,
        fetch,
      });
    for (const client of ['crm', 'erp']) {
      await over(client, async (input, init) => {
        const response = await honest(input, init);
        recorded.push(response.clone());
        return response;
      }).call('network.listCallbackIps');
    }

    const outcomes = await Promise.allSettled(
      recorded.map((answer) =>
        over('crm', async () => answer.clone()).call('network.listCallbackIps'),
      ),
    );

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unauthentic' } });
    }
    tally.refused(outcomes.length, []);
  });
});

async function rebuilt(response: Response, headers: Headers): Promise<Response> {
  const changed = { ...Object.fromEntries(response.headers), ...headers };
  return new Response(await response.arrayBuffer(), { status: response.status, headers: changed });
}
