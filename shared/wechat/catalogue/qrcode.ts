import { download, write } from './endpoint.ts';

interface ById {
  readonly action_info: { readonly scene: { readonly scene_id: number } };
}

interface ByText {
  /** 1 to 64 characters. */
  readonly action_info: { readonly scene: { readonly scene_str: string } };
}

interface Temporary {
  /** At most 2 592 000, thirty days. */
  readonly expire_seconds?: number;
}

export type QrcodeRequest =
  | ({ readonly action_name: 'QR_SCENE' } & ById & Temporary)
  | ({ readonly action_name: 'QR_STR_SCENE' } & ByText & Temporary)
  /** `scene_id` 1 to 100 000. */
  | ({ readonly action_name: 'QR_LIMIT_SCENE' } & ById)
  | ({ readonly action_name: 'QR_LIMIT_STR_SCENE' } & ByText);

export interface QrcodeResponse {
  readonly ticket: string;
  /** Only for a temporary one. */
  readonly expire_seconds?: number;
  /** What the picture encodes. */
  readonly url: string;
}

export const qrcode = {
  /**
   * A QR code that carries a scene to the account, temporary or for good.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode.html
   */
  create: write<QrcodeRequest, QrcodeResponse>('/cgi-bin/qrcode/create', {
    // The same scene gives the same permanent code; a temporary one too many expires unused.
    repeat: 'safe',
    quota: { day: 100_000, testDay: 10_000 },
  }),
  /**
   * The picture; an unknown ticket is HTTP 404.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode.html
   */
  show: download<{ readonly ticket: string }>('/cgi-bin/showqrcode', {
    host: 'mp.weixin.qq.com',
    auth: 'none',
  }),
} as const;
