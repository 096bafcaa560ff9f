import { AppError } from '../kernel/errors.ts';
import type { Auth } from './catalogue/endpoint.ts';
import { type Errcode, type ErrcodeClass, KEYS_PAGE } from './errcode-class.ts';

const RID = /[,\s]*\brid:\s*([0-9a-f-]+)/i;
/** The account may not call the endpoint, in general, and in the words of stores and of invoices. */
const unauthorized: ReadonlySet<number> = new Set([48_001, 43_104, 72_015]);
const REFUSED_IP = /invalid ip ([^ ,]+)/;

/**
 * An openid has 28 characters of this alphabet, an access_token or a media id more; no word that
 * WeChat writes in an errmsg has as many as 24.
 */
const ID_LIKE = /[\w-]{24,}/g;

/** WeChat's id of a failed call, which it appends to its errmsg. */
export const ridIn = (errmsg: string): string | undefined => RID.exec(errmsg)?.[1];

/** An errcode, and the call that it answers. */
export interface WeChatAnswer {
  /** A catalogue name, or method and path. */
  readonly endpoint: string;
  readonly errcode: number;
  readonly errmsg: string;
  readonly auth?: Auth;
  /** What an account must have applied for before WeChat carries out this endpoint. */
  readonly application?: string;
}

/**
 * WeChat answered with an errcode. The `code` is `rate_limited` when a later call may succeed as it
 * is (an allowance used up, or calls too fast), else `upstream`. Nothing in it names a follower.
 */
export class WeChatError extends AppError {
  override readonly name = 'WeChatError';
  readonly endpoint: string;
  readonly errcode: number;
  /** WeChat's own words, without the rid and without anything that looks like an id or a token. */
  readonly errmsg: string;
  readonly class: ErrcodeClass;
  readonly meaning: string;
  readonly advice: string;
  /** WeChat's id of the failed call; `openapi.getRid` tells more for seven days. */
  readonly rid: string | undefined;
  /** A repeat makes no sense before this. */
  readonly waitMs: number;
  readonly #explained: Errcode;

  /** Made by `weChatError`: accounts that catch it do without the table of all errcodes. */
  constructor({ endpoint, errcode, errmsg, application }: WeChatAnswer, explained: Errcode) {
    const rid = ridIn(errmsg);
    const text = errmsg.replace(RID, '').replace(ID_LIKE, '[masked]').trim();
    const ip = REFUSED_IP.exec(text)?.[1];
    const advice = ip
      ? `Add ${ip} to the IP whitelist (API IP白名单) on ${KEYS_PAGE}.`
      : application && unauthorized.has(errcode)
        ? `This endpoint is for accounts that have applied for it at WeChat: ${application}.`
        : explained.advice;
    const isLimited = explained.class === 'quota' || explained.waitMs !== undefined;
    super(
      isLimited ? 'rate_limited' : 'upstream',
      `${endpoint}: WeChat answered ${errcode} "${text}", that is: ${explained.meaning}. ${advice}${rid ? ` (rid ${rid})` : ''}`,
      { details: { endpoint, errcode, class: explained.class, advice, rid, ip } },
    );
    this.endpoint = endpoint;
    this.errcode = errcode;
    this.errmsg = text;
    this.class = explained.class;
    this.meaning = explained.meaning;
    this.advice = advice;
    this.rid = rid;
    this.waitMs = explained.waitMs ?? 0;
    this.#explained = explained;
  }

  /** The same refusal, for an account that must do something else about it. */
  withAdvice(advice: string): WeChatError {
    const { endpoint, errcode, rid } = this;
    const errmsg = rid ? `${this.errmsg} rid: ${rid}` : this.errmsg;
    return new WeChatError({ endpoint, errcode, errmsg }, { ...this.#explained, advice });
  }
}
