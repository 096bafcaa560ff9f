import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from './secret.ts';

/** A word for a follower by which the same one is known again, and which leads to nobody. */
export type TraceOf = (openid: string) => string;

const LENGTH = 27;

/**
 * HMAC-SHA256 under a key from the AppSecret. A plain hash would do for a reader who has no list of
 * openids; with one, he would only have to hash each of them.
 */
export function createTrace({
  appid,
  appsecret,
}: {
  readonly appid: string;
  readonly appsecret: Secret;
}): TraceOf {
  let key: Buffer | undefined;
  return (openid) => {
    key ??= Buffer.from(hkdfSync('sha256', appsecret.reveal(), appid, 'fuwuhao v1 person', 32));
    return traced(key, openid);
  };
}

/** For a process without the AppSecret: its traces hold for as long as it lives. */
export function createPassingTrace(): TraceOf {
  let key: Buffer | undefined;
  return (openid) => {
    key ??= randomBytes(32);
    return traced(key, openid);
  };
}

function traced(key: Buffer, openid: string): string {
  return createHmac('sha256', key).update(openid).digest('base64url').slice(0, LENGTH);
}
