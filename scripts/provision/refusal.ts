import { CloudApiError } from '../cloud/api.ts';

/**
 * Whether the environment refuses an action for good, because its kind or its region does not have it.
 * The codes are not documented; PostgreSQL environments were seen to say "does not support PostgreSQL
 * type environments".
 */
export function isNotOffered(error: unknown): error is CloudApiError {
  return (
    error instanceof CloudApiError &&
    (/^(UnsupportedOperation|UnsupportedRegion|InvalidAction|ActionOffline|OperationDenied)/.test(
      error.code,
    ) ||
      /InstanceNotFound/.test(error.code) ||
      /does not support/i.test(error.message))
  );
}

/** The environment cannot have what was asked for; the message says why. */
export class NotOffered extends Error {}
