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

test.each(['', '#', '#/a?b=c', '#a\nb'])(
  'the published vector, with %j behind the page',
  (fragment) => {
    const url = `http://mp.weixin.qq.com?params=value${fragment}`;

    expect(signPage({ ...vector, url })).toEqual({
      appId: vector.appid,
      timestamp: 1_414_587_457,
      nonceStr: 'Wm3WZYTPz0wzccnW',
      signature: '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
    });
  },
);

test.each(['', 'mp.weixin.qq.com', 'javascript:alert(1)', 'https://', '/page'])(
  'refuses %j, which is no page',
  (url) => {
    expect(() => signPage({ ...vector, url })).toThrow('http or https');
  },
);
