import type { ErrorCode } from './errors.ts';

/** With which HTTP status a function answers each failure. */
export const errorStatus: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  upstream: 502,
  timeout: 504,
  internal: 500,
};
