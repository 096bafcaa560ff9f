import { ann, ben } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const name = 'old';

export const group: SamplesOf<'group'> = {
  create: { request: { group: { name } }, answer: { group: { name } } },
  list: {
    answer: {
      groups: [{ name: '未分组', count: 2 }, { name: '黑名单', count: 0 }, { name: '星标组' }],
    },
  },
  async getOfFollower(stage) {
    const groupid = await groupOfBoth(stage);
    return { request: { openid: ben }, answer: { groupid } };
  },
  async update(stage) {
    const id = await groupOfBoth(stage);
    return { request: { group: { id, name: 'older' } }, answer: { errcode: 0 } };
  },
  async moveFollower(stage) {
    const to_groupid = await groupOfBoth(stage);
    return { request: { openid: ann, to_groupid }, answer: { errcode: 0 } };
  },
  async moveFollowers(stage) {
    const to_groupid = await groupOfBoth(stage);
    return { request: { openid_list: [ann, ben], to_groupid }, answer: { errcode: 0 } };
  },
  async delete(stage) {
    return { request: { group: { id: await groupOfBoth(stage) } }, answer: { errcode: 0 } };
  },
};

/** The id of a group in which Ann and Ben are. */
async function groupOfBoth({ call }: Stage): Promise<number> {
  const { group } = await call('group.create', { group: { name } });
  await call('group.moveFollowers', { openid_list: [ann, ben], to_groupid: group.id });
  return group.id;
}
