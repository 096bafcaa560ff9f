import { image, picture } from './content.ts';
import type { SamplesOf } from './sample.ts';

const RETIRED = 45106;

export const material: SamplesOf<'material'> = {
  add: { request: { type: 'image', media: image }, answer: { media_id: /\S/, url: /^http/ } },
  async get(stage) {
    return {
      request: { media_id: await picture(stage) },
      answer: { contentType: 'image/jpeg' },
    };
  },
  async delete(stage) {
    return { request: { media_id: await picture(stage) }, answer: { errcode: 0 } };
  },
  async count(stage) {
    await picture(stage);
    return { answer: { image_count: 1, voice_count: 0 } };
  },
  async list(stage) {
    const media_id = await picture(stage);
    return {
      request: { type: 'image', offset: 0, count: 20 },
      answer: { total_count: 1, item: [{ media_id, name: 'a.jpg' }] },
    };
  },
  addNews: { request: { articles: [] }, errcode: RETIRED },
  updateNews: {
    request: {
      media_id: 'news',
      index: 0,
      articles: { title: '', content: '', thumb_media_id: '' },
    },
    errcode: RETIRED,
  },
};
