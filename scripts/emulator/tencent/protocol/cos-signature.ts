import { createHash, createHmac } from 'node:crypto';
import type { Account } from '../account.ts';
import type { WireRequest } from './request.ts';

/**
 * Why COS would not believe the request, as its error code; undefined if it does.
 * https://cloud.tencent.com/document/product/436/7778
 */
export function doubtCos(
  request: WireRequest,
  account: Account,
  nowMs: number,
): string | undefined {
  const { headers, method, url } = request;
  const given = Object.fromEntries(
    (headers.authorization ?? '').split('&').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  if (given['q-sign-algorithm'] !== 'sha1' || !given['q-signature']) return 'AccessDenied';
  if (given['q-ak'] !== account.secretId) return 'InvalidAccessKeyId';
  if ((headers['x-cos-security-token'] ?? '') !== (account.sessionToken ?? '')) {
    return 'InvalidSecurity';
  }
  const [from = 0, until = 0] = (given['q-sign-time'] ?? '').split(';').map(Number);
  if (nowMs / 1000 < from - 60 || nowMs / 1000 > until) return 'RequestTimeTooSkewed';

  const [path = '/', query = ''] = url.split('?');
  const parameters = new Map(
    [...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]),
  );
  const list = (names = '') => names.split(';').filter(Boolean).map(decodeURIComponent);
  const text = [
    method.toLowerCase(),
    decodeURIComponent(path),
    pairs(list(given['q-url-param-list']), (name) => parameters.get(name)),
    pairs(list(given['q-header-list']), (name) => headers[name]),
    '',
  ].join('\n');
  const toSign = ['sha1', given['q-sign-time'], sha1(text), ''].join('\n');
  const key = hmac(account.secretKey, given['q-key-time'] ?? '');
  return hmac(key, toSign) === given['q-signature'] ? undefined : 'SignatureDoesNotMatch';
}

function pairs(names: readonly string[], find: (name: string) => string | undefined): string {
  return names.map((name) => `${encode(name).toLowerCase()}=${encode(find(name) ?? '')}`).join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function hmac(key: string, text: string): string {
  return createHmac('sha1', key).update(text).digest('hex');
}
