import { appliedFor, type Done, readByPost, type Upload, upload, write } from './endpoint.ts';

/** 0 no, 1 yes. */
type Flag = 0 | 1;

interface CustomField {
  readonly key: string;
  readonly is_require?: Flag;
  readonly notice?: string;
}

/** What the page asks of the follower. */
export interface InvoicePageFields {
  /** For an invoice to a person. */
  readonly user_field: {
    readonly show_title?: Flag;
    readonly show_phone?: Flag;
    readonly show_email?: Flag;
    readonly require_phone?: Flag;
    readonly require_email?: Flag;
    readonly custom_field?: readonly CustomField[];
  };
  /** For an invoice to a company. */
  readonly biz_field: {
    readonly show_title?: Flag;
    readonly show_tax_no?: Flag;
    readonly show_addr?: Flag;
    readonly show_phone?: Flag;
    readonly show_bank_type?: Flag;
    readonly show_bank_no?: Flag;
    readonly require_tax_no?: Flag;
    readonly require_addr?: Flag;
    readonly require_phone?: Flag;
    readonly require_bank_type?: Flag;
    readonly require_bank_no?: Flag;
    readonly custom_field?: readonly CustomField[];
  };
}

/** Which invoicing platform serves a merchant of WeChat Pay. */
export interface InvoiceMerchant {
  readonly mchid: string;
  readonly s_pappid: string;
}

export interface InvoiceContact {
  /** In seconds: when the follower is told to call. */
  readonly time_out: number;
  readonly phone: string;
}

export type InvoiceSettingsRequest =
  | { readonly action: 'get_auth_field' | 'get_pay_mch' | 'get_contact' }
  | { readonly action: 'set_auth_field'; readonly auth_field: InvoicePageFields }
  | { readonly action: 'set_pay_mch'; readonly paymch_info: InvoiceMerchant }
  | { readonly action: 'set_contact'; readonly contact: InvoiceContact };

/** The one that was asked for. */
export interface InvoiceSettings extends Done {
  readonly auth_field?: InvoicePageFields;
  readonly paymch_info?: InvoiceMerchant;
  readonly contact?: InvoiceContact;
}

/** An order of a merchant, at an invoicing platform. */
export interface InvoiceOrder {
  readonly s_pappid: string;
  readonly order_id: string;
}

export interface InvoicePageRequest extends InvoiceOrder {
  /** In fen. */
  readonly money: number;
  /** In seconds since the epoch. */
  readonly timestamp: number;
  readonly source: 'app' | 'web' | 'wxa' | 'wap';
  readonly redirect_url?: string;
  /** Of type `wx_card`. */
  readonly ticket: string;
  /** 0 asks for an invoice, 1 with fields to fill in, 2 takes one that is made. */
  readonly type: 0 | 1 | 2;
}

export interface InvoiceAuthorization extends Done {
  /** Such as `auth success`. */
  readonly invoice_status: string;
  /** In seconds since the epoch. */
  readonly auth_time: number;
  readonly user_auth_info?: {
    readonly user_field?: Readonly<Record<string, unknown>>;
    readonly biz_field?: Readonly<Record<string, unknown>>;
  };
}

export interface InvoiceRefusal extends InvoiceOrder {
  /** The follower reads it. */
  readonly reason: string;
  readonly url?: string;
}

export interface InvoiceTemplate {
  readonly invoice_info: {
    readonly base_info: {
      readonly logo_url: string;
      /** At most nine Chinese characters. */
      readonly title: string;
      readonly custom_url_name?: string;
      readonly custom_url?: string;
      readonly custom_url_sub_title?: string;
      readonly promotion_url_name?: string;
      readonly promotion_url?: string;
      readonly promotion_url_sub_title?: string;
    };
    readonly payee: string;
    readonly type: string;
  };
}

interface InvoiceFace {
  /** In fen, as are the other amounts. */
  readonly fee: number;
  readonly title: string;
  /** In seconds since the epoch. */
  readonly billing_time: number;
  readonly billing_no: string;
  readonly billing_code: string;
  readonly info?: readonly {
    readonly name: string;
    readonly num?: number;
    readonly unit?: string;
    readonly price: number;
  }[];
  readonly fee_without_tax: number;
  readonly tax: number;
  /** Missing on fully digital invoices (数电票), which have none. */
  readonly check_code?: string;
  readonly buyer_number?: string;
  readonly buyer_address_and_phone?: string;
  readonly buyer_bank_account?: string;
  readonly seller_number?: string;
  readonly seller_address_and_phone?: string;
  readonly seller_bank_account?: string;
  readonly remarks?: string;
  readonly cashier?: string;
  readonly maker?: string;
}

export interface InvoiceInsertion {
  readonly order_id: string;
  readonly card_id: string;
  readonly appid: string;
  readonly card_ext: {
    readonly nonce_str: string;
    readonly user_card: {
      readonly invoice_user_data: Omit<InvoiceFace, 'billing_time'> & {
        /** In seconds since the epoch; WeChat's own sample writes a text. */
        readonly billing_time: number | string;
        /** Of `uploadPdf`. */
        readonly s_pdf_media_id: string;
        readonly s_trip_pdf_media_id?: string;
      };
    };
  };
}

/** An invoice as it lies in a follower's cards. */
export interface InsertedInvoice extends Done {
  readonly code: string;
  readonly openid: string;
  readonly unionid?: string;
}

export type ReimburseStatus =
  | 'INVOICE_REIMBURSE_INIT'
  | 'INVOICE_REIMBURSE_LOCK'
  | 'INVOICE_REIMBURSE_CLOSURE'
  /** Only of the platform: the invoice was reversed. */
  | 'INVOICE_REIMBURSE_CANCEL';

/** What the page for choosing invoices gives out. */
export interface InvoiceKey {
  readonly card_id: string;
  readonly encrypt_code: string;
}

export interface Invoice {
  readonly card_id: string;
  /** In seconds since the epoch. */
  readonly begin_time?: number;
  readonly end_time?: number;
  /** Of the card, such as `EXPIRE`. */
  readonly user_card_status?: string;
  readonly openid: string;
  readonly type: string;
  readonly payee: string;
  readonly detail: string;
  readonly user_info: InvoiceFace & {
    readonly pdf_url: string;
    readonly trip_pdf_url?: string;
    readonly reimburse_status: ReimburseStatus;
    readonly order_id?: string;
  };
}

/** What a company is called on its invoices. */
export interface InvoiceTitle {
  readonly title: string;
  /** Digits and hyphens. */
  readonly phone?: string;
  /** 15 to 20 digits and letters. */
  readonly tax_no?: string;
  readonly addr?: string;
  readonly bank_type?: string;
  readonly bank_no?: string;
}

export type InvoiceTitleRequest = { readonly out_title_id?: string } & (
  | ({ readonly user_fill?: 0 } & InvoiceTitle)
  /** The follower fills it in. */
  | ({ readonly user_fill: 1 } & Partial<InvoiceTitle>)
);

export interface InvoiceLink extends Done {
  readonly url: string;
}

/** What a platform that issues invoices calls; the rest is for every account. */
const platform = appliedFor('电子发票开票平台', {
  /**
   * A template of invoices.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_invoiceplatformcreatecard.html
   */
  createTemplate: write<InvoiceTemplate, { readonly card_id: string } & Done>(
    '/card/invoice/platform/createcard',
  ),
  /**
   * The file of an invoice, good for three days unless an invoice uses it.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoiceplatformsetpdf.html
   */
  uploadPdf: upload<{ readonly pdf: Upload }, { readonly s_media_id: string } & Done>(
    '/card/invoice/platform/setpdf',
    { repeat: 'safe' },
  ),
  /**
   * The address of such a file, good for two hours.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoiceplatformgetpdf.html
   */
  getPdf: readByPost<
    { readonly action: 'get_url'; readonly s_media_id: string },
    { readonly pdf_url: string; readonly pdf_url_expire_time: number } & Done
  >('/card/invoice/platform/getpdf'),
  /**
   * Says that an invoice was paid back, or is void.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoicekpupdatainvoicestatus.html
   */
  setStatus: write<{
    readonly card_id: string;
    readonly code: string;
    readonly reimburse_status: ReimburseStatus;
  }>('/card/invoice/platform/updatestatus', { repeat: 'safe' }),
} as const);

export const invoice = {
  ...platform,
  /**
   * Reads or sets, by `action`.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr.html
   */
  settings: write<InvoiceSettingsRequest, InvoiceSettings>('/card/invoice/setbizattr', {
    query: ['action'],
    repeat: 'safe',
  }),
  /**
   * `s_pappid`, the name of this account as a platform, is in the address.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_setinvoiceurl.html
   */
  getPlatformUrl: readByPost<Record<string, never>, { readonly invoice_url: string } & Done>(
    '/card/invoice/seturl',
  ),
  /**
   * The page on which a follower asks for an invoice.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizgetauthurl.html
   */
  getPageUrl: readByPost<
    InvoicePageRequest,
    { readonly auth_url: string; readonly appid?: string } & Done
  >('/card/invoice/getauthurl'),
  /**
   * Whether a follower has asked for the invoice of an order.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoicebizgetauthdata.html
   */
  getAuthorization: readByPost<InvoiceOrder, InvoiceAuthorization>('/card/invoice/getauthdata'),
  /**
   * Refuses an invoice, for good: another invoice needs another order.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoicebizrejectinsert.html
   */
  refuse: write<InvoiceRefusal>('/card/invoice/rejectinsert', { repeat: 'safe' }),
  /**
   * Puts an invoice into the cards of the follower who asked for it.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_insertinvoice.html
   */
  insert: write<InvoiceInsertion, InsertedInvoice>('/card/invoice/insert'),

  /**
   * An invoice that a follower hands in.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxgetinvoice.html
   */
  get: readByPost<InvoiceKey, Invoice & Done>('/card/invoice/reimburse/getinvoiceinfo'),
  /**
   * Several of them.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicereimbursegetinvoicebatch.html
   */
  getMany: readByPost<
    { readonly item_list: readonly InvoiceKey[] },
    { readonly item_list: readonly Invoice[] } & Done
  >('/card/invoice/reimburse/getinvoicebatch'),
  /**
   * Locks, unlocks or closes an invoice.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxupdatainvoicestatus.html
   */
  setReimburseStatus: write<InvoiceKey & { readonly reimburse_status: ReimburseStatus }>(
    '/card/invoice/reimburse/updateinvoicestatus',
    { repeat: 'safe' },
  ),
  /**
   * The same with several: all of them or none.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicereimburseupdatestatusbatch.html
   */
  setReimburseStatuses: write<{
    readonly openid: string;
    readonly reimburse_status: ReimburseStatus;
    readonly invoice_list: readonly InvoiceKey[];
  }>('/card/invoice/reimburse/updatestatusbatch', { repeat: 'safe' }),

  /**
   * A page on which a follower keeps a title.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicebizgetusertitleurl.html
   */
  getTitleUrl: readByPost<InvoiceTitleRequest, InvoiceLink>('/card/invoice/biz/getusertitleurl'),
  /**
   * A page on which a follower chooses a title for this merchant, as a QR code.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicebizgetselecttitleurl.html
   */
  getTitleChoiceUrl: readByPost<
    { readonly attach?: string; readonly biz_name?: string },
    InvoiceLink
  >('/card/invoice/biz/getselecttitleurl'),
  /**
   * The title in a follower's QR code.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicescantitle.html
   */
  readTitle: readByPost<
    { readonly scan_text: string },
    { /** 0 a company, 1 a person. */ readonly title_type: 0 | 1 } & InvoiceTitle & Done
  >('/card/invoice/scantitle'),
} as const;
