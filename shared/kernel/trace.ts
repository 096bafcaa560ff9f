import { hkdfSync, randomBytes } from 'node:crypto';
import type { AccountKey } from './account-key.ts';
import { HmacSha256 } from './hmac.ts';
import { Recent } from './recent.ts';

/** A word for a follower by which the same one is known again, and which leads to nobody. */
export type TraceOf = (openid: string) => string;

const LENGTH = 27;
/** Each log line of a follower's message names it, and most followers write more than once. */
const REMEMBERED = 5_000;

/**
 * HMAC-SHA256 under a key from the AppSecret. A plain hash would do for a reader who has no list of
 * openids; with one, he would only have to hash each of them.
 */
export function createTrace({ appid, key }: AccountKey): TraceOf {
  return traceUnder(() => hkdfSync('sha256', key.reveal(), appid, 'fuwuhao v1 person', 32));
}

/** For a process without the AppSecret: its traces hold for as long as it lives. */
export function createPassingTrace(): TraceOf {
  return traceUnder(() => randomBytes(32));
}

/** The key is made for the first openid. */
function traceUnder(makeKey: () => ArrayBuffer | Uint8Array): TraceOf {
  let hmac: HmacSha256 | undefined;
  const recent = new Recent<string>(REMEMBERED);
  return (openid) => recent.get(openid) ?? recent.set(openid, trace(openid));

  function trace(openid: string): string {
    hmac ??= new HmacSha256(new Uint8Array(makeKey()));
    return hmac.digest(openid).slice(0, LENGTH);
  }
}
