import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const tag: WireSamplesOf<'tag'> = {
  create: { request: { tag: { name: '常客' } }, answer: { tag: { id: 100, name: '常客' } } },
  list: {
    answer: {
      tags: [
        { id: 2, name: '星标组', count: 0 },
        { id: 100, name: '常客', count: 2 },
      ],
    },
  },
  update: { request: { tag: { id: 100, name: '老客' } }, answer: { errcode: 0, errmsg: 'ok' } },
  delete: { request: { tag: { id: 100 } }, answer: { errcode: 0, errmsg: 'ok' } },
  listFollowers: {
    request: { tagid: 100 },
    answer: { count: 2, data: { openid: ['oAnn', 'oBen'] }, next_openid: 'oBen' },
  },
  addFollowers: {
    request: { openid_list: ['oAnn', 'oBen'], tagid: 100 },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  removeFollowers: {
    request: { openid_list: ['oBen'], tagid: 100 },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  listOfFollower: { request: { openid: 'oAnn' }, answer: { tagid_list: [100] } },
};
