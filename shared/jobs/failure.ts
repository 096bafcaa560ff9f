import { AppError, type ErrorCode } from '../kernel/errors.ts';
import type { JobDocument } from './job-document.ts';

/** What a failed attempt leaves in the job, for an operator to read. */
export type FailureRecord = NonNullable<JobDocument['error']>;

/** Whether a failed job is tried again, and when. */
export interface RetryDecision {
  /** Another attempt would end the same way. */
  readonly isFinal: boolean;
  /** Another attempt makes no sense before this has passed; default 0. */
  readonly waitMs?: number;
}

const isFinal: Readonly<Record<ErrorCode, boolean>> = {
  invalid: true,
  unauthorized: true,
  forbidden: true,
  not_found: true,
  conflict: false,
  rate_limited: false,
  upstream: false,
  timeout: false,
  internal: false,
};

/**
 * Decides by the code of an `AppError`. A job that failed by a bug is tried again: the bug may be gone
 * with the next deployment.
 */
export function judgeByCode(error: unknown): RetryDecision {
  return { isFinal: error instanceof AppError && isFinal[error.code] };
}

const MAX_MESSAGE = 500;

/** Leaves out the message of a bug: only an `AppError` promises that its message is safe to show. */
export function recordOf(error: unknown, now: number): FailureRecord {
  const at = new Date(now);
  if (error instanceof AppError) {
    return { code: error.code, message: storableText(error.message), at };
  }
  const name = error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : 'no Error';
  return { code: 'internal', message: `A bug (${name}); the log has it under this job's id.`, at };
}

/** The store refuses half a surrogate pair, and cutting can make one. */
function storableText(text: string): string {
  return text.slice(0, MAX_MESSAGE).replace(/\p{Surrogate}/gu, '\ufffd');
}
