import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const qrcodeJump: WireSamplesOf<'qrcodeJump'> = {
  add: {
    request: { prefix: 'https://example.com/prefix', appid: 'appid-1', path: 'path-1', is_edit: 0 },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  list: {
    request: { appid: 'appid-1', get_type: 1, prefix_list: ['https://example.com/prefix_list'] },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      rule_list: [{ prefix: 'https://example.com/prefix', path: 'path-1', state: 1 }],
      qrcodejump_open: 1,
      list_size: 1,
      qrcodejump_pub_quota: 100,
      total_count: 1,
    },
  },
  publish: {
    request: { prefix: 'https://example.com/prefix' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  delete: {
    request: { prefix: 'https://example.com/prefix', appid: 'appid-1' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
};
