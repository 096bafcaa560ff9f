/** The failures that a caller can tell apart. Any other failure is a bug, whose code is `internal`. */
export const errorCodes = [
  'invalid',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'rate_limited',
  'upstream',
  'timeout',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Facts for a program: plain JSON, and never a secret, a token or an openid. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * An expected failure. The message says what was asked, what came back and what to do; it is safe
 * to show to the caller. Any other error that is thrown is a bug.
 */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: ErrorDetails; cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.details = options.details ?? {};
  }
}
