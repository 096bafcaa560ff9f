import { draftOfOne } from './content.ts';
import type { SamplesOf, Stage } from './sample.ts';

export const publish: SamplesOf<'publish'> = {
  async submit(stage) {
    return { request: await draftOfOne(stage), answer: { publish_id: /^\d+$/ } };
  },
  async getStatus(stage) {
    const { publish_id } = await publication(stage);
    return { request: { publish_id }, answer: { publish_id, publish_status: 0 } };
  },
  async delete(stage) {
    const { article_id } = await publication(stage);
    return { request: { article_id }, answer: { errcode: 0 } };
  },
  async getArticle(stage) {
    const { article_id } = await publication(stage);
    return { request: { article_id }, answer: { news_item: [{ title: 'Title' }] } };
  },
  async list(stage) {
    const { article_id } = await publication(stage);
    return {
      request: { offset: 0, count: 20 },
      answer: { total_count: 1, item: [{ article_id }] },
    };
  },
};

/** A draft that has been published. */
async function publication(stage: Stage) {
  const { publish_id } = await stage.call('publish.submit', await draftOfOne(stage));
  await stage.advance(60_000);
  const { article_id = '' } = await stage.call('publish.getStatus', { publish_id });
  return { publish_id, article_id };
}
