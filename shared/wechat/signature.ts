import { hash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../kernel/secret.ts';

/**
 * WeChat's signature: the parts sorted as plain strings, joined, SHA-1, lower-case hex. A push signs
 * (token, timestamp, nonce); `msg_signature` signs the ciphertext too.
 * https://developers.weixin.qq.com/doc/service/guide/dev/push/
 */
export function sign(token: Secret, ...parts: readonly string[]): string {
  return hash('sha1', sorted([token.reveal(), ...parts]).join(''));
}

/** Sorts a list in its place, by insertion: for so few parts `sort` costs a kilobyte of garbage. */
function sorted(parts: string[]): readonly string[] {
  for (let next = 1; next < parts.length; next += 1) {
    const part = parts[next] ?? '';
    let place = next;
    for (; place > 0 && (parts[place - 1] ?? '') > part; place -= 1) {
      parts[place] = parts[place - 1] ?? '';
    }
    parts[place] = part;
  }
  return parts;
}

/** Compares in constant time. A missing signature is a wrong one. */
export function isSignature(expected: string, given: string | undefined): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given ?? '');
  return left.length === right.length && timingSafeEqual(left, right);
}
