import { describe, expect, test } from '@jest/globals';
import { Secret } from '../kernel/secret.ts';
import type { Api } from './client/index.ts';
import { finishLogin, loginUrl, readLoginCode } from './web-login.ts';

const account = { appid: 'wx520c15f417810387', appsecret: new Secret('s') };

describe('loginUrl', () => {
  test('the published example, parameters in WeChat’s order', () => {
    const url = loginUrl({
      appid: account.appid,
      redirectUri: 'https://chong.qq.com/php/index.php?d=&c=wxAdapter&m=mobileDeal&b=1',
      scope: 'snsapi_base',
      state: '123',
    });

    expect(url).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx520c15f417810387&redirect_uri=https%3A%2F%2Fchong.qq.com%2Fphp%2Findex.php%3Fd%3D%26c%3DwxAdapter%26m%3DmobileDeal%26b%3D1&response_type=code&scope=snsapi_base&state=123#wechat_redirect',
    );
  });

  test.each(['', 'a b', 'a&b', '你好', 'a'.repeat(129)])('refuses the state %j', (state) => {
    const options = {
      appid: 'wx1',
      redirectUri: 'https://a.b/',
      scope: 'snsapi_base',
      state,
    } as const;

    expect(() => loginUrl(options)).toThrow('letters or digits');
  });
});

describe('readLoginCode', () => {
  test('gives the code to the visitor whose state it is, and to nobody else', () => {
    expect(readLoginCode({ code: 'c', state: 's1' }, 's1')).toBe('c');
    expect(() => readLoginCode({ code: 'c', state: 's2' }, 's1')).toThrow('start again');
    expect(() => readLoginCode({ code: 'c' }, 's1')).toThrow('start again');
    expect(() => readLoginCode({ state: 's1' }, 's1')).toThrow('did not agree');
  });
});

test('finishLogin gives the user, and tokens that do not print', async () => {
  const asked: unknown[] = [];
  const api = {
    oauth: {
      getAccessToken: async (request: unknown) => {
        asked.push(request);
        return {
          access_token: 'ACCESS',
          expires_in: 7200,
          refresh_token: 'REFRESH',
          openid: 'oUser',
          scope: 'snsapi_base,snsapi_userinfo',
          is_snapshotuser: 1,
        };
      },
    },
  } as unknown as Api;

  const login = await finishLogin(api, account, 'CODE');

  expect(asked).toEqual([
    { appid: account.appid, secret: 's', code: 'CODE', grant_type: 'authorization_code' },
  ]);
  expect(login).toMatchObject({ openid: 'oUser', isSnapshot: true, expiresInSeconds: 7200 });
  expect(login.scopes).toEqual(['snsapi_base', 'snsapi_userinfo']);
  expect(JSON.stringify(login)).not.toMatch(/ACCESS|REFRESH/);
  expect(login.refreshToken.reveal()).toBe('REFRESH');
});
