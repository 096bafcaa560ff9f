import type { Operation } from './operation.ts';

export const getAutoReply: Operation<'autoReply.get'> = ({ autoReplies }) => autoReplies.get();
