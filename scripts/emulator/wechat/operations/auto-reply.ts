import type { OperationsOf } from './operation.ts';

export const autoReply: OperationsOf<'autoReply'> = {
  get: ({ autoReplies }) => autoReplies.get(),
};
