import type { SamplesOf } from './sample.ts';

const long_data = 'https://example.com/long';

export const shortKey: SamplesOf<'shortKey'> = {
  create: { request: { long_data }, answer: { short_key: /\S/ } },
  async get({ call }) {
    const { short_key } = await call('shortKey.create', { long_data });
    return { request: { short_key }, answer: { long_data } };
  },
  createUrl: { request: { action: 'long2short', long_url: long_data }, errcode: 45106 },
};
