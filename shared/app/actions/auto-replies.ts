import { requests } from '../../auto-replies/requests.ts';
import { action, audited, noPayload } from '../../kernel/action.ts';
import type { MenuApp } from '../menu.ts';

/** What an operator does with the auto-replies, which mp.weixin.qq.com takes away together with the menus. */
export const autoReplyActions = {
  getAutoReplies: action(noPayload, (_, { autoReplies }: MenuApp) => autoReplies.get()),
  setAutoReplies: audited(requests.set, (change, { autoReplies }: MenuApp) =>
    autoReplies.set(change),
  ),
  tryAutoReplies: action(requests.try, (trial, { autoReplies }: MenuApp) => autoReplies.try(trial)),
  importAutoReplies: action(noPayload, (_, { autoReplies }: MenuApp) => autoReplies.import()),
};
