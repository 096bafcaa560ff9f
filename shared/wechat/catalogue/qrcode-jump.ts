import { type Done, readByPost, write } from './endpoint.ts';

export interface QrcodeJumpPrefix {
  /** The address in the QR code: `http://weixin.qq.com/q/…` for a code of the account. */
  readonly prefix: string;
}

interface Page {
  /** Of the mini-program, such as `pages/index/index`. */
  readonly path: string;
  /** 0 adds a rule, 1 changes one that is not published yet. */
  readonly is_edit: 0 | 1;
}

/** A code of the account itself opens a page of a mini-program that is linked to it. */
export interface AccountCodeRule extends QrcodeJumpPrefix, Page {
  /** Of the mini-program. */
  readonly appid: string;
}

/** Any other address opens a page. */
export interface LinkRule extends QrcodeJumpPrefix, Page {
  /** Whether longer addresses belong to this rule too: 1 no, 2 yes. */
  readonly permit_sub_rule: 1 | 2;
  /** Who sees it before it is published: 1 developers, 2 testers too, 3 everyone who may see the released version. */
  readonly open_version: 1 | 2 | 3;
  /** At most five. */
  readonly debug_url?: readonly string[];
}

/** Without fields: the rules of ordinary links. */
export type QrcodeJumpQuery =
  | { readonly appid?: never }
  /** The 10 000 newest. */
  | { readonly appid: string; readonly get_type?: 0 }
  /** At most 200 prefixes. */
  | { readonly appid: string; readonly get_type: 1; readonly prefix_list: readonly string[] }
  /** Pages from 1, of at most 200. */
  | {
      readonly appid: string;
      readonly get_type: 2;
      readonly page_num: number;
      readonly page_size: number;
    };

export interface QrcodeJumpRule extends QrcodeJumpPrefix {
  readonly path: string;
  /** 1 not published, 2 published. */
  readonly state: 1 | 2;
  /** Only of ordinary links. */
  readonly permit_sub_rule?: 1 | 2;
  readonly open_version?: 1 | 2 | 3;
  readonly debug_url?: readonly string[];
}

export interface QrcodeJumpRules extends Done {
  readonly rule_list: readonly QrcodeJumpRule[];
  readonly qrcodejump_open: 0 | 1;
  readonly list_size: number;
  /** How often a rule may still be published this month, of 100. */
  readonly qrcodejump_pub_quota: number;
  readonly total_count?: number;
}

export const qrcodeJump = {
  /**
   * Adds or changes a rule; nobody but testers sees it before `publish`.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumpadd.html
   */
  add: write<AccountCodeRule | LinkRule>('/cgi-bin/wxopen/qrcodejumpadd'),
  /**
   * The rules by which plain QR codes open a mini program.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumpget.html
   */
  list: readByPost<QrcodeJumpQuery, QrcodeJumpRules>('/cgi-bin/wxopen/qrcodejumpget'),
  /**
   * Lets everybody see a rule.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumppublish.html
   */
  publish: write<QrcodeJumpPrefix>('/cgi-bin/wxopen/qrcodejumppublish'),
  /**
   * Deletes a rule.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumpdelete.html
   */
  delete: write<QrcodeJumpPrefix & { readonly appid?: string }>(
    '/cgi-bin/wxopen/qrcodejumpdelete',
    {
      repeat: 'safe',
    },
  ),
} as const;
