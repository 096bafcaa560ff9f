import { ann, ben } from './people.ts';
import type { SamplesOf } from './sample.ts';

export const user: SamplesOf<'user'> = {
  list: { request: { next_openid: ann }, answer: { total: 2, count: 1, data: { openid: [ben] } } },
  get: { request: { openid: ann, lang: 'zh_CN' }, answer: { subscribe: 1, openid: ann } },
  getMany: {
    request: { user_list: [{ openid: ann }, { openid: ben }] },
    answer: { user_info_list: [{ openid: ann }, { openid: ben }] },
  },
  setRemark: { request: { openid: ann, remark: '安' }, answer: { errcode: 0 } },
  async changeOpenids({ control }) {
    await control('PUT', '/emulator/migration', { fromAppid: 'wx1', openids: { oOld: ann } });
    return {
      request: { from_appid: 'wx1', openid_list: ['oOld'] },
      answer: { result_list: [{ ori_openid: 'oOld', new_openid: ann }] },
    };
  },
};
