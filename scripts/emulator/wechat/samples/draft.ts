import { article, draftOfOne } from './content.ts';
import type { SamplesOf } from './sample.ts';

export const draft: SamplesOf<'draft'> = {
  async add(stage) {
    return { request: { articles: [await article(stage)] }, answer: { media_id: /\S/ } };
  },
  async get(stage) {
    return { request: await draftOfOne(stage), answer: { news_item: [{ title: 'Title' }] } };
  },
  async update(stage) {
    const request = { ...(await draftOfOne(stage)), index: 0, articles: await article(stage) };
    return { request, answer: { errcode: 0 } };
  },
  async delete(stage) {
    return { request: await draftOfOne(stage), answer: { errcode: 0 } };
  },
  async count(stage) {
    await draftOfOne(stage);
    return { answer: { total_count: 1 } };
  },
  async list(stage) {
    const { media_id } = await draftOfOne(stage);
    return {
      request: { offset: 0, count: 20, no_content: 1 },
      answer: { total_count: 1, item: [{ media_id }] },
    };
  },
  switch: { request: { checkonly: 1 }, answer: { is_open: 1 } },
};
