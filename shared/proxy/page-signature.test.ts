import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { openProxyFixture, secretOf } from '../../scripts/testing/proxy/proxy-fixture.ts';

const path = '/v1/jsapi-signature';
const url = 'https://shop.example/?a=1';

async function open() {
  const proxy = openProxyFixture();
  await proxy.add('web', { staticKey: true, allow: ['jsapi:sign'] });
  const proof = createHmac('sha256', secretOf('web')).update('fuwuhao v1 static key').digest('hex');
  const ways = {
    signed: (query: Record<string, string>) => proxy.asClient('web', { path, query }),
    'static key': (query: Record<string, string>) =>
      proxy.ask({ path, query: { ...query, access_token: `fwh.web.${proof}` } }),
  };
  return { proxy, ways };
}

test.each(['signed', 'static key'] as const)(
  '%s: the parameters of a page that was not encoded are not taken for its address',
  async (way) => {
    const { proxy, ways } = await open();

    expect(await ways[way]({ url })).toMatchObject({ status: 200 });
    const answer = await ways[way]({ url, b: '2' });

    expect(answer.status).toBe(400);
    const message = expect.stringMatching(/^There is no parameter "b" here.*encodeURIComponent/);
    expect(answer.json).toMatchObject({ error: { code: 'invalid', message } });
    expect(proxy.lines.join()).not.toContain('shop.example');
  },
);

test.each([
  [{}, 'The page is missing'],
  [{ url: '' }, 'http or https'],
  [{ url: `${url}&amp;b=2` }, 'HTML entity'],
  [{ url: 'https://shop.example/?q=a b' }, 'a blank'],
  [{ url: `${url}#part` }, 'a fragment'],
])('%j is refused, with a sentence on encoding', async (query, reason) => {
  const { ways } = await open();
  const answer = await ways.signed(query as Record<string, string>);

  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.json)).toContain(reason);
  expect(JSON.stringify(answer.json)).toContain('encodeURIComponent');
});
