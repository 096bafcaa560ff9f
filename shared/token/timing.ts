import type { Backoff } from '../kernel/backoff.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * Clocks of instances may be this far apart without harm. Further apart, a lease may be taken over
 * too early, which costs a second fetch but never a wrong write.
 */
export const SKEW_MS = 5 * SECOND;

/** How long WeChat may take to answer. Shorter than the lease, so that a slow answer is in time. */
export const FETCH_TIMEOUT_MS = 5 * SECOND;

/** How long other instances leave a holder alone. A crash at the worst moment costs this plus the clock skew. */
export const LEASE_MS = 10 * SECOND;

/**
 * A caller waits this long for others to renew. The worst crash is one inside a transaction: CloudBase
 * keeps its lock on the document for 30 s, and after it there is one more fetch to wait for.
 */
export const PATIENCE_MS = 45 * SECOND;

/** With less than this left a reader renews by itself, so that the call that it makes is not too late. */
export const READER_MARGIN_MS = MINUTE;

/** A credential this young is used as it is, however soon it ends; otherwise readers would renew in a loop. */
export const MIN_AGE_MS = 30 * SECOND;

/**
 * The timer renews in the last minutes. `stable_token` hands out a new token only in the last 300 s,
 * in which the old one goes on working; 20 s are left for clocks that differ. For the classic token
 * it is just as right: the old one works for 5 more minutes, so no instance that still holds it is caught.
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 */
export const RENEW_BEFORE_MS = 280 * SECOND;

/**
 * A tick that comes up to this long before the time to renew waits for it. The next tick, 300 s
 * later, would find less than the readers' margin left, so callers would have to renew themselves.
 */
export const TICK_WAIT_MS = 100 * SECOND;

/** An instance compares its token with the store this often; WeChat lets an old one live 5 minutes. */
export const RECHECK_MS = MINUTE;

/** An instance that holds a valid credential waits no longer than this for the store. */
export const RECHECK_TIMEOUT_MS = 2 * SECOND;

/** A store operation that failed is tried this many times in all before the caller is told. */
export const STORE_TRIES = 8;

/** Between two looks at the document while another instance renews. */
export const POLL: Backoff = { firstMs: 100, lastMs: SECOND };
/** Between two tries of a store operation. */
export const STORE_PAUSE: Backoff = { firstMs: 50, lastMs: 800 };
/** Between two tries of WeChat, for all instances together. */
export const FETCH_PAUSE: Backoff = { firstMs: 1.5 * SECOND, lastMs: 1.5 * MINUTE };

/** WeChat's own rules for `force_refresh`. A call that comes sooner refreshes nothing. */
export const FORCED_PER_DAY = 20;
export const FORCED_APART_MS = 30 * SECOND;
