import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const comment: WireSamplesOf<'comment'> = {
  open: { request: { msg_data_id: '2247483650', index: 0 }, answer: { errcode: 0, errmsg: 'ok' } },
  close: { request: { msg_data_id: '2247483650', index: 0 }, answer: { errcode: 0, errmsg: 'ok' } },
  list: {
    request: { msg_data_id: '2247483650', index: 0, begin: 0, count: 50, type: 0 },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      total: 1,
      comment: [
        {
          user_comment_id: '1',
          create_time: 1767240000,
          content: '好',
          comment_type: 0,
          reply: { content: '谢谢', create_time: 1767240000 },
        },
      ],
    },
  },
  feature: {
    request: { msg_data_id: '2247483650', index: 0, user_comment_id: '1' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  unfeature: {
    request: { msg_data_id: '2247483650', index: 0, user_comment_id: '1' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  delete: {
    request: { msg_data_id: '2247483650', index: 0, user_comment_id: '1' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  reply: {
    request: { msg_data_id: '2247483650', index: 0, user_comment_id: '1', content: '谢谢' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  deleteReply: {
    request: { msg_data_id: '2247483650', index: 0, user_comment_id: '1' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
};
