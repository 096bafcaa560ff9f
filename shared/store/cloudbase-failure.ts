import { TimeLimitError } from '../kernel/time-limit.ts';
import { fieldsOf, type Reason, type Verdict } from './failure.ts';

/** What to do about a failure, in the words of CloudBase. */
const advice: Partial<Record<Reason, string>> = {
  credentials:
    'CloudBase refuses our credentials or this environment; check CLOUDBASE_ENV_ID and the role or keys of the function',
  credentials_missing:
    'there are no credentials: bind a role to the function, or set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY',
};

/** The reason of a failure of CloudBase, with what to do about it. */
export function cloudbaseVerdict(reason: Reason): Verdict {
  return { reason, says: advice[reason] };
}

/** Codes of the service (docs.cloudbase.net/error-code), and one of `link.ts`. */
const serviceCodes: Readonly<Record<string, Reason>> = {
  DATABASE_DUPLICATE_WRITE: 'duplicate',
  DATABASE_TRANSACTION_CONFLICT: 'conflict',
  DATABASE_TRANSACTION_FAIL: 'ended',
  DATABASE_COLLECTION_NOT_EXIST: 'collection_missing',
  DATABASE_PERMISSION_DENIED: 'credentials',
  SIGN_PARAM_INVALID: 'credentials',
  INVALID_ENV: 'credentials',
  INVALID_ACCESS_TOKEN: 'credentials',
  FOREIGN_DOCUMENT: 'foreign',
  INVALID_PARAM: 'request',
  INVALID_ACTION: 'request',
  DATABASE_INVALID_OPERRATOR: 'request',
  EXCEED_REQUEST_LIMIT: 'busy',
  EXCEED_RATELIMIT: 'busy',
  EXCEED_CONCURRENT_REQUEST_LIMIT: 'busy',
};

/** Codes of the network that only an attempt to connect gives: the request never left. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Both SDKs throw errors with a code: of the service, an HTTP status, or of the network; or none. */
export function reasonFor(error: unknown): Reason {
  if (error instanceof TimeLimitError) return 'time_limit';
  const { code, statusCode, message, isConnecting } = fieldsOf(error);
  // The generic code is also how duplicates and missing collections have been seen.
  if (/E11000 duplicate key/.test(message)) return 'duplicate';
  if (/Db or Table not exist/.test(message)) return 'collection_missing';
  if (typeof code === 'string' && Object.hasOwn(serviceCodes, code)) {
    return serviceCodes[code] ?? 'service';
  }
  const status = typeof code === 'number' ? code : statusCode;
  if (typeof status === 'number') {
    if (status === 401 || status === 403) return 'credentials';
    return status === 429 ? 'busy' : 'service';
  }
  if (code === 'ESOCKETTIMEDOUT') return 'time_limit';
  if (typeof code !== 'string') return 'service';
  // ETIMEDOUT and its like also come over a connection that stood, with the request sent.
  if (unsent.has(code) || isConnecting) return 'unreachable';
  return /^E[A-Z]+$/.test(code) ? 'connection' : 'service';
}
