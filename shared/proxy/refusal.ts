import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';

/** The reasons for which the proxy does not pass a request on, with code and HTTP status. */
const refusals = {
  malformed: ['invalid', 400],
  unsigned: ['unauthorized', 401],
  outdated: ['unauthorized', 401],
  stale: ['unauthorized', 401],
  replayed: ['unauthorized', 401],
  disabled: ['forbidden', 403],
  expired: ['forbidden', 403],
  not_allowed: ['forbidden', 403],
  unknown_path: ['forbidden', 403],
  method: ['invalid', 405],
  retired: ['not_found', 410],
  too_large: ['invalid', 413],
  key_reused: ['conflict', 409],
  in_progress: ['conflict', 409],
  outcome_unknown: ['conflict', 409],
  too_fast: ['rate_limited', 429],
  budget: ['rate_limited', 429],
  quota: ['rate_limited', 429],
  circuit_open: ['upstream', 503],
  store: ['upstream', 503],
} as const satisfies Readonly<Record<string, readonly [ErrorCode, number]>>;

export type RefusalReason = keyof typeof refusals;
export const refusalReasons = Object.keys(refusals) as readonly RefusalReason[];

/** The proxy did not pass the request on; nothing has happened. */
export class Refusal extends AppError {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  readonly status: number;
  /** A repeat makes no sense before this. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: RefusalReason,
    message: string,
    options: {
      readonly retryAfterMs?: number;
      readonly details?: object;
      readonly cause?: unknown;
    } = {},
  ) {
    const [code, status] = refusals[reason];
    const { cause } = options;
    super(code, message, {
      details: { reason, ...options.details },
      ...present({ cause }),
    });
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Nonces and rates hold only with the store, so without it the proxy passes nothing on. */
export function storeIsDown(cause: unknown): Refusal {
  return new Refusal(
    'store',
    'The proxy cannot reach its store. Nothing was passed on; try again.',
    { retryAfterMs: 1_000, cause },
  );
}
