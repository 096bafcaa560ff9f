import path from 'node:path';
import { afterAll, expect } from '@jest/globals';
import { Secret } from '../../../../shared/kernel/secret.ts';
import { signPage } from '../../../../shared/wechat/jssdk.ts';
import { account } from '../api-fixture.ts';
import { ask, type Client, flow, load, methodOf, pushTo, usePeers } from './peers-fixture.ts';

const { folder, toEmulator, codeFrom } = usePeers();
const timers: NodeJS.Timeout[] = [];
afterAll(() => timers.forEach(clearInterval));

/** The SDK on its own defaults; only the hosts that it asks are the emulator's. */
function create() {
  const { Wechat } = load('wechat-jssdk') as {
    readonly Wechat: new (options: object) => { readonly jssdk: Client; readonly oauth: Client };
  };
  const setInterval = globalThis.setInterval;
  // It counts by timers that it never ends, and they would hold the test's process.
  globalThis.setInterval = ((...args: Parameters<typeof setInterval>) => {
    const timer = setInterval(...args);
    timers.push(timer);
    return timer;
  }) as typeof setInterval;
  try {
    return new Wechat({
      appId: account.appid,
      appSecret: account.secret,
      wechatToken: account.token,
      wechatRedirectUrl: 'https://example.com/',
      accessTokenUrl: toEmulator('https://api.weixin.qq.com/cgi-bin/token'),
      ticketUrl: toEmulator('https://api.weixin.qq.com/cgi-bin/ticket/getticket'),
      apiUrl: toEmulator('https://api.weixin.qq.com/').replace(/\/$/, ''),
      storeOptions: { fileStorePath: path.join(folder, 'wechat-info.json') },
    });
  } finally {
    globalThis.setInterval = setInterval;
  }
}

flow('wechat-jssdk: the signature of a page is ours, from its token and ticket', async () => {
  const { jssdk } = create();
  const url = 'https://example.com/page?a=1&b=%E4%BD%A0';
  const signed = await ask(jssdk, 'getSignature', `${url}#part`);
  const { jsapi_ticket } = (await ask(jssdk, 'prepareGlobalToken')) as { jsapi_ticket: string };

  const ours = signPage({
    appid: account.appid,
    ticket: new Secret(jsapi_ticket),
    url,
    nonce: String(signed.nonceStr),
    now: Number(signed.timestamp) * 1000,
  });
  expect(signed).toMatchObject({ appId: ours.appId, signature: ours.signature, url });
  expect(await ask(jssdk, 'getCachedSignature', url)).toEqual(signed);
});

flow('wechat-jssdk: from the page to the profile, a refresh and a check', async () => {
  const { oauth } = create();
  const page = methodOf(oauth, 'generateOAuthUrl')('https://example.com/', 'snsapi_userinfo', 'S1');
  const code = await codeFrom(String(page));

  const token = await ask(oauth, 'getAccessToken', code, 'ann');
  expect(token).toMatchObject({ openid: 'oVisitor', scope: 'snsapi_userinfo' });
  expect(await ask(oauth, 'getUserInfoRemotely', token)).toMatchObject({ nickname: 'Eve' });
  expect(await ask(oauth, 'refreshAccessToken', 'ann', token)).toMatchObject({
    openid: 'oVisitor',
  });
  await expect(ask(oauth, 'getAccessToken', code, 'ann')).rejects.toMatchObject({ errcode: 40163 });
});

flow(
  'wechat-jssdk: its check of an OAuth token fails by itself, for it sends no openid',
  async () => {
    const { oauth } = create();
    const page = methodOf(oauth, 'generateOAuthUrl')('https://example.com/', 'snsapi_base', 'S1');
    const token = await ask(oauth, 'getAccessToken', await codeFrom(String(page)), 'ben');

    // WeChat documents access_token and openid, both required; this sends appid in place of openid.
    await expect(ask(oauth, 'isAccessTokenValid', token)).rejects.toMatchObject({ errcode: 41009 });
  },
);

flow('wechat-jssdk: recognises the check of the callback URL, and no other', async () => {
  const { jssdk } = create();
  const verify = (query: object) => methodOf(jssdk, 'verifySignature')(query) === true;
  const { check } = await pushTo('plain', ({ query }) =>
    verify(query) ? String(query.echostr) : '',
  );

  expect(check.ok).toBe(true);
  expect(verify({ signature: 'f'.repeat(40), timestamp: '1', nonce: '2' })).toBe(false);
});
