import type { AutoReplyResponse } from '../../../../shared/wechat/catalogue/auto-reply.ts';
import type { Storage } from './storage.ts';

/** The rules of the console, which the API can only read. */
export function createAutoReplies(storage: Storage) {
  const section = storage.section<{ rules: AutoReplyResponse }>('auto-replies', () => ({
    rules: { is_add_friend_reply_open: 0, is_autoreply_open: 0 },
  }));
  return {
    get: () => section.read().rules,
    set: (rules: AutoReplyResponse) =>
      section.update((state) => {
        state.rules = rules;
      }),
    /** Material that a rule gives out cannot be deleted. */
    usesMaterial(mediaId: string): boolean {
      const { rules } = section.read();
      const byKeyword = rules.keyword_autoreply_info?.list ?? [];
      return [
        rules.add_friend_autoreply_info,
        rules.message_default_autoreply_info,
        ...byKeyword.flatMap(({ reply_list_info }) => reply_list_info),
      ].some((reply) => reply?.type !== 'text' && reply?.content === mediaId);
    },
  };
}

export type AutoReplies = ReturnType<typeof createAutoReplies>;
