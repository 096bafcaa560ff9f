import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const oauth: WireSamplesOf<'oauth'> = {
  authorize: {
    request: {
      appid: 'appid-1',
      redirect_uri: 'https://example.com/redirect_uri',
      response_type: 'code',
      scope: 'snsapi_userinfo',
      state: 's1',
    },
  },
  getAccessToken: {
    request: {
      appid: 'appid-1',
      secret: 'secret-1',
      code: 'code-1',
      grant_type: 'authorization_code',
    },
    answer: {
      access_token: 'access_token-1',
      expires_in: 7200,
      refresh_token: 'refresh_token-1',
      openid: 'oAnn',
      scope: 'snsapi_userinfo',
    },
  },
  refreshAccessToken: {
    request: { appid: 'appid-1', grant_type: 'refresh_token', refresh_token: 'refresh_token-1' },
    answer: {
      access_token: 'access_token-1',
      expires_in: 7200,
      refresh_token: 'refresh_token-1',
      openid: 'oAnn',
      scope: 'snsapi_userinfo',
    },
  },
  getUserInfo: {
    request: { access_token: 'access_token-1', openid: 'oAnn' },
    answer: {
      openid: 'oAnn',
      nickname: 'Ann',
      sex: '0',
      province: '',
      city: '',
      country: '',
      headimgurl: 'https://example.com/a.jpg',
      privilege: ['chinaunicom'],
      unionid: 'unionid-1',
    },
  },
  checkAccessToken: {
    request: { access_token: 'access_token-1', openid: 'oAnn' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
};
