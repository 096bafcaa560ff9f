import { type Done, read, readByPost, retired, write } from './endpoint.ts';
import type { MediaId } from './media.ts';

interface ArticleFields {
  /** WeChat documents 32 characters; accounts report up to 64. */
  readonly title: string;
  readonly content: string;
  /** At most 16 characters. */
  readonly author?: string;
  /** At most 128 characters. */
  readonly digest?: string;
  readonly content_source_url?: string;
  readonly need_open_comment?: 0 | 1;
  readonly only_fans_can_comment?: 0 | 1;
  readonly product_info?: {
    readonly footer_product_info: { readonly product_key: string };
  };
  readonly cover_info?: {
    readonly crop_percent_list: readonly {
      readonly ratio: '1_1' | '16_9' | '2.35_1';
      readonly x1: string;
      readonly y1: string;
      readonly x2: string;
      readonly y2: string;
    }[];
  };
  /** Of the time before drafts: WeChat still writes it, and does nothing by it. */
  readonly show_cover_pic?: 0 | 1;
}

export interface NewsArticle extends ArticleFields {
  readonly article_type?: 'news';
  /** The permanent material that is the cover. */
  readonly thumb_media_id: string;
  /** `X1_Y1_X2_Y2`, each 0 to 1. */
  readonly pic_crop_235_1?: string;
  readonly pic_crop_1_1?: string;
}

export interface PictureArticle extends ArticleFields {
  readonly article_type: 'newspic';
  /** At most 20 permanent pictures; the first is the cover. */
  readonly image_info: {
    readonly image_list: readonly { readonly image_media_id: string }[];
  };
}

export type DraftArticle = NewsArticle | PictureArticle;

/** As WeChat gives it back: an address is added, and empty fields are empty strings. */
export type StoredArticle = DraftArticle & {
  /** Of a draft: works for a short while only. */
  readonly url?: string;
  readonly thumb_url?: string;
};

export interface Articles {
  readonly news_item: readonly StoredArticle[];
  readonly create_time?: number;
  readonly update_time?: number;
}

/** A list that was asked for without `content` has none. */
export type Listed<Article> = Article extends unknown
  ? Omit<Article, 'content'> & { readonly content?: string }
  : never;

export interface ListedArticles extends Omit<Articles, 'news_item'> {
  readonly news_item: readonly Listed<StoredArticle>[];
}

export interface DraftUpdateRequest extends MediaId {
  /** Counted from 0. */
  readonly index: number;
  readonly articles: DraftArticle;
}

export interface ArticleListRequest {
  readonly offset: number;
  /** 1 to 20. */
  readonly count: number;
  /** `1` leaves `content` out. */
  readonly no_content?: 0 | 1;
}

export interface DraftListResponse {
  readonly total_count: number;
  readonly item_count: number;
  readonly item: readonly {
    readonly media_id: string;
    readonly content: ListedArticles;
    /** In seconds since the epoch. */
    readonly update_time: number;
  }[];
}

export const draft = {
  /**
   * A draft with one to eight articles.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add.html
   */
  add: write<{ readonly articles: readonly DraftArticle[] }, MediaId & Done>('/cgi-bin/draft/add', {
    quota: { day: 1_000 },
  }),
  /**
   * The articles of a draft.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_getdraft.html
   */
  get: readByPost<MediaId, Articles>('/cgi-bin/draft/get', { quota: { day: 500 } }),
  /**
   * Replaces one article of the draft.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_update.html
   */
  update: write<DraftUpdateRequest>('/cgi-bin/draft/update', {
    repeat: 'safe',
    quota: { day: 1_000 },
  }),
  /**
   * Deletes a draft, for good.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_delete.html
   */
  delete: write<MediaId>('/cgi-bin/draft/delete', { repeat: 'safe', quota: { day: 1_000 } }),
  /**
   * How many drafts the account has.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_count.html
   */
  count: read<undefined, { readonly total_count: number }>('/cgi-bin/draft/count', {
    quota: { day: 1_000 },
  }),
  /**
   * The drafts, by pages.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_batchget.html
   */
  list: readByPost<ArticleListRequest, DraftListResponse>('/cgi-bin/draft/batchget', {
    quota: { day: 1_000 },
  }),

  /**
   * Whether the draft box is on.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  switch: retired(
    write<{ readonly checkonly?: 1 }, { readonly is_open: 0 | 1 } & Done>('/cgi-bin/draft/switch', {
      query: ['checkonly'],
      repeat: 'safe',
    }),
    'it turned the draft box on while that was new; it is on for everyone now',
    [],
    { stillAnswers: true },
  ),
} as const;
