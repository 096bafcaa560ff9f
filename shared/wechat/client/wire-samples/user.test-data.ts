import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const user: WireSamplesOf<'user'> = {
  list: {
    request: { next_openid: 'oAnn' },
    answer: { total: 2, count: 1, data: { openid: ['oBen'] }, next_openid: 'oBen' },
  },
  get: {
    request: { openid: 'oAnn', lang: 'zh_CN' },
    answer: {
      subscribe: 1,
      openid: 'oAnn',
      subscribe_time: 1767240000,
      remark: '',
      groupid: 0,
      tagid_list: [],
      subscribe_scene: 'ADD_SCENE_OTHERS',
      qr_scene: 0,
      qr_scene_str: '',
    },
  },
  getMany: {
    request: { user_list: [{ openid: 'oAnn' }, { openid: 'oBen' }] },
    answer: {
      user_info_list: [
        {
          subscribe: 1,
          openid: 'oAnn',
          subscribe_time: 1767240000,
          remark: '',
          groupid: 0,
          tagid_list: [],
          subscribe_scene: 'ADD_SCENE_OTHERS',
          qr_scene: 0,
          qr_scene_str: '',
        },
        {
          subscribe: 1,
          openid: 'oBen',
          subscribe_time: 1767240000,
          remark: '',
          groupid: 0,
          tagid_list: [],
          subscribe_scene: 'ADD_SCENE_OTHERS',
          qr_scene: 0,
          qr_scene_str: '',
        },
      ],
    },
  },
  setRemark: { request: { openid: 'oAnn', remark: '安' }, answer: { errcode: 0, errmsg: 'ok' } },
  changeOpenids: {
    request: { from_appid: 'wx1', openid_list: ['oOld'] },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      result_list: [{ ori_openid: 'oOld', new_openid: 'oAnn', err_msg: 'ok' }],
    },
  },
};
