import {
  type Done,
  type Download,
  read,
  readByPost,
  retired,
  type Upload,
  upload,
  write,
} from './endpoint.ts';
import type { MassArticle } from './mass-send.ts';
import type { MediaId } from './media.ts';

export type MaterialType = 'image' | 'voice' | 'video' | 'thumb';

export type MaterialAddRequest =
  | { readonly type: Exclude<MaterialType, 'video'>; readonly media: Upload }
  | {
      readonly type: 'video';
      readonly media: Upload;
      readonly description: { readonly title: string; readonly introduction: string };
    };

export interface MaterialAddResponse extends Done, MediaId {
  /** Only for pictures; shown only on Tencent's own pages. */
  readonly url?: string;
}

export interface MaterialArticle {
  readonly title: string;
  readonly thumb_media_id: string;
  readonly thumb_url?: string;
  readonly show_cover_pic?: 0 | 1;
  readonly author: string;
  readonly digest: string;
  readonly content?: string;
  readonly url: string;
  readonly content_source_url: string;
}

export interface MaterialNews {
  readonly news_item: readonly MaterialArticle[];
  readonly create_time?: number;
  readonly update_time?: number;
}

export interface MaterialVideo {
  readonly title: string;
  readonly description: string;
  readonly down_url: string;
}

export interface MaterialCount {
  readonly voice_count: number;
  readonly video_count: number;
  readonly image_count: number;
  readonly news_count: number;
}

export interface MaterialListRequest {
  readonly type: 'image' | 'video' | 'voice' | 'news';
  readonly offset: number;
  /** 1 to 20. */
  readonly count: number;
}

export interface MaterialListResponse {
  readonly total_count: number;
  readonly item_count: number;
  readonly item: readonly {
    readonly media_id: string;
    /** In seconds since the epoch. */
    readonly update_time: number;
    /** Not on articles. */
    readonly name?: string;
    readonly url?: string;
    /** Only on articles. */
    readonly content?: MaterialNews;
  }[];
}

export interface UpdateNewsRequest extends MediaId {
  readonly index: number;
  readonly articles: MassArticle;
}

export const material = {
  /**
   * A file that stays until it is deleted.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_addmaterial.html
   */
  add: upload<MaterialAddRequest, MaterialAddResponse>('/cgi-bin/material/add_material', {
    query: ['type'],
  }),
  /**
   * Articles and videos come as JSON, anything else as the file.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_getmaterial.html
   */
  get: readByPost<MediaId, Download | MaterialNews | MaterialVideo>(
    '/cgi-bin/material/get_material',
    { answer: 'either' },
  ),
  /**
   * Deletes a file, from whatever uses it too.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_delmaterial.html
   */
  delete: write<MediaId>('/cgi-bin/material/del_material', { repeat: 'safe' }),
  /**
   * How many files of each type the account has.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_getmaterialcount.html
   */
  count: read<undefined, MaterialCount>('/cgi-bin/material/get_materialcount'),
  /**
   * The files of one type, by pages.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_batchgetmaterial.html
   */
  list: readByPost<MaterialListRequest, MaterialListResponse>(
    '/cgi-bin/material/batchget_material',
  ),

  /**
   * Articles as material, before drafts took their place.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  addNews: retired(
    write<{ readonly articles: readonly MassArticle[] }, MediaId & Done>(
      '/cgi-bin/material/add_news',
      { unlisted: true },
    ),
    'articles are drafts since 2022-02-28; WeChat answers 45106',
    ['draft.add'],
  ),
  /**
   * Changes an article of such material.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  updateNews: retired(
    write<UpdateNewsRequest>('/cgi-bin/material/update_news', { unlisted: true }),
    'articles are drafts since 2022-02-28',
    ['draft.update'],
  ),
} as const;
