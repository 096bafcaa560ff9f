import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * What the store keeps of the secret of a link, a cookie or a page. Nobody guesses 32 random bytes, so a plain hash is enough, and a
 * reader of the store can open nothing with it.
 */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether a secret is the one of which there is a hash; in constant time. */
export function isSecretOf(secret: string, hash: string): boolean {
  const [given, expected] = [Buffer.from(hashOf(secret)), Buffer.from(hash)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
