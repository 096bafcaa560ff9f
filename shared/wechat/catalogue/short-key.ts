import { type Done, readByPost, retired, write } from './endpoint.ts';

export interface ShortKeyRequest {
  /** At most 4 KB. */
  readonly long_data: string;
  /** At most 2 592 000, thirty days, which is also the default. */
  readonly expire_seconds?: number;
}

export interface ShortKey {
  readonly short_key: string;
}

export interface ShortKeyData {
  readonly long_data: string;
  /** In seconds since the epoch. */
  readonly create_time: number;
  readonly expire_seconds: number;
}

export const shortKey = {
  /**
   * A short key for up to 4 KB of text, such as a long link.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/shorten/api_genshortkey.html
   */
  create: write<ShortKeyRequest, ShortKey & Done>('/cgi-bin/shorten/gen', {
    // A second key for the same data expires unused.
    repeat: 'safe',
  }),
  /**
   * What a short key stands for.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/shorten/api_fetchshorten.html
   */
  get: readByPost<ShortKey, ShortKeyData & Done>('/cgi-bin/shorten/fetch'),

  /**
   * A short link.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  createUrl: retired(
    write<
      { readonly action: 'long2short'; readonly long_url: string },
      { readonly short_url: string } & Done
    >('/cgi-bin/shorturl', { repeat: 'safe', unlisted: true }),
    'WeChat no longer shortens links; a short key holds up to 4 KB of any text',
    ['shortKey.create'],
  ),
} as const;
