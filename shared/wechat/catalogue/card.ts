import { type Done, readByPost } from './endpoint.ts';

export interface CardId {
  readonly card_id: string;
}

export type CardKind =
  | 'groupon'
  | 'cash'
  | 'discount'
  | 'gift'
  | 'general_coupon'
  | 'member_card'
  | 'scenic_ticket'
  | 'movie_ticket'
  | 'boarding_pass'
  | 'meeting_ticket'
  | 'bus_ticket';

/** What all kinds of cards have; each has more fields of its own. */
export interface CardBase {
  readonly id: string;
  readonly title: string;
  readonly brand_name: string;
  readonly logo_url: string;
  readonly status:
    | 'CARD_STATUS_NOT_VERIFY'
    | 'CARD_STATUS_VERIFY_FAIL'
    | 'CARD_STATUS_VERIFY_OK'
    | 'CARD_STATUS_DELETE'
    | 'CARD_STATUS_DISPATCH';
  readonly sku: { readonly quantity: number; readonly total_quantity?: number };
  readonly code_type?: string;
  readonly color?: string;
  readonly notice?: string;
  readonly description?: string;
  readonly date_info?: {
    readonly type: string;
    readonly begin_timestamp?: number;
    readonly end_timestamp?: number;
    readonly fixed_term?: number;
    readonly fixed_begin_term?: number;
  };
  readonly location_id_list?: readonly number[];
  readonly get_limit?: number;
  readonly can_share?: boolean;
  readonly can_give_friend?: boolean;
  /** In seconds since the epoch. */
  readonly create_time?: number;
  readonly update_time?: number;
}

/** The kind in capitals, and what the card says in a field by its kind. */
export type Card = {
  readonly card_type: Uppercase<CardKind>;
} & {
  readonly [Kind in CardKind]?: {
    readonly base_info: CardBase;
    /** And what only this kind of card says. */
    readonly [field: string]: unknown;
  };
};

export const card = {
  /**
   * A card or coupon (卡券) of the account: what it says, and whether it has passed its check.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/
   */
  get: readByPost<CardId, { readonly card: Card } & Done>('/card/get', { unlisted: true }),
} as const;
