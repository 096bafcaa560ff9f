import pg, { type PoolClient, type QueryResult } from 'pg';
import {
  asPostgresError,
  isMisplacedStatement,
  isStatementError,
  isUnknownStartup,
  PostgresError,
} from './client-error.ts';
import { preparedName, type Sql } from './statements.ts';

/** Where the database is, and who we are there. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** Undefined: without TLS. The certificate is always verified, by this authority if one is given. */
  readonly tls: { readonly ca: string | undefined } | undefined;
}

/** A server lets go of the connection of a frozen instance after so long. */
const IDLE_SESSION_MS = 300_000;
/** What a statement may take on the server, whoever still waits for it. */
const STATEMENT_MS = 10_000;

/**
 * The connections of one process. A statement runs on any of them; a transaction has one to itself,
 * and one more is always left for what the work of a transaction does beside it.
 *
 * A pooler in transaction mode may stand in between: nothing rests on the state of a session. Where
 * the pooler knows neither prepared statements nor settings at the start, both are left out as soon
 * as it has said so.
 */
export class Connections {
  readonly #server: Server;
  readonly #size: number;
  #pool: pg.Pool | undefined;
  #hasPrepared = true;
  #hasStartup = true;
  #leases = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(server: Server, size: number) {
    this.#server = server;
    this.#size = size;
  }

  /** How many there are at most. */
  get size(): number {
    return this.#size;
  }

  /** Runs one statement by itself. @throws PostgresError */
  async run(sql: Sql, timeoutMs: number): Promise<QueryResult> {
    const until = performance.now() + timeoutMs;
    const client = await this.#acquire(until);
    try {
      const result = await client.query(this.query(sql, until));
      client.release();
      return result;
    } catch (error) {
      this.#discard(client, error);
      const failure = asPostgresError(error);
      if (!this.learn(failure)) throw failure;
      return this.run(sql, until - performance.now());
    }
  }

  /** A connection for one transaction; the function given back ends that. @throws PostgresError */
  async lease(
    timeoutMs: number,
  ): Promise<{ client: PoolClient; release: (error?: unknown) => void }> {
    const until = performance.now() + timeoutMs;
    if (this.#leases >= Math.max(1, this.#size - 1)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#leases += 1;
    const next = () => {
      const waiting = this.#waiting.shift();
      if (waiting) waiting();
      else this.#leases -= 1;
    };
    let client: PoolClient;
    try {
      client = await this.#acquire(until);
    } catch (error) {
      next();
      throw error;
    }
    let isReleased = false;
    return {
      client,
      release: (error) => {
        if (isReleased) return;
        isReleased = true;
        if (error === undefined) client.release();
        else this.#discard(client, error);
        next();
      },
    };
  }

  /** A statement as the client takes it: prepared where that holds, every column as text. */
  query({ text, values }: Sql, until: number) {
    return {
      text,
      values: [...values],
      types: asText,
      query_timeout: Math.max(1, Math.ceil(until - performance.now())),
      ...(this.#hasPrepared ? { name: preparedName(text) } : {}),
    };
  }

  /** Whether a failure only says what the pooler in between cannot do, and is mended by that. */
  learn(failure: PostgresError): boolean {
    if (!this.#hasPrepared || !isMisplacedStatement(failure)) return false;
    this.#hasPrepared = false;
    return true;
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.end();
  }

  async #acquire(until: number): Promise<PoolClient> {
    this.#pool ??= this.#open();
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      const failure = asPostgresError(error, true);
      if (!this.#hasStartup || !isUnknownStartup(failure)) throw failure;
      this.#hasStartup = false;
      this.#renew();
      return this.#acquire(until);
    }
    if (performance.now() < until) return client;
    // Whoever waited has been told that it was too late; a statement now would be one behind his back.
    client.release();
    throw new PostgresError('No connection became free in time.', 'ETIMEDOUT', true);
  }

  /** Gives a connection back, or closes it and all that are idle: what broke one has broken them. */
  #discard(client: PoolClient, error: unknown): void {
    const isBroken = !isStatementError(error);
    client.release(isBroken);
    if (isBroken) this.#renew();
  }

  /** What is under way ends on the old connections. */
  #renew(): void {
    const old = this.#pool;
    this.#pool = undefined;
    old?.end().catch(() => {
      // Its connections are broken: there is nothing left to end in good order.
    });
  }

  #open(): pg.Pool {
    const { host, port, database, user, password, tls } = this.#server;
    const settings = `-c statement_timeout=${STATEMENT_MS} -c idle_session_timeout=${IDLE_SESSION_MS}`;
    const pool = new pg.Pool({
      host,
      port,
      database,
      user,
      password,
      ssl: tls
        ? { rejectUnauthorized: true, ...(tls.ca === undefined ? {} : { ca: tls.ca }) }
        : false,
      application_name: 'fuwuhao',
      max: this.#size,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: IDLE_MS,
      keepAlive: true,
      allowExitOnIdle: true,
      pipeline: true,
      ...(this.#hasStartup ? { options: settings } : {}),
    } as pg.PoolConfig);
    pool.on('connect', (client) => {
      client.on('error', () => {
        // It broke between two statements; the next one on it fails, and says so.
      });
    });
    pool.on('error', () => {
      // An idle connection broke, as after a freeze. The pool has dropped it and opens another.
    });
    return pool;
  }
}

/** To wait for a free connection, or for a new one. */
const CONNECT_MS = 2_000;
/** Of an instance that is not frozen; a frozen one has no timers. */
const IDLE_MS = 60_000;

const LIST_OF_TEXT = 1009 as Parameters<typeof pg.types.getTypeParser>[0];
const asText = {
  getTypeParser: (type: number) =>
    type === LIST_OF_TEXT ? pg.types.getTypeParser(LIST_OF_TEXT) : (value: string) => value,
} as pg.CustomTypesConfig;
