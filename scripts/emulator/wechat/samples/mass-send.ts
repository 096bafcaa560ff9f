import { articleWith, draftOfOne, film, image } from './content.ts';
import { ann, ben } from './people.ts';
import type { SamplesOf } from './sample.ts';

const text = { msgtype: 'text', text: { content: '大家好' } } as const;
const toAll = { filter: { is_to_all: true } } as const;
const TEN_MINUTES = 600_000;

export const massSend: SamplesOf<'massSend'> = {
  sendAll: { request: { ...toAll, ...text }, answer: { msg_id: /^\d+$/ } },
  send: {
    request: { touser: [ann, ben], ...text, clientmsgid: 'once' },
    answer: { msg_id: /^\d+$/ },
  },
  preview: { request: { touser: ann, ...text }, answer: { errmsg: 'preview success' } },
  async delete(stage) {
    const mpnews = await draftOfOne(stage);
    const { msg_id } = await stage.call('massSend.sendAll', {
      ...toAll,
      msgtype: 'mpnews',
      mpnews,
      send_ignore_reprint: 1,
    });
    await stage.advance(TEN_MINUTES);
    return { request: { msg_id }, answer: { errcode: 0 } };
  },
  async getStatus({ call, advance }) {
    const { msg_id } = await call('massSend.sendAll', { ...toAll, ...text });
    await advance(TEN_MINUTES);
    return { request: { msg_id }, answer: { msg_id, msg_status: 'SEND_SUCCESS' } };
  },
  getSpeed: { answer: { speed: 0, realspeed: 80 } },
  setSpeed: { request: { speed: 2 }, answer: { errcode: 0 } },
  async uploadVideo({ call }) {
    const { media_id = '' } = await call('media.upload', { type: 'video', media: film });
    return {
      request: { media_id, title: 'A film', description: 'of us' },
      answer: { type: 'video', media_id: /\S/ },
    };
  },
  async uploadArticles({ call }) {
    const { thumb_media_id = '' } = await call('media.upload', { type: 'thumb', media: image });
    return {
      request: { articles: [articleWith(thumb_media_id)] },
      answer: { type: 'news', media_id: /\S/ },
    };
  },
};
