import { hkdfSync, timingSafeEqual } from 'node:crypto';
import type { AccountKey } from '../kernel/account-key.ts';
import { HmacSha256 } from '../kernel/hmac.ts';

/** Proves that a holder of the AppSecret wrote a value, and where it belongs. */
export interface Binder {
  mac(collection: string, id: string, value: unknown): string;
  isGood(collection: string, id: string, value: unknown, mac: string | undefined): boolean;
}

/**
 * HMAC-SHA256 under a key that only a holder of the AppSecret can derive. The account, the collection
 * and the id are in it, so that what was written in one place is worth nothing in another.
 */
export function createBinder({ appid, key: secret }: AccountKey): Binder {
  let hmac: HmacSha256 | undefined;
  const macOf = (collection: string, id: string, value: unknown) => {
    hmac ??= new HmacSha256(
      new Uint8Array(hkdfSync('sha256', secret.reveal(), appid, 'fuwuhao v1 bind', 32)),
    );
    return hmac.digest(canonical([appid, collection, id, value]));
  };

  return {
    mac: macOf,
    isGood(collection, id, value, mac) {
      const given = Buffer.from(mac ?? '', 'base64url');
      const expected = Buffer.from(macOf(collection, id, value), 'base64url');
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
