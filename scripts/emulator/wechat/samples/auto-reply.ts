import type { SamplesOf } from './sample.ts';

export const autoReply: SamplesOf<'autoReply'> = {
  get: { answer: { is_add_friend_reply_open: 0, is_autoreply_open: 0 } },
};
