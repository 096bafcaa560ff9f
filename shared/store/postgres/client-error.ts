/** What the driver throws: what a reader needs to judge by, and nothing of a document. */
export class PostgresError extends Error {
  /** An SQLSTATE, or a code of the network. */
  readonly code: string | undefined;
  /** Nothing was sent: there was no connection yet. */
  readonly connecting: boolean;

  constructor(message: string, code: string | undefined, connecting = false) {
    super(message);
    this.code = code;
    this.connecting = connecting;
  }
}

/** Classes of SQLSTATE whose messages quote the values of a statement. */
const QUOTING = /^2[23]/;

/** The same failure without its detail, where PostgreSQL quotes keys and values. */
export function asPostgresError(error: unknown, connecting = false): PostgresError {
  if (error instanceof PostgresError) return error;
  const { message, code } = error as { readonly message?: unknown; readonly code?: unknown };
  const known = typeof code === 'string' ? code : codeOf(String(message));
  const text = QUOTING.test(known ?? '') ? `PostgreSQL answered ${known}.` : String(message);
  return new PostgresError(text, known, connecting);
}

/** Some failures of the client itself have words only. */
function codeOf(message: string): string | undefined {
  if (/Query read timeout/.test(message)) return 'ESOCKETTIMEDOUT';
  if (/Connection terminated|connection error and is not queryable|was closed/.test(message)) {
    return 'ECONNRESET';
  }
  return undefined;
}

/** Whether the server has said it and goes on, so that the connection can be used again. */
export function isStatementError(error: unknown): boolean {
  const { severity, code } = error as { readonly severity?: unknown; readonly code?: unknown };
  return severity === 'ERROR' && typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}

/**
 * A prepared statement that is not where the client has left it, or one that another client has
 * left: a pooler hands out connections by the transaction. The statement was not carried out.
 */
export function isMisplacedStatement({ code }: PostgresError): boolean {
  return code === '26000' || code === '42P05';
}

/** A pooler that does not pass on settings with which a connection is to begin. */
export function isUnknownStartup({ code, message }: PostgresError): boolean {
  return code === '08P01' && /startup parameter|options/.test(message);
}
