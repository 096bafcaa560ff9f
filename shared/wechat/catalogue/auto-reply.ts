import { read } from './endpoint.ts';

export interface AutoReplyContent {
  /** `text img voice video news`. */
  readonly type: string;
  /** May be missing beside `news_info`. */
  readonly content?: string;
  readonly news_info?: {
    readonly list: readonly {
      readonly title: string;
      readonly author: string;
      readonly digest: string;
      readonly show_cover: number;
      readonly cover_url: string;
      readonly content_url: string;
      readonly source_url: string;
    }[];
  };
}

export interface AutoReplyResponse {
  readonly is_add_friend_reply_open: 0 | 1;
  readonly is_autoreply_open: 0 | 1;
  readonly add_friend_autoreply_info?: AutoReplyContent;
  readonly message_default_autoreply_info?: AutoReplyContent;
  readonly keyword_autoreply_info?: {
    readonly list: readonly {
      readonly rule_name: string;
      /** In seconds since the epoch. */
      readonly create_time: number;
      readonly reply_mode: 'reply_all' | 'random_one';
      readonly keyword_list_info: readonly {
        readonly type: string;
        readonly match_mode: 'contain' | 'equal';
        readonly content: string;
      }[];
      readonly reply_list_info: readonly AutoReplyContent[];
    }[];
  };
}

export const autoReply = {
  /**
   * The rules set in the console; they are off while a callback is configured.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/notify/autoreplies/api_getcurrentautoreplyinfo.html
   */
  get: read<undefined, AutoReplyResponse>('/cgi-bin/get_current_autoreply_info'),
} as const;
