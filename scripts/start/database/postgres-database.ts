import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import * as driver from '../../../shared/store/postgres/driver.ts';
import { identifier, literal } from '../../../shared/store/postgres/expressions.ts';
import { serverFrom, serverSettings } from '../../../shared/store/postgres/server.ts';
import { createPostgresStore } from '../../../shared/store/postgres/store.ts';
import { fromText, toJson, toText } from '../../../shared/store/postgres/values.ts';
import { restored } from '../../../shared/store/values.ts';
import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import type { ShownDatabase } from '../../emulator/simulator/shown-database.ts';
import { startFaultProxy } from '../../postgres/fault-proxy.ts';
import { startLocalServer } from '../../postgres/local-server.ts';
import { readMigrations } from '../../provision/postgres/migration-files.ts';
import { migrateDirectly } from '../../provision/postgres/provision-postgres.ts';
import { exhaust } from './exhaust.ts';
import type { LocalDatabase, StoredDocument } from './local-database.ts';
import { readable, storable } from './shown-documents.ts';
import { countsByKind, tallyOf } from './statement-counts.ts';

const DATABASE = 'fuwuhao';
const SCHEMA = 'fuwuhao';

export interface PostgresDatabaseOptions {
  /** Where the data stay between runs; without it nothing is kept. */
  readonly folder?: string | undefined;
  readonly poolSize?: number;
  /** A commit that was answered survives the death of the server. */
  readonly isDurable?: boolean;
  readonly maxConnections?: number;
}

/** A PostgreSQL server of its own, with a listener in front of it that can do what networks do. */
export async function startPostgresDatabase({
  folder: kept,
  poolSize = 2,
  isDurable = false,
  maxConnections = 200,
}: PostgresDatabaseOptions): Promise<LocalDatabase> {
  const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'fuwuhao-postgres-'));
  const server = await startLocalServer({
    folder,
    isDurable,
    maxConnections,
    isTemporary: kept === undefined,
  });
  await server.createDatabase(DATABASE);
  const address = new URL(server.url(DATABASE));
  await migrateDirectly(
    {
      address: {
        host: address.hostname,
        port: server.port,
        database: DATABASE,
        user: address.username,
        password: new Secret(address.password),
        tls: undefined,
      },
      schema: SCHEMA,
      poolSize: 1,
    },
    { migrations: readMigrations(SCHEMA), check: false },
  );
  const proxy = await startFaultProxy({ host: '127.0.0.1', port: server.port });
  let isClosed = false;
  const admin = new pg.Pool({ connectionString: address.href, max: 4, allowExitOnIdle: true });
  admin.on('error', () => {
    // The server was killed; the next question opens another connection.
  });
  const table = (name: string) => `${identifier(SCHEMA)}.${identifier(name)}`;

  async function ask(text: string, values: readonly unknown[] = []) {
    for (let tries = 0; ; tries += 1) {
      // The page of the simulator may look once more while everything ends.
      if (isClosed) return [];
      try {
        return (await admin.query(text, [...values])).rows as readonly Record<string, unknown>[];
      } catch (error) {
        // Between a crash and the end of the recovery there is nobody to ask.
        if (tries === 100) throw error;
        await sleep(100);
      }
    }
  }

  async function tables(): Promise<readonly string[]> {
    const rows = await ask(
      `SELECT c.relname AS name FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'doc'
       WHERE c.relkind = 'r' AND c.relnamespace = $1::regnamespace ORDER BY c.relname`,
      [SCHEMA],
    );
    return rows.map(({ name }) => String(name));
  }

  async function put(collection: string, { _id, ...fields }: StoredDocument): Promise<void> {
    const { _rev, _writes, ...own } = fields;
    await ask(
      `INSERT INTO ${table(collection)} (id, rev, writes, doc) VALUES ($1, $2, '{}', $3)
       ON CONFLICT (id) DO UPDATE SET rev = ${identifier(collection)}.rev + 1, doc = excluded.doc`,
      [toText(_id), typeof _rev === 'number' ? _rev : 1, toJson(own as never)],
    );
  }

  const env = {
    DATABASE_URL: Object.assign(new URL(address.href), { port: String(proxy.port) }).href,
    DATABASE_POOL: String(poolSize),
    DATABASE_SCHEMA: SCHEMA,
  };
  const shown: ShownDatabase = {
    async collections() {
      const names = await tables();
      const counts = names.map(
        (name) => `SELECT ${literal(name)} AS name, count(*)::int AS documents FROM ${table(name)}`,
      );
      return (await ask(counts.join(' UNION ALL '))) as never;
    },
    async version() {
      const [row] = await ask(
        'SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8 AS version FROM pg_stat_user_tables',
      );
      return Number(row?.version);
    },
    async find(collection, { limit, skip = 0, equals = {}, text = '' }) {
      if (!(await tables()).includes(collection)) return { total: 0, documents: [] };
      const found = `FROM ${table(collection)} WHERE doc @> $1::jsonb AND position(lower($2) in lower(id || ' ' || doc::text)) > 0`;
      const asked = [JSON.stringify(equals), text];
      const [count] = await ask(`SELECT count(*)::int AS total ${found}`, asked);
      const rows = await ask(
        `SELECT id, rev::float8 AS rev, doc ${found} ORDER BY doc #> '{createdAt,$date}' DESC NULLS LAST, id LIMIT $3 OFFSET $4`,
        [...asked, limit, skip],
      );
      return { total: Number(count?.total), documents: rows.map((row) => readable(row)) };
    },
    async create(collection) {
      await ask(
        `CREATE TABLE ${table(collection)} (id text COLLATE "C" PRIMARY KEY, rev bigint NOT NULL, writes text[] NOT NULL, doc jsonb NOT NULL)`,
      );
    },
    async document(collection, id) {
      const [row] = await ask(
        `SELECT id, rev::float8 AS rev, doc FROM ${table(collection)} WHERE id = $1`,
        [toText(id)],
      );
      return row && readable(row);
    },
    async put(collection, document) {
      const stored = storable(document) as StoredDocument;
      await put(collection, stored);
      return (await shown.document(collection, stored._id)) ?? document;
    },
    async remove(collection, id) {
      const rows = await ask(`DELETE FROM ${table(collection)} WHERE id = $1 RETURNING id`, [
        toText(id),
      ]);
      return rows.length > 0;
    },
  };

  return {
    kind: 'postgres',
    driver: 'postgres',
    env,
    shown,
    faults: {
      add({ rate, seed, collection }) {
        const sql = collection === undefined ? {} : { sql: new RegExp(`"${collection}"`) };
        const random = createRandom(seed);
        for (const when of ['before', 'after'] as const) {
          proxy.add({ when, rate: rate / 2, random, ...sql });
        }
      },
      holdBackTransaction: (ms) => proxy.add({ when: 'late', ms, sql: /^BEGIN/, times: 1 }),
      hits: () => proxy.hits,
      clear: proxy.clear,
    },
    requests: () => proxy.counts.statements,
    requestsByKind: () => countsByKind(proxy.counts.bySql),
    tally: (collections) => tallyOf(proxy.counts.bySql, collections.map(table)),
    conflicts: () => proxy.counts.conflicts,
    instance: () =>
      createPostgresStore({
        server: serverFrom(loadConfig(env, serverSettings)),
        clock: systemClock,
        driver: () => Promise.resolve(driver),
      }),
    async documents(collection, equals = {}) {
      const rows = await ask(
        `SELECT id, rev::float8 AS rev, doc FROM ${table(collection)} WHERE doc @> $1::jsonb`,
        [JSON.stringify(equals)],
      );
      return rows.map(({ id, rev, doc }) => ({
        ...(restored(doc) as object),
        _id: fromText(String(id)),
        _rev: rev,
      }));
    },
    async count(collection, equals = {}) {
      const [row] = await ask(
        `SELECT count(*)::int AS count FROM ${table(collection)} WHERE doc @> $1::jsonb`,
        [JSON.stringify(equals)],
      );
      return Number(row?.count);
    },
    put,
    async clear(collection) {
      await ask(`DELETE FROM ${table(collection)}`);
    },
    async everything() {
      const texts: string[] = [];
      for (const name of await tables()) {
        const rows = await ask(`SELECT id, doc::text AS doc FROM ${table(name)}`);
        texts.push(JSON.stringify(rows));
      }
      return texts.join('\n');
    },
    endTransactions() {
      // A process that is dead has left its connection, and the server its transaction.
    },
    server: {
      async crash() {
        await server.crash();
        await server.restart();
      },
      async stall(ms) {
        const resume = server.pause();
        await sleep(ms);
        resume();
      },
      cut: () => void proxy.cutAll(),
      exhaust: (ms) => exhaust(server.url(DATABASE), ms),
    },
    async close() {
      isClosed = true;
      await driver.disconnect();
      await admin.end();
      await proxy.close();
      await server.stop();
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
  };
}
