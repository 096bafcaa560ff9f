import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const blacklist: WireSamplesOf<'blacklist'> = {
  list: {
    request: { begin_openid: '' },
    answer: { total: 1, count: 1, data: { openid: ['oBen'] }, next_openid: 'oBen' },
  },
  add: { request: { openid_list: ['oBen'] }, answer: { errcode: 0, errmsg: 'ok' } },
  remove: { request: { openid_list: ['oBen'] }, answer: { errcode: 0, errmsg: 'ok' } },
};
