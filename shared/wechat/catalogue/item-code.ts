import { appliedFor, type Done, readByPost, write } from './endpoint.ts';

export interface ItemCodeApplication {
  /** 10 000 to 20 000 000, whole ten thousands. */
  readonly code_count: number;
  /** The caller's own number: the same one is the same application. At most 128 characters. */
  readonly isv_application_id: string;
}

export type ItemCodeQuery =
  | { readonly application_id: number }
  | { readonly isv_application_id: string };

/** From `code_start` to `code_end`, both included, counted from 0. */
export interface ItemCodeRange {
  readonly code_start: number;
  readonly code_end: number;
}

export interface ItemCodeApplicationState extends Done {
  readonly status: 'INIT' | 'MAKING' | 'FINISH' | (string & {});
  /** WeChat's table has both numbers and both times, its sample has none of them. */
  readonly application_id?: number;
  readonly isv_application_id?: string;
  /** In parts of at most a million. */
  readonly code_generate_list: readonly ItemCodeRange[];
  /** In seconds since the epoch. */
  readonly create_time?: number;
  readonly update_time?: number;
}

export interface ItemCodeProduct {
  readonly activity_name: string;
  readonly product_brand: string;
  readonly product_title: string;
  /** Its EAN. */
  readonly product_code: string;
  /** The mini-program that a scan opens, and its page. */
  readonly wxa_appid: string;
  readonly wxa_path: string;
  /** 0 the released version, 1 developers', 2 testers'. */
  readonly wxa_type?: 0 | 1 | 2;
}

export type ItemCodeOne =
  | { readonly application_id: number; readonly code_index: number }
  /** The 28 characters in the picture. */
  | { readonly code_url: string }
  /** The nine characters behind it. */
  | { readonly code: string };

export interface ItemCode extends Done, ItemCodeRange, Omit<ItemCodeProduct, 'product_code'> {
  readonly code: string;
  readonly application_id: number;
  readonly isv_application_id: string;
  readonly product_code?: string;
}

export const itemCode = appliedFor('一物一码', {
  /**
   * Asks for codes.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/onecode/api_intp_marketcode_applycode.html
   */
  apply: write<ItemCodeApplication, { readonly application_id: number } & Done>(
    '/intp/marketcode/applycode',
    { repeat: 'safe' },
  ),
  /**
   * How far that is.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/onecode/api_intp_marketcode_applycodequery.html
   */
  getApplication: readByPost<ItemCodeQuery, ItemCodeApplicationState>(
    '/intp/marketcode/applycodequery',
  ),
  /**
   * The codes; `buffer` is base64 of an encrypted file.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  download: readByPost<
    { readonly application_id: number } & ItemCodeRange,
    { readonly buffer: string } & Done
  >('/intp/marketcode/applycodedownload'),
  /**
   * Gives codes to a product.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  activate: write<{ readonly application_id: number } & ItemCodeRange & ItemCodeProduct>(
    '/intp/marketcode/codeactive',
    { repeat: 'safe' },
  ),
  /**
   * What a code belongs to.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  get: readByPost<ItemCodeOne, ItemCode>('/intp/marketcode/codeactivequery'),
  /**
   * Which code a follower scanned, by the ticket that the mini-program was opened with.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  getByTicket: readByPost<{ readonly openid: string; readonly code_ticket: string }, ItemCode>(
    '/intp/marketcode/tickettocode',
  ),
} as const);
