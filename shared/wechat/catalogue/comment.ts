import { type Done, readByPost, write } from './endpoint.ts';

/** Both are digits that WeChat wants as numbers. */
const ids = { numericIds: ['msg_data_id', 'user_comment_id'] } as const;

export interface CommentedArticle {
  /** From a mass send or a publication. */
  readonly msg_data_id: string;
  /** Which article of several, counted from 0. */
  readonly index?: number;
}

export interface CommentRef extends CommentedArticle {
  readonly user_comment_id: string;
}

export interface CommentListRequest extends CommentedArticle {
  readonly begin: number;
  /** At most 50. */
  readonly count: number;
  /** 0 all, 1 ordinary, 2 featured. */
  readonly type: 0 | 1 | 2;
}

export interface Comment {
  readonly user_comment_id: string;
  /** Missing where the writer is none of the account's own. */
  readonly openid?: string;
  /** In seconds since the epoch. */
  readonly create_time: number;
  readonly content: string;
  /** 1 when featured. */
  readonly comment_type: 0 | 1;
  readonly reply?: { readonly content: string; readonly create_time: number };
}

export interface CommentListResponse extends Done {
  readonly total: number;
  readonly comment: readonly Comment[];
}

export interface CommentReplyRequest extends CommentRef {
  readonly content: string;
}

export const comment = {
  /**
   * Lets followers comment on an article.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_openarticlecomment.html
   */
  open: write<CommentedArticle>('/cgi-bin/comment/open', { ...ids, repeat: 'safe' }),
  /**
   * Lets nobody comment on an article any more.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_closecomment.html
   */
  close: write<CommentedArticle>('/cgi-bin/comment/close', { ...ids, repeat: 'safe' }),
  /**
   * The comments on an article, by pages.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_listcomment.html
   */
  list: readByPost<CommentListRequest, CommentListResponse>('/cgi-bin/comment/list', ids),
  /**
   * Shows a comment to all readers.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_electcomment.html
   */
  feature: write<CommentRef>('/cgi-bin/comment/markelect', { ...ids, repeat: 'safe' }),
  /**
   * Shows a comment to its author alone again.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_unelectcomment.html
   */
  unfeature: write<CommentRef>('/cgi-bin/comment/unmarkelect', { ...ids, repeat: 'safe' }),
  /**
   * Deletes a comment.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_delcomment.html
   */
  delete: write<CommentRef>('/cgi-bin/comment/delete', { ...ids, repeat: 'safe' }),
  /**
   * Answers a comment.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_replycomment.html
   */
  reply: write<CommentReplyRequest>('/cgi-bin/comment/reply/add', ids),
  /**
   * Deletes the answer to a comment.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_delreplycomment.html
   */
  deleteReply: write<CommentRef>('/cgi-bin/comment/reply/delete', { ...ids, repeat: 'safe' }),
} as const;
