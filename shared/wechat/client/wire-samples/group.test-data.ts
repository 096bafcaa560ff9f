import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const group: WireSamplesOf<'group'> = {
  create: { request: { group: { name: 'old' } }, answer: { group: { id: 100, name: 'old' } } },
  list: {
    answer: {
      groups: [
        { id: 0, name: '未分组', count: 2 },
        { id: 1, name: '黑名单', count: 0 },
        { id: 2, name: '星标组', count: 0 },
      ],
    },
  },
  getOfFollower: { request: { openid: 'oBen' }, answer: { groupid: 100 } },
  update: { request: { group: { id: 100, name: 'older' } }, answer: { errcode: 0, errmsg: 'ok' } },
  moveFollower: {
    request: { openid: 'oAnn', to_groupid: 100 },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  moveFollowers: {
    request: { openid_list: ['oAnn', 'oBen'], to_groupid: 100 },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  delete: { request: { group: { id: 100 } }, answer: { errcode: 0, errmsg: 'ok' } },
};
