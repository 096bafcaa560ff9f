import { randomBytes } from 'node:crypto';

/** Text as WeChat's ids look: letters, digits, `-` and `_`. */
export function randomId(chars: number): string {
  return randomBytes(chars).toString('base64url').slice(0, chars);
}
