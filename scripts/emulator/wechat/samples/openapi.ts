import { account } from '../api-fixture.ts';
import type { SamplesOf } from './sample.ts';

const cgi_path = '/cgi-bin/menu/create';

export const openapi: SamplesOf<'openapi'> = {
  clearQuota: { request: { appid: account.appid }, answer: { errcode: 0 } },
  clearQuotaBySecret: {
    request: { appid: account.appid, appsecret: account.secret },
    answer: { errcode: 0 },
  },
  clearApiQuota: { request: { cgi_path }, answer: { errcode: 0 } },
  getQuota: {
    request: { cgi_path },
    answer: { quota: { daily_limit: 1000, used: 0, remain: 1000 } },
  },
  async getRid({ call }) {
    const refusal = await call('tag.listFollowers', { tagid: 999 }).catch((error) => error);
    return {
      request: { rid: refusal.rid },
      answer: { request: { request_body: '{"tagid":999}', client_ip: '127.0.0.1' } },
    };
  },
};
