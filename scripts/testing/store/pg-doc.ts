import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { RunSql } from '../../emulator/tencent/cloud/environments.ts';

/** The PostgreSQL of an emulated environment: a database of its own on a real server. */
export interface PgDoc {
  readonly sql: RunSql;
  /** From here on SQL is run by a role that owns no table, as the cloud's may. */
  asSomebodyElse(): Promise<void>;
  close(): Promise<void>;
}

export async function openPgDoc(server: string): Promise<PgDoc> {
  const name = `pgdoc_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 1 });
  const other = `${name}_reader`;
  let hasOther = false;

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
    async asSomebodyElse() {
      await pool.query(`CREATE ROLE ${other}; GRANT USAGE ON SCHEMA pgdoc TO ${other}`);
      hasOther = true;
      await pool.query(`SET ROLE ${other}`);
    },
    async close() {
      await pool.end();
      await admin.query(`DROP DATABASE ${name}`);
      if (hasOther) await admin.query(`DROP ROLE ${other}`);
      await admin.end();
    },
  };
}
