import type { NonTaxFee, NonTaxItem } from '../../../../shared/wechat/catalogue/non-tax.ts';
import { secondsOf } from './calendar.ts';
import { randomId } from './random-id.ts';
import type { Storage } from './storage.ts';

/** What was to be paid, as the caller wrote it. */
export interface NonTaxTerms {
  readonly appid: string;
  readonly openid: string;
  readonly desc: string;
  readonly fee: number;
  readonly items: readonly NonTaxItem[];
  readonly department_code: string;
  readonly department_name: string;
  readonly region_code: string;
  readonly payment_notice_create_time: number;
  readonly payment_notice_no?: string;
  readonly order_no?: string;
  readonly scene: string;
  readonly mch_id?: string;
}

export interface NonTaxRefundRecord {
  readonly refund_order_id: string;
  readonly refund_reason: string;
  readonly refund_fee: number;
  /** Seconds since the epoch. */
  readonly refund_finish_time: number;
  readonly refund_out_id: string;
}

export interface NonTaxOrderRecord {
  readonly orderId: string;
  readonly terms: NonTaxTerms;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly paidAt?: number;
  readonly refunds: readonly NonTaxRefundRecord[];
  readonly isMismatch?: boolean;
}

/** Notices of payment that authorities wrote, and the orders to pay them. */
export function createNonTaxOrders(storage: Storage, now: () => number) {
  const section = storage.section('non-tax', () => ({
    notices: [] as NonTaxFee[],
    orders: [] as NonTaxOrderRecord[],
  }));
  const find = (orderId: string) =>
    section.read().orders.find((order) => order.orderId === orderId);

  return {
    addNotice(notice: NonTaxFee): void {
      section.update(({ notices }) => notices.push(notice));
    },
    findNotice: (number: string, departmentCode: string) =>
      section
        .read()
        .notices.find(
          (notice) =>
            notice.payment_notice_no === number && notice.department_code === departmentCode,
        ),
    add(terms: NonTaxTerms): NonTaxOrderRecord {
      const order: NonTaxOrderRecord = {
        orderId: randomId(28),
        terms,
        createdAt: secondsOf(now()),
        refunds: [],
      };
      section.update(({ orders }) => orders.push(order));
      return order;
    },
    find,
    list: (): readonly NonTaxOrderRecord[] => section.read().orders,
    pay(order: NonTaxOrderRecord, openid = order.terms.openid): void {
      const terms = { ...order.terms, openid };
      change(order, { terms, paidAt: secondsOf(now()) });
    },
    refund(order: NonTaxOrderRecord, refund: Omit<NonTaxRefundRecord, 'refund_finish_time'>): void {
      const done = { ...refund, refund_finish_time: secondsOf(now()) };
      change(order, { refunds: [...order.refunds, done] });
    },
    reportMismatch: (order: NonTaxOrderRecord) => change(order, { isMismatch: true }),
  };

  function change({ orderId }: NonTaxOrderRecord, fields: Partial<NonTaxOrderRecord>): void {
    section.update((state) => {
      state.orders = state.orders.map((order) =>
        order.orderId === orderId ? { ...order, ...fields } : order,
      );
    });
  }
}

export type NonTaxOrders = ReturnType<typeof createNonTaxOrders>;

/** What may still be paid back, in fen. */
export function unrefunded({ terms, refunds }: NonTaxOrderRecord): number {
  return refunds.reduce((left, { refund_fee: fee }) => left - fee, terms.fee);
}
