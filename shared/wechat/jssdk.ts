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

/** How a page gives its address to the server that signs it. */
export const HOW_TO_ENCODE =
  "Send the address as encodeURIComponent(location.href.split('#')[0]) gives it.";

/** What no address is that a browser shows and WeChat signs, and where it comes from. */
const faults: readonly (readonly [found: RegExp, message: string])[] = [
  [/^(?!https?:\/\/[^\s/?#])/i, 'Only a page with an http or https address can be signed.'],
  [
    /&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/i,
    'The address holds an HTML entity such as &amp;, as it stands in the source of a page and not in the browser.',
  ],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a browser removes or encodes them
  [/[\s\u0000-\u001f]/, 'The address holds a blank, which a browser writes as %20.'],
  [/#/, 'The address has a fragment, the part from # on, which WeChat does not sign.'],
];

/**
 * Signs a page for the JS-SDK. The URL is the page's own, as the browser has it in
 * `location.href`, up to its `#`: for any other one `wx.config` says "invalid signature".
 * https://developers.weixin.qq.com/doc/service/guide/h5/jssdk.html
 *
 * @throws AppError `invalid` if no browser has a page with this URL.
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
  const { appid, ticket, nonce, now, url } = options;
  const fault = faults.find(([found]) => found.test(url));
  if (fault) throw new AppError('invalid', `${fault[1]} ${HOW_TO_ENCODE}`);
  const timestamp = Math.floor(now / 1000);
  // The page's own text, not encoded anew: WeChat signs what the browser shows.
  const text = `jsapi_ticket=${ticket.reveal()}&noncestr=${nonce}&timestamp=${timestamp}&url=${url}`;
  return { appId: appid, timestamp, nonceStr: nonce, signature: hash('sha1', text) };
}
