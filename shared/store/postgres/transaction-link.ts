import type { QueryConfig, QueryResult } from 'pg';
import type { LinkTransaction } from '../link.ts';
import { asPostgresError, isStatementError, PostgresError } from './client-error.ts';
import type { Connections } from './connections.ts';
import type { Sql, Statements } from './statements.ts';
import { type Row, toJson, toRaw, toText } from './values.ts';

/** What a writer of the same row waits at most: less than it takes to find out that two wait for each other. */
const LOCK_MS = 500;
/** The transaction of an instance that was frozen in it lets go after so long. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** The number of the transaction is what its outcome can be asked by when the answer to the commit is lost. */
const BEGIN = [
  'BEGIN ISOLATION LEVEL REPEATABLE READ',
  `SET LOCAL lock_timeout = ${LOCK_MS}`,
  `SET LOCAL idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
  'SELECT pg_current_xact_id()::text AS xid',
].join('; ');

/**
 * One transaction on a connection of its own. What need not be waited for is sent as it comes and
 * answered together with the next that is: the beginning with the first read, new documents and what
 * is only held with the commit. A statement that fails makes PostgreSQL roll the rest back, the
 * commit included.
 */
export async function createTransactionLink(
  connections: Connections,
  statements: Statements,
  timeoutMs: number,
): Promise<LinkTransaction> {
  const { client, release } = await connections.lease(timeoutMs);
  /** In the order in which they were sent: the first that fails is the cause of all later ones. */
  const sent: Promise<QueryResult>[] = [];
  let isOver = false;

  const opening = send(BEGIN).then((answers) => {
    // One for each statement of it, which the types of the client do not know.
    const rows = [answers].flat().at(-1)?.rows as readonly { readonly xid: string }[] | undefined;
    return rows?.[0]?.xid;
  });
  opening.catch(() => {
    // `sent` holds it too, and tells.
  });

  function send(query: QueryConfig | string): Promise<QueryResult> {
    const timed = typeof query === 'string' ? { text: query, query_timeout: timeoutMs } : query;
    const answer = client.query(timed) as Promise<QueryResult>;
    answer.catch(() => {
      // Told when it is waited for.
    });
    sent.push(answer);
    return answer;
  }

  function statement(sql: Sql): Promise<QueryResult> {
    return send(connections.query(sql, performance.now() + timeoutMs));
  }

  /** Waits for all answers so far, and gives the last. */
  async function answered(): Promise<QueryResult | undefined> {
    let last: QueryResult | undefined;
    try {
      for (const answer of sent.splice(0)) last = await answer;
    } catch (error) {
      const failure = asPostgresError(error);
      connections.learn(failure);
      await end(error);
      throw failure;
    }
    return last;
  }

  /** Leaves nothing open on a connection that is used again. */
  async function end(error?: unknown): Promise<void> {
    if (isOver) return;
    isOver = true;
    // Closed, it ends the transaction as well, and does not keep others waiting for an answer.
    if (error !== undefined && !isStatementError(error)) return release(error);
    try {
      await client.query({ text: 'ROLLBACK', query_timeout: timeoutMs } as QueryConfig);
      release();
    } catch (closing) {
      release(closing);
    }
  }

  function sendOnly(sql: Sql): void {
    if (isOver) throw new PostgresError('The transaction has ended.', '25P01');
    void statement(sql);
  }

  /** From its answer on, every other writer of the row waits. */
  async function lock(sql: Sql): Promise<void> {
    sendOnly(sql);
    await answered();
  }

  return {
    async get(collection, id) {
      void statement(statements.get(collection, toText(id)));
      const [row] = ((await answered())?.rows ?? []) as readonly Row[];
      return row && toRaw(row);
    },
    async insert(collection, { _id, _rev, _writes, ...fields }) {
      sendOnly(statements.create(collection, [toText(_id), _rev, _writes, toJson(fields)]));
    },
    async replace(collection, { _id, _rev, _writes, ...fields }) {
      await lock(statements.replace(collection, [toText(_id), _rev, _writes, toJson(fields)]));
    },
    async touch(collection, id) {
      sendOnly(statements.hold(collection, toText(id)));
    },
    async remove(collection, id) {
      await lock(statements.remove(collection, toText(id), null));
    },
    async commit() {
      // Only under a number, by which its outcome can be asked.
      const xid = await opening.catch(() => undefined);
      if (xid !== undefined) void send('COMMIT');
      const done = await answered();
      isOver = true;
      release();
      if (done?.command !== 'COMMIT') {
        throw new PostgresError('PostgreSQL rolled the transaction back.', '40000');
      }
    },
    async abort() {
      await end();
    },
    async outcome() {
      const xid = await opening.catch(() => undefined);
      if (xid === undefined) return 'aborted';
      const ask = (text: string) => connections.run({ text, values: [xid] }, timeoutMs);
      try {
        const { rows } = await ask('SELECT pg_xact_status($1::xid8) AS status');
        const [{ status } = { status: null }] = rows as readonly {
          readonly status: string | null;
        }[];
        if (status === 'committed' || status === 'aborted') return status;
      } catch (error) {
        // A server that has crashed has forgotten the number, and with it all that it stood for.
        if (asPostgresError(error).code === '22023') return 'aborted';
        throw error;
      }
      await ask(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_xid = $1::xid8::xid',
      );
      throw new PostgresError('The transaction is still under way.', '55006');
    },
  };
}
