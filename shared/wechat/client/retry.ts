import { type Backoff, backoffMs } from '../../kernel/backoff.ts';
import type { AppError } from '../../kernel/errors.ts';

/** How an attempt failed, as far as that decides about another one. */
export type AttemptFailure =
  | { readonly kind: 'network'; readonly maybeSent: boolean; readonly wasReused: boolean }
  | { readonly kind: 'transient'; readonly waitMs: number }
  | { readonly kind: 'token_stale' }
  | { readonly kind: 'final' };

export type FailedAttempt = AttemptFailure & { readonly error: AppError };

/** How far a call has come, and how its next attempt is to be made. */
export interface CallProgress {
  /** Which of the hosts is asked. */
  readonly host: number;
  /** The attempt must use a new connection. */
  readonly fresh: boolean;
  /** The token was renewed for this call. */
  readonly renewed: boolean;
  /** How often the call was repeated after a pause. */
  readonly pauses: number;
}

/** Another attempt: why, after which delay, and how. */
export interface RetryStep {
  readonly reason: 'token_stale' | 'dead_connection' | 'other_host' | 'transient';
  readonly delayMs: number;
  readonly progress: CallProgress;
}

const MAX_PAUSES = 2;
const PAUSE: Backoff = { firstMs: 200, lastMs: 1_000 };

export interface RetryLimits {
  readonly mayRepeat: boolean;
  readonly hosts: number;
  /** The rest of the call's time, in ms. */
  readonly left: number;
  readonly random: () => number;
}

/**
 * What to do after a failure, or nothing. A call that may not be repeated blindly is repeated only
 * if WeChat cannot have done anything: it refused the token, or the request never left.
 */
export function nextStep(
  failure: AttemptFailure,
  progress: CallProgress,
  limits: RetryLimits,
): RetryStep | undefined {
  const atOnce = (reason: RetryStep['reason'], change: Partial<CallProgress>): RetryStep => ({
    reason,
    delayMs: 0,
    progress: { ...progress, ...change },
  });
  switch (failure.kind) {
    case 'final':
      return undefined;
    case 'token_stale':
      return progress.renewed ? undefined : atOnce('token_stale', { renewed: true });
    case 'transient':
      return limits.mayRepeat ? afterPause(failure.waitMs, progress, limits) : undefined;
    case 'network':
      if (failure.maybeSent && !limits.mayRepeat) return undefined;
      if (failure.wasReused && !progress.fresh) return atOnce('dead_connection', { fresh: true });
      if (progress.host + 1 < limits.hosts) {
        return atOnce('other_host', { host: progress.host + 1 });
      }
      return afterPause(0, { ...progress, host: 0 }, limits);
  }
}

function afterPause(
  waitMs: number,
  progress: CallProgress,
  { random, left }: RetryLimits,
): RetryStep | undefined {
  const { pauses } = progress;
  if (pauses === MAX_PAUSES) return undefined;
  const delayMs = waitMs + backoffMs(PAUSE, pauses + 1, random());
  if (delayMs >= left) return undefined;
  return { reason: 'transient', delayMs, progress: { ...progress, pauses: pauses + 1 } };
}
