import { hash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../kernel/secret.ts';
import { sortTexts } from '../kernel/sort-texts.ts';

/**
 * WeChat's signature: the parts sorted as plain strings, joined, SHA-1, lower-case hex. A push signs
 * (token, timestamp, nonce); `msg_signature` signs the ciphertext too.
 * https://developers.weixin.qq.com/doc/service/guide/dev/push/
 */
export function sign(token: Secret, ...parts: string[]): string {
  return hash('sha1', sortTexts(parts.concat(token.reveal())).join(''));
}

/** Compares in constant time. A missing signature is a wrong one. */
export function isSignature(expected: string, given: string | undefined): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given ?? '');
  return left.length === right.length && timingSafeEqual(left, right);
}
