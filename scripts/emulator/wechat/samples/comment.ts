import { ann } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const commented = { msg_data_id: '2247483650', index: 0 } as const;

export const comment: SamplesOf<'comment'> = {
  async open(stage) {
    await written(stage);
    return { request: commented, answer: { errcode: 0 } };
  },
  async close(stage) {
    await written(stage);
    return { request: commented, answer: { errcode: 0 } };
  },
  async list(stage) {
    await written(stage);
    return {
      request: { ...commented, begin: 0, count: 50, type: 0 },
      answer: { total: 1, comment: [{ openid: ann, content: '好' }] },
    };
  },
  async feature(stage) {
    return { request: await written(stage), answer: { errcode: 0 } };
  },
  async unfeature(stage) {
    return { request: await written(stage), answer: { errcode: 0 } };
  },
  async delete(stage) {
    return { request: await written(stage), answer: { errcode: 0 } };
  },
  async reply(stage) {
    return { request: { ...(await written(stage)), content: '谢谢' }, answer: { errcode: 0 } };
  },
  async deleteReply(stage) {
    const request = await written(stage);
    await stage.call('comment.reply', { ...request, content: '谢谢' });
    return { request, answer: { errcode: 0 } };
  },
};

/** A comment that Ann wrote. */
async function written({ control }: Stage) {
  const msgDataId = commented.msg_data_id;
  await control('POST', '/emulator/articles', { msgDataId, index: 0 });
  const { user_comment_id: id } = (await control('POST', '/emulator/comments', {
    msgDataId,
    openid: ann,
    content: '好',
  })) as { user_comment_id: number };
  return { ...commented, user_comment_id: String(id) };
}
