import { ann } from './people.ts';
import type { SamplesOf } from './sample.ts';

const menuOf = { button: [{ type: 'click', name: '今日歌曲', key: 'SONG' }] } as const;
const forPhones = { ...menuOf, matchrule: { client_platform_type: '1' } } as const;

export const menu: SamplesOf<'menu'> = {
  create: { request: menuOf, answer: { errcode: 0 } },
  async get({ call }) {
    await call('menu.create', menuOf);
    return { answer: { menu: { button: [{ key: 'SONG' }] } } };
  },
  async delete({ call }) {
    await call('menu.create', menuOf);
    return { answer: { errcode: 0 } };
  },
  getCurrent: { answer: { is_menu_open: 0, selfmenu_info: {} } },
  async addConditional({ call }) {
    await call('menu.create', menuOf);
    return { request: forPhones, answer: { menuid: /^\d+$/ } };
  },
  async deleteConditional({ call }) {
    await call('menu.create', menuOf);
    const { menuid } = await call('menu.addConditional', forPhones);
    return { request: { menuid }, answer: { errcode: 0 } };
  },
  async tryMatch({ call }) {
    await call('menu.create', menuOf);
    return { request: { user_id: ann }, answer: { button: [{ name: '今日歌曲' }] } };
  },
};
