import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { TimeLimitError } from '../kernel/time-limit.ts';

/** Whether a request that failed may have changed something. */
export type Outcome = 'refused' | 'unknown';

interface Kind {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  /** Whether the same request may succeed a little later. */
  readonly isPassing: boolean;
  readonly says: string;
}

/** All that can go wrong between us and the database, and what it means. */
export const kinds = {
  duplicate: {
    code: 'conflict',
    outcome: 'refused',
    isPassing: false,
    says: 'a document with this id, or these unique fields, is there already',
  },
  conflict: {
    code: 'conflict',
    outcome: 'refused',
    isPassing: true,
    says: 'others are writing the same documents',
  },
  ended: {
    code: 'conflict',
    outcome: 'refused',
    isPassing: true,
    says: 'the transaction was ended by the server (it has 30 seconds)',
  },
  collection_missing: {
    code: 'upstream',
    outcome: 'refused',
    isPassing: false,
    says: 'the collection does not exist; run `npm run provision`',
  },
  credentials: {
    code: 'upstream',
    outcome: 'refused',
    isPassing: false,
    says: 'the database refuses our credentials',
  },
  credentials_missing: {
    code: 'upstream',
    outcome: 'refused',
    isPassing: false,
    says: 'there are no credentials',
  },
  request: {
    code: 'internal',
    outcome: 'refused',
    isPassing: false,
    says: 'the database does not accept the request',
  },
  foreign: {
    code: 'upstream',
    outcome: 'refused',
    isPassing: false,
    says: 'a document there has no _rev, so it was not written by this store; remove it',
  },
  busy: { code: 'upstream', outcome: 'refused', isPassing: true, says: 'the database is busy' },
  unreachable: {
    code: 'upstream',
    outcome: 'refused',
    isPassing: true,
    says: 'the database cannot be reached',
  },
  connection: {
    code: 'upstream',
    outcome: 'unknown',
    isPassing: true,
    says: 'the connection to the database broke',
  },
  time_limit: {
    code: 'timeout',
    outcome: 'unknown',
    isPassing: true,
    says: 'the database did not answer in time',
  },
  service: {
    code: 'upstream',
    outcome: 'unknown',
    isPassing: true,
    says: 'the database failed, or its answer cannot be read',
  },
  undecided: {
    code: 'upstream',
    outcome: 'unknown',
    isPassing: false,
    says: 'the connection broke, and it cannot be told whether the write was carried out',
  },
} as const satisfies Record<string, Kind>;

export type Reason = keyof typeof kinds;

/** What was being done, for the text of an error. */
export interface Task {
  readonly operation: string;
  readonly collection?: string | undefined;
  /** A read, or a step of a transaction before its commit: if it fails, nothing has changed. */
  readonly isHarmless?: boolean;
}

/** Sends one request, and turns whatever goes wrong into an `AppError` made by `failure`. */
export type Ask = <R>(task: Task, request: () => Promise<R>) => Promise<R>;

/** What a driver makes of an error of its own database: the reason, and words that fit it better. */
export interface Verdict {
  readonly reason: Reason;
  /** In place of the general words: what this database calls it, and what to do. */
  readonly says?: string | undefined;
}

/** An `AppError` with `details.reason` and `details.outcome`. */
export function failure(verdict: Reason | Verdict, task: Task, cause?: unknown): AppError {
  const { reason, says }: Verdict = typeof verdict === 'string' ? { reason: verdict } : verdict;
  const { code } = kinds[reason];
  const { operation, collection, isHarmless = false } = task;
  const outcome: Outcome = isHarmless ? 'refused' : kinds[reason].outcome;
  const { code: serviceCode, requestId } = fieldsOf(cause);
  const on = collection === undefined ? '' : ` on ${collection}`;
  return new AppError(
    code,
    `The store could not ${operation}${on}: ${says ?? kinds[reason].says}.`,
    {
      details: { operation, collection, reason, outcome, serviceCode, requestId },
      // What the service says of a duplicate quotes the document.
      ...(cause === undefined || reason === 'duplicate' ? {} : { cause }),
    },
  );
}

/** The reason of an error made by `failure`; undefined for any other. */
export function reasonOf(error: unknown): Reason | undefined {
  const reason = error instanceof AppError ? error.details.reason : undefined;
  return typeof reason === 'string' && Object.hasOwn(kinds, reason)
    ? (reason as Reason)
    : undefined;
}

/** Whether the same request may succeed a little later. */
export function mayPass(error: unknown): boolean {
  const reason = reasonOf(error);
  return error instanceof TimeLimitError || (reason !== undefined && kinds[reason].isPassing);
}

/** The same failure, of an operation of which an earlier try may have changed something. */
export function withUnknownOutcome(error: AppError): AppError {
  return new AppError(error.code === 'timeout' ? 'timeout' : 'upstream', error.message, {
    details: { ...error.details, outcome: 'unknown' satisfies Outcome },
    cause: error.cause,
  });
}

/** What the clients of databases hang on their errors. */
export function fieldsOf(error: unknown) {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  const { code, statusCode, message, requestId } = fields;
  return {
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    statusCode,
    message: typeof message === 'string' ? message : '',
    requestId: typeof requestId === 'string' ? requestId : undefined,
    // Node's own word for it, that of `@cloudbase/node-sdk`, and that of `request`.
    isConnecting:
      fields.syscall === 'connect' || fields.connecting === true || fields.connect === true,
  };
}
