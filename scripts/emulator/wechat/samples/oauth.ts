import { account } from '../api-fixture.ts';
import { ann } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const { appid, secret } = account;
const page = {
  appid,
  redirect_uri: 'https://example.com/',
  response_type: 'code',
  scope: 'snsapi_userinfo',
  state: 's1',
} as const;

export const oauth: SamplesOf<'oauth'> = {
  authorize: { request: page, leadsTo: /^https:\/\/example\.com\/\?code=[\w-]+&state=s1$/ },
  async getAccessToken(stage) {
    return { request: await granted(stage), answer: { openid: ann, scope: 'snsapi_userinfo' } };
  },
  async refreshAccessToken(stage) {
    const { refresh_token } = await login(stage);
    return {
      request: { appid, grant_type: 'refresh_token', refresh_token },
      answer: { openid: ann, access_token: /\S/ },
    };
  },
  async getUserInfo(stage) {
    const { access_token } = await login(stage);
    return { request: { access_token, openid: ann }, answer: { openid: ann, nickname: '安' } };
  },
  async checkAccessToken(stage) {
    const { access_token } = await login(stage);
    return { request: { access_token, openid: ann }, answer: { errcode: 0 } };
  },
};

/** Ann has opened the page and agreed. */
async function granted({ control, open }: Stage) {
  await control('PUT', '/emulator/visitor', { openid: ann, nickname: '安' });
  const back = await open('oauth.authorize', page);
  const code = back.searchParams.get('code') ?? '';
  return { appid, secret, code, grant_type: 'authorization_code' } as const;
}

async function login(stage: Stage) {
  return stage.call('oauth.getAccessToken', await granted(stage));
}
