import { ann, ben } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const name = '常客';

export const tag: SamplesOf<'tag'> = {
  create: { request: { tag: { name } }, answer: { tag: { name } } },
  async list(stage) {
    const id = await tagOfBoth(stage);
    return {
      answer: {
        tags: [
          { id: 2, name: '星标组', count: 0 },
          { id, name, count: 2 },
        ],
      },
    };
  },
  async update(stage) {
    const id = await tagOfBoth(stage);
    return { request: { tag: { id, name: '老客' } }, answer: { errcode: 0 } };
  },
  async delete(stage) {
    return { request: { tag: { id: await tagOfBoth(stage) } }, answer: { errcode: 0 } };
  },
  async listFollowers(stage) {
    const tagid = await tagOfBoth(stage);
    return { request: { tagid }, answer: { count: 2, data: { openid: [ann, ben] } } };
  },
  async addFollowers({ call }) {
    const { tag } = await call('tag.create', { tag: { name } });
    return { request: { openid_list: [ann, ben], tagid: tag.id }, answer: { errcode: 0 } };
  },
  async removeFollowers(stage) {
    const tagid = await tagOfBoth(stage);
    return { request: { openid_list: [ben], tagid }, answer: { errcode: 0 } };
  },
  async listOfFollower(stage) {
    const id = await tagOfBoth(stage);
    return { request: { openid: ann }, answer: { tagid_list: [id] } };
  },
};

/** The id of a tag that Ann and Ben have. */
async function tagOfBoth({ call }: Stage): Promise<number> {
  const { tag } = await call('tag.create', { tag: { name } });
  await call('tag.addFollowers', { openid_list: [ann, ben], tagid: tag.id });
  return tag.id;
}
