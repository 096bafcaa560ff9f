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

export type Lease = NonNullable<TokenDocument['lease']>;

/** Who asks, and what for. */
export interface Need {
  readonly now: number;
  /** Names this attempt; a lease under this name is its own. */
  readonly holder: string;
  /** When this attempt stops waiting for others. */
  readonly deadline: number;
  readonly keyId: string;
  /** WeChat has refused this one in a call. */
  readonly refused?: Secret | undefined;
  /** This generation is to be replaced before its time. */
  readonly replace?: number | undefined;
  /** A lease that was seen unchanged for its whole length is dead, whatever its holder's clock says. */
  readonly deadLease?: string | undefined;
}

export type Verdict =
  | { readonly kind: 'use'; readonly credential: Credential }
  /** Somebody else is asking WeChat. */
  | { readonly kind: 'poll'; readonly lease: Lease }
  /** WeChat is left alone until then. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'fail'; readonly failure: TokenFailure }
  | { readonly kind: 'take' }
  /** The lease is ours already: its write was acknowledged late or never. */
  | { readonly kind: 'ours'; readonly lease: Lease };

/** Far enough from its end, or so young that another one would be no better. */
export function isFresh({ issuedAt, expiresAt }: Credential, now: number): boolean {
  if (now >= expiresAt) return false;
  return expiresAt - now > READER_MARGIN_MS || Math.abs(now - issuedAt) < MIN_AGE_MS;
}

export const leaseKey = ({ holder, until }: Lease): string => `${holder} ${until}`;

/** The credential of a document, if it may serve whoever asks, be it for seconds. */
export function usableOf(
  doc: TokenDocument | undefined,
  credential: Credential | undefined,
  { now, refused, replace }: Need,
): Credential | undefined {
  if (!credential || doc?.isRefused || now >= credential.expiresAt) return undefined;
  if (credential.generation === replace) return undefined;
  return refused?.equals(credential.token.reveal()) ? undefined : credential;
}

/** The whole protocol in one place: what to do about a document, by its state and the time. */
export function judge(
  doc: TokenDocument | undefined,
  credential: Credential | undefined,
  need: Need,
): Verdict {
  const { now, holder, deadline, keyId } = need;
  const usable = usableOf(doc, credential, need);
  if (usable && isFresh(usable, now)) return { kind: 'use', credential: usable };

  const lease = doc?.lease;
  if (lease?.holder === holder) {
    const isLongEnough = now + FETCH_TIMEOUT_MS <= lease.until && lease.until <= now + LEASE_MS;
    return isLongEnough ? { kind: 'ours', lease } : { kind: 'take' };
  }
  if (lease && now < lease.until + SKEW_MS && leaseKey(lease) !== need.deadLease) {
    const isSafe = usable && usable.expiresAt - now > SKEW_MS;
    return isSafe ? { kind: 'use', credential: usable } : { kind: 'poll', lease };
  }
  const failure = doc?.failure;
  if (failure && failure.keyId === keyId && now < failure.until) {
    if (usable) return { kind: 'use', credential: usable };
    const isWorthWaiting = isTransient(failure) && failure.until < deadline;
    return isWorthWaiting ? { kind: 'wait', until: failure.until } : { kind: 'fail', failure };
  }
  return { kind: 'take' };
}
