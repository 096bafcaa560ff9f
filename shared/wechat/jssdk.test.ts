import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Secret } from '../kernel/secret.ts';
import { signPage } from './jssdk.ts';

const vector = {
  appid: 'wx0123456789abcdef',
  ticket: new Secret(
    'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
  ),
  nonce: 'Wm3WZYTPz0wzccnW',
  now: 1_414_587_457_000,
};

test('the published vector', () => {
  expect(signPage({ ...vector, url: 'http://mp.weixin.qq.com?params=value' })).toEqual({
    appId: vector.appid,
    timestamp: 1_414_587_457,
    nonceStr: 'Wm3WZYTPz0wzccnW',
    signature: '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
  });
});

test.each(['', 'mp.weixin.qq.com', 'javascript:alert(1)', 'https://', '/page'])(
  'refuses %j, which is no page',
  (url) => {
    expect(() => signPage({ ...vector, url })).toThrow('http or https');
  },
);

const page = 'https://shop.example';

test.each([
  [`${page}/?a=1&amp;b=2`, 'HTML entity'],
  [`${page}/?a=&quot;1&quot;`, 'HTML entity'],
  [`${page}/?a=1&#38;b=2`, 'HTML entity'],
  [`${page}/?a=1&#x26;b=2`, 'HTML entity'],
  [`${page}/a b`, 'a blank'],
  [`${page}/?q=a b`, 'a blank'],
  [`${page}/ `, 'a blank'],
  [` ${page}/`, 'http or https'],
  [`${page}/\t`, 'a blank'],
  [`${page}/\u0000`, 'a blank'],
  [`${page}/\u3000`, 'a blank'],
  [`${page}/#`, 'a fragment'],
  [`${page}/#/a?b=c`, 'a fragment'],
  [`${page}/?a=1#a\nb`, 'a blank'],
])('refuses %j, and says how an address is encoded', (url, reason) => {
  expect(() => signPage({ ...vector, url })).toThrow(reason);
  expect(() => signPage({ ...vector, url })).toThrow('encodeURIComponent(location.href');
});

test.each([
  `${page}/?a=1&b=2`,
  `${page}/?a=1&amplitude=2&lt=3`,
  `${page}/?a=%26amp%3B&b=%20+%23`,
  `${page}:8443/%E6%96%87?redirect=https%3A%2F%2Fa.b`,
  'https://localhost/?a[]=1&b=',
  `${page}/?b=文`,
])('signs %j as it stands', (url) => {
  const { signature } = signPage({ ...vector, url });
  const text = `jsapi_ticket=${vector.ticket.reveal()}&noncestr=${vector.nonce}&timestamp=1414587457&url=${url}`;

  expect(signature).toBe(createHash('sha1').update(text).digest('hex'));
});
