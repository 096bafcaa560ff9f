import { read } from './endpoint.ts';

export interface PublisherRequest {
  readonly action: 'publisher_adpos_general' | 'publisher_cps_general' | 'publisher_settlement';
  readonly page: number;
  readonly page_size: number;
  /** `YYYY-MM-DD`. */
  readonly start_date: string;
  readonly end_date: string;
  readonly ad_slot?: string;
}

export interface PublisherResponse {
  /** This area reports its errors here. */
  readonly base_resp: { readonly ret: number; readonly err_msg: string };
  readonly list?: readonly { readonly [figure: string]: unknown }[];
  readonly settlement_list?: readonly { readonly [figure: string]: unknown }[];
  readonly summary?: { readonly [figure: string]: unknown };
  readonly total_num?: number;
  /** Only of settlements, as are the three sums; amounts are in fen. */
  readonly body?: string;
  readonly penalty_all?: number;
  readonly revenue_all?: number;
  readonly settled_revenue_all?: number;
}

export const publisher = {
  /**
   * Income from advertisements.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  getStat: read<PublisherRequest, PublisherResponse>('/publisher/stat'),
} as const;
