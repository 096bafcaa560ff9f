import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../kernel/secret.ts';

/** Proves that a holder of the AppSecret wrote a value, and where it belongs. */
export interface Binder {
  mac(collection: string, id: string, value: unknown): string;
  isGood(collection: string, id: string, value: unknown, mac: string | undefined): boolean;
}

/**
 * HMAC-SHA256 under a key that only a holder of the AppSecret can derive. The account, the collection
 * and the id are in it, so that what was written in one place is worth nothing in another.
 */
export function createBinder({
  appid,
  appsecret,
}: {
  readonly appid: string;
  readonly appsecret: Secret;
}): Binder {
  let key: Buffer | undefined;
  const digest = (collection: string, id: string, value: unknown) => {
    key ??= Buffer.from(hkdfSync('sha256', appsecret.reveal(), appid, 'fuwuhao v1 bind', 32));
    return createHmac('sha256', key)
      .update(canonical([appid, collection, id, value]))
      .digest();
  };

  return {
    mac: (...place) => digest(...place).toString('base64url'),
    isGood(collection, id, value, mac) {
      const given = Buffer.from(mac ?? '', 'base64url');
      const expected = digest(collection, id, value);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** JSON whose fields are in order, so that it does not matter in which order a database gives them. */
function canonical(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, each: unknown) {
    // `toJSON` has made a text of a Date by now; the text alone could be anything.
    if (this[name] instanceof Date) return { $date: this[name].getTime() };
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
