import { type Done, readFile, type Upload } from './endpoint.ts';

/** A picture on its way, or the address of one; at most 2 MB. */
export type PictureRequest =
  | { readonly img: Upload; readonly img_url?: never }
  | { readonly img_url: string; readonly img?: never };

/** In pixels. */
export interface PictureSize {
  readonly w: number;
  readonly h: number;
}

export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

export interface PictureCorners {
  readonly left_top: PicturePoint;
  readonly right_top: PicturePoint;
  readonly right_bottom: PicturePoint;
  readonly left_bottom: PicturePoint;
}

export interface CropResponse extends Done {
  /** One for each ratio. */
  readonly results: readonly {
    readonly crop_left: number;
    readonly crop_top: number;
    readonly crop_right: number;
    readonly crop_bottom: number;
  }[];
  readonly img_size?: PictureSize;
}

export interface CodesResponse extends Done {
  readonly code_results: readonly {
    /** Such as `QR_CODE`, `EAN_13`, `CODE_128`. */
    readonly type_name: string;
    readonly data: string;
    /** Not of bar codes and PDF417. */
    readonly pos?: PictureCorners;
  }[];
  readonly img_size?: PictureSize;
}

export const picture = {
  /**
   * Where to cut a picture; `ratios` are at most five, with commas between, such as `1,2.35`.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/image/api_imgaicrop.html
   */
  crop: readFile<PictureRequest & { readonly ratios?: string }, CropResponse>('/cv/img/aicrop', [
    'img_url',
    'ratios',
  ]),
  /**
   * Reads the codes in a picture.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/openpoc/image/api_imgqrcode.html
   */
  readCodes: readFile<PictureRequest, CodesResponse>('/cv/img/qrcode', ['img_url']),
} as const;
