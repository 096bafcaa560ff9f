import { hash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../kernel/secret.ts';
import { sortTexts } from '../kernel/sort-texts.ts';

/**
 * WeChat's signature: the parts sorted as plain strings, joined, SHA-1, lower-case hex. A push signs
 * (token, timestamp, nonce); `msg_signature` signs the ciphertext too.
 * https://developers.weixin.qq.com/doc/service/guide/dev/push/
 */
export function sign(token: Secret, timestamp: string, nonce: string, encrypted?: string): string {
  const own = token.reveal();
  const texts =
    encrypted === undefined ? [own, timestamp, nonce] : [own, timestamp, nonce, encrypted];
  sortTexts(texts);
  let length = 0;
  for (const text of texts) length += text.length;
  if (length <= SHORT || length * MOST_BYTES > joined.length) return hash('sha1', texts.join(''));
  let bytes = 0;
  for (const text of texts) bytes += joined.write(text, bytes);
  return hash('sha1', joined.subarray(0, bytes));
}

/** Up to this length it costs less to join texts than to write each of them into the buffer. */
const SHORT = 256;
/** Of one code unit in UTF-8. */
const MOST_BYTES = 3;
/** Where the parts of a usual push are joined: as a text they would be as much garbage as the push. */
const joined = Buffer.alloc(8_192);

/** Compares in constant time. A missing signature is a wrong one. */
export function isSignature(expected: string, given: string | undefined): boolean {
  if (given?.length !== HEX_LENGTH) return false;
  // Both are filled to the end, so that nothing of an earlier comparison counts. A character that is not
  // ASCII has bytes that no digit has.
  return fills(left, expected) && fills(right, given) && timingSafeEqual(left, right);
}

/** A SHA-1 in hexadecimal digits. */
const HEX_LENGTH = 40;
const left = Buffer.alloc(HEX_LENGTH);
const right = Buffer.alloc(HEX_LENGTH);

const fills = (buffer: Buffer, text: string): boolean => buffer.write(text) === buffer.length;
