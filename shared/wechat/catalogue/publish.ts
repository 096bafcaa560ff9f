import type { ArticleListRequest, Listed, StoredArticle } from './draft.ts';
import { type Done, readByPost, write } from './endpoint.ts';
import type { MediaId } from './media.ts';

export interface PublishId {
  readonly publish_id: string;
}

export interface PublishResponse extends PublishId, Done {
  readonly msg_data_id?: string;
}

export interface PublishStatusResponse extends PublishId {
  /**
   * 0 done, 1 in progress, 2 failed for originality, 3 failed, 4 refused by review, 5 done and all
   * deleted by the author, 6 done and all banned.
   */
  readonly publish_status: 0 | 1 | 2 | 3 | 4 | 5 | 6;
  readonly article_id?: string;
  readonly article_detail?: {
    readonly count?: number;
    readonly item: readonly { readonly idx: number; readonly article_url: string }[];
  };
  /** Counted from 1. */
  readonly fail_idx?: readonly number[];
}

export interface ArticleId {
  readonly article_id: string;
}

export interface PublishDeleteRequest extends ArticleId {
  /** Counted from 1; 0 or none means all. */
  readonly index?: number;
}

export interface PublishedArticles {
  readonly news_item: readonly (StoredArticle & { readonly is_deleted: boolean })[];
  readonly create_time?: number;
  readonly update_time?: number;
}

export interface ListedPublishedArticles extends Omit<PublishedArticles, 'news_item'> {
  readonly news_item: readonly (Listed<StoredArticle> & { readonly is_deleted: boolean })[];
}

export interface PublishListResponse {
  readonly total_count: number;
  readonly item_count: number;
  readonly item: readonly {
    readonly article_id: string;
    readonly content: ListedPublishedArticles;
    /** In seconds since the epoch. */
    readonly update_time: number;
  }[];
}

export const publish = {
  /**
   * Followers are not notified; how it ends is told by `publish.getStatus` and an event.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_submit.html
   */
  submit: write<MediaId, PublishResponse>('/cgi-bin/freepublish/submit', { quota: { day: 100 } }),
  /**
   * How far the publishing of a draft is.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_get.html
   */
  getStatus: readByPost<PublishId, PublishStatusResponse>('/cgi-bin/freepublish/get', {
    quota: { day: 100 },
  }),
  /**
   * Deletes what was published, for good.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublishdelete.html
   */
  delete: write<PublishDeleteRequest>('/cgi-bin/freepublish/delete', {
    repeat: 'safe',
    quota: { day: 10 },
  }),
  /**
   * The articles of what was published.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublishgetarticle.html
   */
  getArticle: readByPost<ArticleId, PublishedArticles>('/cgi-bin/freepublish/getarticle', {
    quota: { day: 100 },
  }),
  /**
   * What was published, by pages.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_batchget.html
   */
  list: readByPost<ArticleListRequest, PublishListResponse>('/cgi-bin/freepublish/batchget', {
    quota: { day: 100 },
  }),
} as const;
