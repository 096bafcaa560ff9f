import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../kernel/secret.ts';

/** 32 bytes in base64url, as `npm run invoke -- proxy-client add` makes them. */
export const SECRET_FORM = /^[A-Za-z0-9_-]{43}$/;

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** HMAC-SHA256 under the characters of the secret, as `openssl dgst -hmac` takes it; lower-case hex. */
export function hmac(secret: Secret, text: string): string {
  return createHmac('sha256', secret.reveal()).update(text).digest('hex');
}

export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** In constant time; both are hex of the same length by form. */
export function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

/**
 * The key that a client which cannot sign sends as its `access_token`. It is derived from the secret
 * and does not lead back to it: a reader of a gateway's log still cannot sign, nor open a token.
 */
export function staticKey(client: string, secret: Secret): string {
  return `fwh.${client}.${hmac(secret, 'fuwuhao v1 static key')}`;
}
