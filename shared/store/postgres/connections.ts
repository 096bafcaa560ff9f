import pg, { type PoolClient, type QueryResult } from 'pg';
import {
  asPostgresError,
  isMisplacedStatement,
  isStatementError,
  isUnknownStartup,
  type PostgresError,
} from './client-error.ts';
import { preparedName, type Sql } from './statements.ts';
import { Turns, tooLate } from './turns.ts';

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

/** A connection that nobody else uses meanwhile. */
interface Lease {
  readonly client: PoolClient;
  /** Gives it back, or closes it after an error that leaves it in doubt. Later calls do nothing. */
  readonly release: (error?: unknown) => void;
}

/**
 * The connections of one process. A statement runs on any of them; a transaction has one to itself,
 * and one more is always left for what the work of a transaction does beside it.
 *
 * A pooler in transaction mode may stand in between: nothing rests on the state of a session. Where
 * the pooler knows neither prepared statements nor settings at the start, both are left out as soon
 * as it has said so.
 */
export class Connections {
  /** How many there are at most. */
  readonly size: number;
  readonly #server: Server;
  /** Nobody waits in the queue of the pool, which knows no time limit of who waits. */
  readonly #turns: Turns;
  readonly #transactions: Turns;
  #pool: pg.Pool | undefined;
  #hasPrepared = true;
  #hasStartup = true;
  /** When the server was last heard on a connection, by `performance.now()`. */
  readonly #heard = new WeakMap<PoolClient, number>();
  /** A connection has broken that was used from then on: one not heard since may be dead as well. */
  #brokenSince = Number.NEGATIVE_INFINITY;

  constructor(server: Server, size: number) {
    this.#server = server;
    this.size = size;
    this.#turns = new Turns(size);
    this.#transactions = new Turns(Math.max(1, size - 1));
  }

  /** Runs one statement by itself. @throws PostgresError */
  async run(sql: Sql, timeoutMs: number): Promise<QueryResult> {
    const until = performance.now() + timeoutMs;
    const { client, release } = await this.#take(until);
    try {
      const result = await client.query(this.query(sql, until));
      release();
      return result;
    } catch (error) {
      release(error);
      const failure = asPostgresError(error);
      if (!this.learn(failure)) throw failure;
      return this.run(sql, until - performance.now());
    }
  }

  /** A connection for one transaction. @throws PostgresError */
  async lease(timeoutMs: number): Promise<Lease> {
    const until = performance.now() + timeoutMs;
    await this.#transactions.take(until);
    try {
      return await this.#take(until, () => this.#transactions.pass());
    } catch (error) {
      this.#transactions.pass();
      throw error;
    }
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

  async #take(until: number, onRelease?: () => void): Promise<Lease> {
    await this.#turns.take(until);
    let client: PoolClient;
    try {
      client = await this.#connect(until);
    } catch (error) {
      this.#turns.pass();
      throw error;
    }
    const since = performance.now();
    let isReleased = false;
    return {
      client,
      release: (error) => {
        if (isReleased) return;
        isReleased = true;
        const isBroken = error !== undefined && !isStatementError(error);
        if (isBroken) this.#brokenSince = Math.max(this.#brokenSince, since);
        else this.#heard.set(client, performance.now());
        client.release(isBroken);
        this.#turns.pass();
        onRelease?.();
      },
    };
  }

  /** One that is idle, or a new one. */
  async #connect(until: number): Promise<PoolClient> {
    this.#pool ??= this.#open();
    const pool = this.#pool;
    const client = await pool.connect().catch((error: unknown) => {
      const failure = asPostgresError(error, true);
      if (!pool.options.options || !isUnknownStartup(failure)) throw failure;
      this.#hasStartup = false;
      if (this.#pool === pool) this.#pool = undefined;
    });
    if (!client) return this.#connect(until);
    if ((this.#heard.get(client) ?? this.#brokenSince) < this.#brokenSince) {
      client.release(true);
      return this.#connect(until);
    }
    if (performance.now() < until) return client;
    // Whoever waited has been told that it was too late; a statement now would be one behind his back.
    client.release();
    throw tooLate();
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
      max: this.size,
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

/** To open a connection. */
const CONNECT_MS = 2_000;
/** Of an instance that is not frozen; a frozen one has no timers. */
const IDLE_MS = 60_000;

const LIST_OF_TEXT = 1009 as Parameters<typeof pg.types.getTypeParser>[0];
const asText = {
  getTypeParser: (type: number) =>
    type === LIST_OF_TEXT ? pg.types.getTypeParser(LIST_OF_TEXT) : (value: string) => value,
} as pg.CustomTypesConfig;
