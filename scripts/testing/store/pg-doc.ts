import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { RunSql } from '../../emulator/tencent/cloud/environments.ts';

/** The PostgreSQL of an emulated environment: a database of its own on a real server. */
export interface PgDoc {
  readonly sql: RunSql;
  close(): Promise<void>;
}

export async function openPgDoc(server: string): Promise<PgDoc> {
  const name = `pgdoc_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });

  return {
    async sql(text) {
      const { fields, rows } = await pool.query({ text, rowMode: 'array' });
      return {
        columns: fields.map((field) => field.name),
        rows: (rows as unknown[][]).map((row) =>
          row.map((value) => (value === null ? null : String(value))),
        ),
      };
    },
    async close() {
      await pool.end();
      await admin.query(`DROP DATABASE ${name}`);
      await admin.end();
    },
  };
}
