import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const shortKey: WireSamplesOf<'shortKey'> = {
  create: {
    request: { long_data: 'https://example.com/long_data' },
    answer: { errcode: 0, errmsg: 'ok', short_key: 'J8GXfTSac37hpyh' },
  },
  get: {
    request: { short_key: 'I9UgKDEkU1nk8go' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      long_data: 'https://example.com/long_data',
      create_time: 1767240000,
      expire_seconds: 2592000,
    },
  },
  createUrl: {
    request: { action: 'long2short', long_url: 'https://example.com/long_url' },
    answer: { errcode: 0, errmsg: 'ok', short_url: 'https://example.com/s' },
  },
};
