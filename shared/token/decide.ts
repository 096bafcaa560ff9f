import type { Secret } from '../kernel/secret.ts';
import { isTransient } from './failure.ts';
import { FETCH_TIMEOUT_MS, LEASE_MS, MIN_AGE_MS, READER_MARGIN_MS, SKEW_MS } from './timing.ts';
import type { TokenDocument, TokenFailure } from './token-document.ts';

/** A token or ticket in the clear. It lives in memory only. */
export interface Credential {
  readonly generation: number;
  readonly token: Secret;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export type TokenLease = NonNullable<TokenDocument['lease']>;
export type LeasedDocument = TokenDocument & { readonly lease: TokenLease };

/** What one attempt is after. */
export interface Need {
  /** Names this attempt; a lease under this name is its own. */
  readonly holder: string;
  /** When this attempt stops waiting for other instances. */
  readonly deadline: number;
  readonly keyId: string;
  /** WeChat has refused this token in a call. */
  readonly refused?: Secret | undefined;
  /** This generation is to be replaced before its time. */
  readonly replace?: number | undefined;
  /** The lease of another attempt, and since when it has been seen unchanged. */
  readonly watched?: { readonly key: string; readonly since: number } | undefined;
}

export type Decision =
  | { readonly kind: 'use'; readonly credential: Credential }
  /** Another attempt is asking WeChat. */
  | { readonly kind: 'poll'; readonly lease: TokenLease }
  /** No instance asks WeChat before this. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'fail'; readonly failure: TokenFailure }
  | { readonly kind: 'take' }
  /** The lease is this attempt's already: its write was acknowledged late or never. */
  | { readonly kind: 'ours'; readonly leased: LeasedDocument };

/** What is left to do once the lease is taken or need not be. */
export type Consequence = Exclude<Decision, { readonly kind: 'take' }>;

/** A credential that is far enough from its end, or so young that another one would be no better. */
export function isFresh({ issuedAt, expiresAt }: Credential, now: number): boolean {
  if (now >= expiresAt) return false;
  return expiresAt - now > READER_MARGIN_MS || Math.abs(now - issuedAt) < MIN_AGE_MS;
}

export const leaseKey = ({ holder, until }: TokenLease): string => `${holder} ${until}`;

/** The credential of a document, if it may serve this attempt, be it for seconds. */
export function usableOf(
  doc: TokenDocument | undefined,
  credential: Credential | undefined,
  { refused, replace }: Need,
  now: number,
): Credential | undefined {
  if (!credential || doc?.isRefused || now >= credential.expiresAt) return undefined;
  if (credential.generation === replace) return undefined;
  return refused?.equals(credential.token.reveal()) ? undefined : credential;
}

/** The whole protocol in one place: what to do about a document, by its state and the time. */
export function decide(
  doc: TokenDocument | undefined,
  credential: Credential | undefined,
  need: Need,
  now: number,
): Decision {
  const usable = usableOf(doc, credential, need, now);
  if (usable && isFresh(usable, now)) return { kind: 'use', credential: usable };

  const lease = doc?.lease;
  if (doc && lease?.holder === need.holder) {
    const isLongEnough = now + FETCH_TIMEOUT_MS <= lease.until && lease.until <= now + LEASE_MS;
    return isLongEnough ? { kind: 'ours', leased: { ...doc, lease } } : { kind: 'take' };
  }
  if (lease && now < lease.until + SKEW_MS && !isDead(lease, need, now)) {
    const isSafe = usable && usable.expiresAt - now > SKEW_MS;
    return isSafe ? { kind: 'use', credential: usable } : { kind: 'poll', lease };
  }
  const failure = doc?.failure;
  if (failure && failure.keyId === need.keyId && now < failure.until) {
    if (usable) return { kind: 'use', credential: usable };
    const isWorthWaiting = isTransient(failure) && failure.until < need.deadline;
    return isWorthWaiting ? { kind: 'wait', until: failure.until } : { kind: 'fail', failure };
  }
  return { kind: 'take' };
}

/** A lease that was seen unchanged for its whole length is dead, whatever its holder's clock says. */
function isDead(lease: TokenLease, { watched }: Need, now: number): boolean {
  return watched?.key === leaseKey(lease) && now - watched.since >= LEASE_MS + SKEW_MS;
}
