import type { AppError } from '../../kernel/errors.ts';

/** How an attempt failed, as far as it matters for another one. */
export type Failure =
  | { readonly kind: 'network'; readonly maybeSent: boolean; readonly wasReused: boolean }
  | { readonly kind: 'transient'; readonly waitMs: number }
  | { readonly kind: 'token_stale' }
  | { readonly kind: 'final' };

export type FailedAttempt = Failure & { readonly error: AppError };

export interface Progress {
  /** Which of the hosts is being asked. */
  host: number;
  /** The next attempt must use a new connection. */
  fresh: boolean;
  /** The token was renewed for this call. */
  renewed: boolean;
  /** How often the call was repeated after a pause. */
  pauses: number;
}

export interface Step {
  readonly reason: 'token_stale' | 'dead_connection' | 'other_host' | 'transient';
  readonly delayMs: number;
}

const MAX_PAUSES = 2;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

export interface RetryLimits {
  readonly mayRepeat: boolean;
  readonly hosts: number;
  /** Of the caller's time, in ms. */
  readonly left: number;
  readonly random: () => number;
}

/**
 * What to do after a failure, or nothing. A call that may not be repeated blindly is repeated only
 * if WeChat cannot have done anything: it refused the token, or the request never left.
 */
export function nextStep(
  failure: Failure,
  progress: Progress,
  limits: RetryLimits,
): Step | undefined {
  switch (failure.kind) {
    case 'final':
      return undefined;
    case 'token_stale':
      if (progress.renewed) return undefined;
      progress.renewed = true;
      return { reason: 'token_stale', delayMs: 0 };
    case 'transient':
      return limits.mayRepeat ? pause(failure.waitMs, progress, limits) : undefined;
    case 'network':
      if (failure.maybeSent && !limits.mayRepeat) return undefined;
      if (failure.wasReused && !progress.fresh) {
        progress.fresh = true;
        return { reason: 'dead_connection', delayMs: 0 };
      }
      if (progress.host + 1 < limits.hosts) {
        progress.host += 1;
        return { reason: 'other_host', delayMs: 0 };
      }
      progress.host = 0;
      return pause(0, progress, limits);
  }
}

/** Exponential, with full jitter: many instances that failed together must not come back together. */
function pause(waitMs: number, progress: Progress, limits: RetryLimits): Step | undefined {
  if (progress.pauses === MAX_PAUSES) return undefined;
  const ceiling = Math.min(FIRST_PAUSE_MS * 4 ** progress.pauses, LONGEST_PAUSE_MS);
  const delayMs = waitMs + Math.round(limits.random() * ceiling);
  if (delayMs >= limits.left) return undefined;
  progress.pauses += 1;
  return { reason: 'transient', delayMs };
}
