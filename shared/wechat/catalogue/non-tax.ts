import { appliedFor, type Done, type Download, readByPost, write } from './endpoint.ts';

export interface NonTaxItem {
  /** 1, 2, 3 … */
  readonly no: number;
  readonly item_id: string;
  readonly item_name: string;
  /** In fen, as are all amounts; `fee` includes the other two. */
  readonly overdue: number;
  readonly penalty?: number;
  readonly fee: number;
}

export interface NonTaxOffice {
  readonly department_code: string;
  readonly region_code: string;
  /** 1 ordinary, 2 a fine. */
  readonly payment_notice_type?: 1 | 2;
}

/** Either the number of a notice of payment or the caller's own. */
type NoticeOrOrder =
  | { readonly payment_notice_no: string; readonly order_no?: string }
  | { readonly order_no: string; readonly payment_notice_no?: never };

interface Notice {
  readonly fee: number;
  readonly items: readonly NonTaxItem[];
  readonly department_name: string;
  readonly user_name?: string;
  /** In seconds since the epoch. */
  readonly payment_notice_create_time: number;
  /** YYYYMMDD. */
  readonly payment_expire_date?: string;
}

interface Bank {
  readonly bank_id?: string;
  readonly bank_account?: string;
  readonly mch_id?: string;
}

export interface NonTaxFeeQuery extends NonTaxOffice {
  readonly appid: string;
  readonly service_id: number;
  readonly bank_id?: string;
  readonly payment_notice_no: string;
}

export interface NonTaxFee extends Done, NonTaxOffice, Notice {
  readonly payment_notice_no: string;
}

export type NonTaxOrderRequest = NonTaxOffice &
  Notice &
  Bank &
  NoticeOrOrder & {
    readonly appid: string;
    readonly service_id?: number;
    /** Who pays; not with MWEB. */
    readonly openid?: string;
    readonly desc: string;
    readonly return_url?: string;
    readonly ip: string;
    /** `ctiyservice` is WeChat's spelling. */
    readonly scene: 'biz' | 'ctiyservice' | 'miniprogram' | (string & {});
    readonly app_appid?: string;
    readonly trade_type?: 'JSAPI' | 'MWEB' | (string & {});
    readonly auto_call_pay?: boolean;
  };

export interface NonTaxOrderResponse extends Done {
  readonly order_id: string;
  /** The page to pay on. */
  readonly pay_url?: string;
  readonly miniprogram?: {
    readonly appid: string;
    readonly pagepath: string;
    readonly query_string: string;
    readonly business_type: string;
  };
}

export type NonTaxCodePayment = NonTaxOffice &
  Notice &
  Bank &
  NoticeOrOrder & {
    readonly appid: string;
    readonly desc: string;
    /** 18 digits that a follower shows, from 10 to 15. */
    readonly auth_code: string;
    /** Of an earlier try. */
    readonly order_id?: string;
  };

export interface NonTaxRefund {
  readonly appid: string;
  readonly order_id: string;
  readonly reason: string;
  /** Both only for a part. */
  readonly refund_fee?: number;
  readonly refund_out_id?: string;
}

interface PartialRefund {
  readonly refund_order_id: string;
  readonly refund_reason: string;
  readonly refund_fee: number;
  readonly refund_finish_time: number;
  readonly refund_out_id: string;
  /** 5 done, 6 under way. */
  readonly refund_status: 5 | 6;
}

export interface NonTaxOrder
  extends Done,
    NonTaxOffice,
    Omit<Notice, 'payment_notice_create_time'> {
  readonly appid: string;
  readonly openid: string;
  readonly order_id: string;
  readonly create_time: number;
  readonly pay_finish_time?: number;
  readonly desc: string;
  /** 1 yuan, 2 US dollars. */
  readonly fee_type: 1 | 2;
  readonly trans_id?: string;
  /** 1 not paid, 3 and 4 paid, 5 paid back, 6 being paid back, 12 closed unpaid. */
  readonly status: 1 | 3 | 4 | 5 | 6 | 12;
  readonly bank_id?: string;
  readonly bank_name?: string;
  readonly bank_account?: string;
  readonly refund_finish_time?: number;
  readonly refund_reason?: string;
  readonly refund_order_id?: string;
  readonly refund_out_id?: string;
  readonly payment_notice_no?: string;
  readonly payment_notice_create_time?: number;
  readonly order_no?: string;
  readonly bill_type_code?: string;
  readonly bill_no?: string;
  readonly payment_info_source?: 1 | 2;
  readonly partial_refund_info?: readonly PartialRefund[];
  readonly notify_history?: readonly {
    readonly appid: string;
    readonly name: string;
    readonly notify_cnt: number;
    readonly notify_detail: readonly {
      readonly notify_time: number;
      readonly ret: number;
      readonly ret_errmsg?: string;
      readonly cost_time: number;
      readonly wxnontaxstr: string;
      readonly status: number;
      readonly url?: string;
      readonly errcode: number;
      readonly errmsg: string;
      readonly third_resp?: string;
      readonly third_resp_data?: string;
    }[];
  }[];
  readonly scene?: string;
}

/** What WeChat is to send to an address, as it does after a payment. */
export interface NonTaxTest {
  readonly appid: string;
  readonly url: string;
  readonly version: number;
}

export interface BillPageRequest {
  readonly s_pappid: string;
  readonly order_id: string;
  readonly money: number;
  /** In seconds since the epoch. */
  readonly timestamp: number;
  readonly source: 'web' | 'app';
  readonly redirect_url?: string;
  /** Of type `wx_card`. */
  readonly ticket: string;
}

interface BillTemplate {
  readonly base_info: { readonly logo_url: string };
  readonly payee: string;
}

/** WeChat's table has the fields at the top, its sample below `invoice_info`. */
export type BillTemplateRequest = BillTemplate | { readonly invoice_info: BillTemplate };

export interface BillInsertion {
  readonly order_id: string;
  readonly card_id: string;
  readonly appid: string;
  readonly card_ext: {
    readonly nonce_str?: string;
    readonly user_card: {
      readonly invoice_user_data: {
        readonly fee: number;
        readonly title: string;
        /** In seconds since the epoch; WeChat's table has a number, its sample the digits as text. */
        readonly billing_time: number | string;
        readonly billing_no: string;
        readonly billing_code: string;
        /** Of `invoice.uploadPdf`. */
        readonly s_pdf_media_id: string;
      };
    };
  };
}

export const nonTax = appliedFor('非税缴费', {
  /**
   * What is to be paid.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxqueryfee.html
   */
  getFee: readByPost<NonTaxFeeQuery, NonTaxFee>('/nontax/queryfee'),
  /**
   * An order, to be paid by the visitor.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxunifiedorder.html
   */
  order: write<NonTaxOrderRequest, NonTaxOrderResponse>('/nontax/unifiedorder'),
  /**
   * Takes a payment by the code on a visitor's phone.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxmicropay.html
   */
  payByCode: write<NonTaxCodePayment, { readonly order_id: string } & Done>('/nontax/micropay'),
  /**
   * An order.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxgetorder.html
   */
  getOrder: readByPost<
    { readonly appid: string; readonly service_id?: number; readonly order_id: string },
    NonTaxOrder
  >('/nontax/getorder'),
  /**
   * The orders of a notice.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxgetorderlist.html
   */
  listOrders: readByPost<
    Omit<NonTaxOffice, 'payment_notice_type'> & {
      readonly appid: string;
      readonly payment_notice_no?: string;
      readonly order_no?: string;
    },
    { readonly order_id_list: readonly string[]; readonly paid_order_id?: string } & Done
  >('/nontax/getorderlist'),
  /**
   * Pays an order back.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxrefund.html
   */
  refund: write<NonTaxRefund, { readonly refund_order_id: string } & Done>('/nontax/refund'),
  /**
   * The orders of a day: one line for each, with commas between.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxdownloadbill.html
   */
  downloadStatement: readByPost<
    {
      readonly appid: string;
      readonly mch_id: string;
      /** YYYYMMDD. */
      readonly bill_date: string;
      readonly bill_type?: 'ALL' | 'SUCCESS' | 'REFUND';
    },
    Download
  >('/nontax/downloadbill', { answer: 'binary' }),
  /**
   * Says that an order is not as it is known here.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxnotifyinconsistentorder.html
   */
  reportMismatch: write<{ readonly appid: string; readonly order_id: string }>(
    '/nontax/notifyinconsistentorder',
    { repeat: 'safe' },
  ),
  /**
   * Has WeChat send a notification of a payment, to try it.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxmocknotification.html
   */
  testNotification: write<NonTaxTest>('/nontax/mocknotification', { repeat: 'safe' }),
  /**
   * Has WeChat ask for a fee, to try it.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxmockqueryfee.html
   */
  testFeeQuery: write<NonTaxTest>('/nontax/mockqueryfee', { repeat: 'safe' }),

  /**
   * A template of electronic bills (财政电子票据).
   *
   * @see https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/Nontax_Bill/API_list.html
   */
  createBillTemplate: write<BillTemplateRequest, { readonly card_id: string } & Done>(
    '/nontax/createbillcard',
  ),
  /**
   * The page on which a visitor takes a bill.
   *
   * @see https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/Nontax_Bill/API_list.html
   */
  getBillPageUrl: readByPost<
    BillPageRequest,
    { readonly auth_url: string; readonly expire_time: number } & Done
  >('/nontax/getbillauthurl'),
  /**
   * Puts a bill into the cards of a follower.
   *
   * @see https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/Nontax_Bill/API_list.html
   */
  insertBill: write<
    BillInsertion,
    { readonly code: string; readonly openid: string; readonly unionid?: string } & Done
  >('/nontax/insertbill'),
} as const);
