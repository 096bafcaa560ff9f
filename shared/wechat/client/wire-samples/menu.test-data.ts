import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const menu: WireSamplesOf<'menu'> = {
  create: {
    request: { button: [{ type: 'click', name: '今日歌曲', key: 'SONG' }] },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  get: {
    answer: {
      menu: {
        button: [
          { type: 'click', name: '今日歌曲', key: 'SONG', sub_button: [] },
          {
            name: '菜单',
            sub_button: [
              { type: 'view', name: '搜索', url: 'https://example.com/', sub_button: [] },
            ],
          },
        ],
      },
      conditionalmenu: [
        {
          button: [{ type: 'click', name: '今日歌曲', key: 'SONG', sub_button: [] }],
          matchrule: { tag_id: '2', client_platform_type: '2' },
          menuid: '208396993',
        },
      ],
    },
  },
  delete: { answer: { errcode: 0, errmsg: 'ok' } },
  getCurrent: { answer: { is_menu_open: 0, selfmenu_info: {} } },
  addConditional: {
    request: {
      button: [{ type: 'click', name: '今日歌曲', key: 'SONG' }],
      matchrule: { client_platform_type: '1' },
    },
    answer: { menuid: '208379534' },
  },
  deleteConditional: { request: { menuid: '208379534' }, answer: { errcode: 0, errmsg: 'ok' } },
  tryMatch: {
    request: { user_id: 'oAnn' },
    answer: { button: [{ type: 'click', name: '今日歌曲', key: 'SONG', sub_button: [] }] },
  },
};
