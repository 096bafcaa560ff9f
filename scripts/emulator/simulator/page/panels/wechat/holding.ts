import type { HoldingsAnswer } from '../../../../wechat/control/holdings.ts';
import type { Word } from '../../words.ts';

/** A call of the control API: `['POST', '/wechat/console', {…}]`. */
export type Order = readonly [method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown];

/** One thing that WeChat holds, as a row shows it. */
export interface Holding {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** All that there is of it. */
  readonly whole: unknown;
  /** The file of a picture. */
  readonly mediaId?: string;
  /** What a QR code says. */
  readonly code?: string;
  /** Missing where WeChat lets nobody delete it. */
  readonly remove?: Order;
}

/** How one more is made: from a few fields, from JSON, or from a file. */
export type Maker =
  | {
      readonly by: 'fields';
      readonly fields: readonly Field[];
      readonly order: (values: Readonly<Record<string, string>>) => Order;
    }
  | { readonly by: 'json'; readonly example: object; readonly order: (value: unknown) => Order }
  | { readonly by: 'file' };

export interface Field {
  readonly name: string;
  readonly word: Word;
  readonly isOptional?: boolean;
  readonly isNumber?: boolean;
}

/** One kind of what WeChat holds. */
export interface Kind {
  readonly word: Word;
  readonly list: (held: HoldingsAnswer) => readonly Holding[];
  readonly maker: Maker;
}

/** What the administrator clicks together in WeChat's console: an endpoint of the API with its checks. */
export function click(endpoint: string, request?: object): Order {
  return ['POST', '/wechat/console', { endpoint, ...(request ? { request } : {}) }];
}
