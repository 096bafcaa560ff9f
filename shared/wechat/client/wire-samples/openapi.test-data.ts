import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const openapi: WireSamplesOf<'openapi'> = {
  clearQuota: { request: { appid: 'appid-1' }, answer: { errcode: 0, errmsg: 'ok' } },
  clearQuotaBySecret: {
    request: { appid: 'appid-1', appsecret: 'appsecret-1' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  clearApiQuota: { request: { cgi_path: 'cgi_path-1' }, answer: { errcode: 0, errmsg: 'ok' } },
  getQuota: {
    request: { cgi_path: 'cgi_path-1' },
    answer: { errcode: 0, errmsg: 'ok', quota: { daily_limit: 1000, used: 0, remain: 1000 } },
  },
  getRid: {
    request: { rid: 'rid-1' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      request: {
        invoke_time: 1767240000,
        cost_in_ms: 30,
        request_url: 'access_token=50_***',
        request_body: '',
        response_body: '{"errcode":45009}',
      },
    },
  },
};
