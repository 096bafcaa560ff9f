import { hash } from 'node:crypto';
import { AppError } from '../kernel/errors.ts';
import type { Secret } from '../kernel/secret.ts';

/** The fields that a page passes to `wx.config`, beside `jsApiList`. */
export interface PageSignature {
  readonly appId: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly nonceStr: string;
  readonly signature: string;
}

/**
 * Signs a page for the JS-SDK. The URL is the page's own, as the browser has it in
 * `location.href`; the part from `#` on is not signed.
 * https://developers.weixin.qq.com/doc/service/guide/h5/jssdk.html
 *
 * @throws AppError `invalid` if the URL is not the address of a web page.
 */
export function signPage(options: {
  readonly appid: string;
  readonly ticket: Secret;
  readonly url: string;
  /** Any text; a new one for each page. */
  readonly nonce: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}): PageSignature {
  const { appid, ticket, nonce, now } = options;
  const url = options.url.replace(/#.*$/s, '');
  if (!/^https?:\/\/[^\s/]/.test(url)) {
    throw new AppError('invalid', 'Only a page with an http or https address can be signed.');
  }
  const timestamp = Math.floor(now / 1000);
  // The page's own text, not encoded anew: WeChat signs what the browser shows.
  const text = `jsapi_ticket=${ticket.reveal()}&noncestr=${nonce}&timestamp=${timestamp}&url=${url}`;
  return { appId: appid, timestamp, nonceStr: nonce, signature: hash('sha1', text) };
}
