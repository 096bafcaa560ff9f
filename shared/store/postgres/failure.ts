import { TimeLimitError } from '../../kernel/time-limit.ts';
import { fieldsOf, type Reason, type Verdict } from '../failure.ts';

/**
 * What an SQLSTATE means, by the whole of it or by its class. A server that answers has either
 * carried a statement out or undone it, so what it says is certain.
 * https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
const sqlStates: Readonly<Record<string, Reason>> = {
  '08': 'connection',
  '08001': 'unreachable',
  '08004': 'unreachable',
  '08P01': 'unreachable',
  '22': 'request',
  '23': 'request',
  '23505': 'duplicate',
  '25': 'ended',
  '25006': 'busy',
  '26000': 'busy',
  '28': 'credentials',
  '3D000': 'credentials',
  '3F000': 'collection_missing',
  '40': 'conflict',
  '40003': 'service',
  '42': 'request',
  '42501': 'credentials',
  '42P01': 'collection_missing',
  '42P05': 'busy',
  '53': 'busy',
  '54': 'request',
  '55': 'busy',
  '55P03': 'conflict',
  '57': 'busy',
  '57P01': 'connection',
  '57P02': 'connection',
  '57P05': 'connection',
};

/** Codes of the network that only an attempt to connect gives: the statement never left. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** What to do about a failure, in the words of PostgreSQL. */
const advice: Partial<Record<Reason, string>> = {
  collection_missing: 'the table does not exist; run `npm run provision`',
  credentials:
    'PostgreSQL refuses our user, password or database; check DATABASE_URL or the PG… variables',
  credentials_missing: 'there is no DATABASE_URL, and no PGHOST with PGDATABASE and PGUSER',
  busy: 'PostgreSQL is busy, starts, or has no connection left (see max_connections)',
  ended: 'the transaction was ended by the server, which lets none stand idle for long',
};

/** What `connections.ts` has thrown. */
export function postgresVerdict(error: unknown): Verdict {
  const reason = reasonFor(error);
  return { reason, says: advice[reason] };
}

/** Without credentials nothing is asked at all. */
export const missingCredentials: Verdict = {
  reason: 'credentials_missing',
  says: advice.credentials_missing,
};

function reasonFor(error: unknown): Reason {
  if (error instanceof TimeLimitError) return 'time_limit';
  const { code, isConnecting } = fieldsOf(error);
  if (typeof code !== 'string') return isConnecting ? 'unreachable' : 'service';
  if (code === 'FOREIGN_DOCUMENT') return 'foreign';
  if (/^[0-9A-Z]{5}$/.test(code)) {
    const reason = sqlStates[code] ?? sqlStates[code.slice(0, 2)] ?? 'service';
    return isConnecting && reason === 'connection' ? 'unreachable' : reason;
  }
  if (isConnecting || unsent.has(code)) return 'unreachable';
  return code === 'ESOCKETTIMEDOUT' ? 'time_limit' : 'connection';
}
