import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const massSend: WireSamplesOf<'massSend'> = {
  sendAll: {
    request: { filter: { is_to_all: true }, msgtype: 'text', text: { content: '大家好' } },
    answer: { errcode: 0, errmsg: 'send job submission success', msg_id: '3147483648' },
  },
  send: {
    request: {
      touser: ['oAnn', 'oBen'],
      msgtype: 'text',
      text: { content: '大家好' },
      clientmsgid: 'once',
    },
    answer: { errcode: 0, errmsg: 'send job submission success', msg_id: '3147483648' },
  },
  preview: {
    request: { touser: 'oAnn', msgtype: 'text', text: { content: '大家好' } },
    answer: { errcode: 0, errmsg: 'preview success', msg_id: '3147483648' },
  },
  delete: { request: { msg_id: '3147483648' }, answer: { errcode: 0, errmsg: 'ok' } },
  getStatus: {
    request: { msg_id: '3147483648' },
    answer: { msg_id: '3147483648', msg_status: 'SEND_SUCCESS' },
  },
  getSpeed: { answer: { speed: 0, realspeed: 80 } },
  setSpeed: { request: { speed: 2 }, answer: { errcode: 0, errmsg: 'ok' } },
  uploadVideo: {
    request: { media_id: 'media_id-1', title: 'A film', description: 'of us' },
    answer: { type: 'video', media_id: 'media_id-1', created_at: 1767240000 },
  },
  uploadArticles: {
    request: {
      articles: [{ title: 'Title', content: '<p>Text</p>', thumb_media_id: 'thumb_media_id-1' }],
    },
    answer: { type: 'news', media_id: 'media_id-1', created_at: 1767240000 },
  },
};
