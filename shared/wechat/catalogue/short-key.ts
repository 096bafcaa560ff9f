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
  create: write<ShortKeyRequest, ShortKey & Done>('/cgi-bin/shorten/gen', {
    // A second key for the same data expires unused.
    repeat: 'safe',
  }),
  get: readByPost<ShortKey, ShortKeyData & Done>('/cgi-bin/shorten/fetch'),

  createUrl: retired(
    write<
      { readonly action: 'long2short'; readonly long_url: string },
      { readonly short_url: string } & Done
    >('/cgi-bin/shorturl', { repeat: 'safe', unlisted: true }),
    'WeChat no longer shortens links; a short key holds up to 4 KB of any text',
    ['shortKey.create'],
  ),
} as const;
