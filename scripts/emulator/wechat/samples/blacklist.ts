import { ben } from './people.ts';
import type { SamplesOf } from './sample.ts';

export const blacklist: SamplesOf<'blacklist'> = {
  async list({ call }) {
    await call('blacklist.add', { openid_list: [ben] });
    return { request: { begin_openid: '' }, answer: { count: 1, data: { openid: [ben] } } };
  },
  add: { request: { openid_list: [ben] }, answer: { errcode: 0 } },
  async remove({ call }) {
    await call('blacklist.add', { openid_list: [ben] });
    return { request: { openid_list: [ben] }, answer: { errcode: 0 } };
  },
};
