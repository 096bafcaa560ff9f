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
  apply: write<ItemCodeApplication, { readonly application_id: number } & Done>(
    '/intp/marketcode/applycode',
    { repeat: 'safe' },
  ),
  getApplication: readByPost<ItemCodeQuery, ItemCodeApplicationState>(
    '/intp/marketcode/applycodequery',
  ),
  /** `buffer` is base64 of an encrypted file. */
  download: readByPost<
    { readonly application_id: number } & ItemCodeRange,
    { readonly buffer: string } & Done
  >('/intp/marketcode/applycodedownload'),
  activate: write<{ readonly application_id: number } & ItemCodeRange & ItemCodeProduct>(
    '/intp/marketcode/codeactive',
    { repeat: 'safe' },
  ),
  get: readByPost<ItemCodeOne, ItemCode>('/intp/marketcode/codeactivequery'),
  /** Which code a follower scanned, by the ticket that the mini-program was opened with. */
  getByTicket: readByPost<{ readonly openid: string; readonly code_ticket: string }, ItemCode>(
    '/intp/marketcode/tickettocode',
  ),
} as const);
