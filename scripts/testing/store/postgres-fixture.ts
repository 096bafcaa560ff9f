import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import type { DrivenStore } from '../../../shared/store/driven-store.ts';
import type { PostgresDriver } from '../../../shared/store/postgres/driver.ts';
import { identifier } from '../../../shared/store/postgres/expressions.ts';
import type { PostgresServer } from '../../../shared/store/postgres/server.ts';
import { SCHEMA } from '../../../shared/store/postgres/statement.ts';
import {
  createPostgresStore,
  type PostgresStoreOptions,
} from '../../../shared/store/postgres/store.ts';
import { type TableSource, tableStatements } from '../../../shared/store/postgres/tables.ts';
import { patience } from './store-fixture.ts';

/** A store on a schema of its own of a real server. */
export interface PostgresFixture {
  readonly store: DrivenStore;
  readonly server: PostgresServer;
  /** Another store on the same data, as another instance of a function would have. */
  another(options?: Partial<PostgresStoreOptions>): DrivenStore;
  /** Asks the database itself. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openPostgresFixture(
  url: string,
  collections: readonly TableSource[],
  options: Partial<Omit<PostgresStoreOptions, 'driver'>> & {
    readonly poolSize?: number;
    readonly driver?: PostgresDriver;
  } = {},
): Promise<PostgresFixture> {
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Pool({ connectionString: url, max: 2, allowExitOnIdle: true });
  await admin.query(`CREATE SCHEMA ${schema}`);
  for (const { sql } of collections.flatMap((collection) => tableStatements(collection))) {
    await admin.query(sql.replaceAll(SCHEMA, identifier(schema)));
  }
  const server = serverAt(url, schema, options.poolSize ?? 8);
  const driver = options.driver ?? (await import('../../../shared/store/postgres/driver.ts'));
  const another: PostgresFixture['another'] = (others = {}) =>
    createPostgresStore({
      clock: systemClock,
      ...patience,
      ...options,
      server,
      driver: () => Promise.resolve(driver),
      ...others,
    });
  return {
    store: another(),
    server,
    another,
    async query(sql, values = []) {
      const text = sql.replaceAll(SCHEMA, identifier(schema));
      return (await admin.query(text, [...values])).rows as Record<string, unknown>[];
    },
    async close() {
      await driver.disconnect();
      await admin.query(`DROP SCHEMA ${schema} CASCADE`);
      await admin.end();
    },
  };
}

/** What the settings of a function would say. */
export function serverAt(url: string, schema: string, poolSize: number): PostgresServer {
  const { hostname: host, port, pathname, username: user, password } = new URL(url);
  return {
    address: {
      host,
      port: Number(port),
      database: pathname.slice(1),
      user,
      password: new Secret(password),
      tls: undefined,
    },
    schema,
    poolSize,
  };
}
