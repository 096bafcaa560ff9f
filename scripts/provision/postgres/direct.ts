import { createHash } from 'node:crypto';
import { identifier, literal } from '../../../shared/store/postgres/expressions.ts';
import type { PostgresServer } from '../../../shared/store/postgres/server.ts';
import { type TableSource, tableStatements } from '../../../shared/store/postgres/tables.ts';
import { clientFor } from '../../postgres/client.ts';
import type { Migration } from './migration-files.ts';
import { type MigratedDatabase, olderThan } from './migrations.ts';

/** The history, with the columns that CloudBase's own service of migrations tells of each. */
const HISTORY = '__migrations';
/** For all who migrate at the same time: any number that nobody else takes. */
const LOCK = 7_340_111;
const LOCK_MS = 5_000;
const STATEMENT_MS = 300_000;

/** A database that we connect to ourselves. The connection is opened by the first question. */
export function openDirectly(
  { address, schema }: PostgresServer,
  collections: readonly TableSource[],
): MigratedDatabase & { close(): Promise<void> } {
  const client = clientFor(address, 'fuwuhao provision');
  const history = `${identifier(schema)}.${identifier(HISTORY)}`;
  let connected: Promise<unknown> | undefined;

  async function ask(text: string, values: readonly unknown[] = []) {
    connected ??= client.connect();
    await connected;
    return (await client.query(text, [...values])).rows as readonly Record<string, unknown>[];
  }

  async function applied(): Promise<ReadonlyMap<string, string>> {
    const [found] = await ask('SELECT to_regclass($1) AS history', [history]);
    if (found?.history === null) return new Map();
    const rows = await ask(`SELECT version, checksum FROM ${history} ORDER BY version`);
    return new Map(rows.map(({ version, checksum }) => [String(version), String(checksum)]));
  }

  return {
    async preview(migrations) {
      const known = await applied();
      const latest = [...known.keys()].at(-1) ?? '';
      const conflicts: { version: string; reason: string }[] = [];
      for (const migration of migrations) {
        const checksum = known.get(migration.version);
        if (checksum !== undefined && checksum !== checksumOf(migration)) {
          conflicts.push({
            version: migration.version,
            reason:
              'it was applied with another content; restore the file and write a new migration',
          });
        } else if (checksum === undefined && migration.version < latest) {
          conflicts.push(olderThan(migration.version, latest));
        }
      }
      const versions = migrations.map(({ version }) => version);
      const unknown = [...known.keys()].filter((version) => !versions.includes(version));
      for (const version of unknown) {
        conflicts.push({
          version,
          reason: 'it is applied and has no file here: this checkout is older than the database',
        });
      }
      return {
        pending: versions.filter((version) => !known.has(version)),
        applied: versions.filter((version) => known.has(version)),
        conflicts,
      };
    },

    async push(migrations) {
      for (const migration of migrations) await apply(migration);
    },

    async lost() {
      const wanted = collections.flatMap((collection) => tableStatements(collection));
      const there = await ask(
        `SELECT 'table' AS kind, relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = $1::regnamespace
         UNION ALL SELECT 'index', relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid WHERE indisvalid AND relnamespace = $1::regnamespace
         UNION ALL SELECT 'function', proname FROM pg_proc WHERE pronamespace = $1::regnamespace
         UNION ALL SELECT 'trigger', tgname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid WHERE relnamespace = $1::regnamespace AND tgenabled <> 'D'`,
        [identifier(schema)],
      );
      const names = new Set(there.map(({ kind, name }) => `${String(kind)} ${String(name)}`));
      return wanted.map(({ kind, name }) => `${kind} ${name}`).filter((each) => !names.has(each));
    },

    async close() {
      if (connected) await client.end();
    },
  };

  /** One transaction: the migration and its line in the history, or neither. */
  async function apply(migration: Migration): Promise<void> {
    const { version, name, query } = migration;
    await ask('BEGIN');
    try {
      await ask(`SET LOCAL lock_timeout = ${LOCK_MS}`);
      await ask(`SET LOCAL statement_timeout = ${STATEMENT_MS}`);
      await ask(`SELECT pg_advisory_xact_lock(${LOCK})`);
      // Somebody else may have applied it while we waited.
      const known = await applied();
      if (!known.has(version)) {
        const startedAt = Date.now();
        await ask(query);
        await ask(
          `CREATE TABLE IF NOT EXISTS ${history} (version text PRIMARY KEY, name text NOT NULL, query text NOT NULL, checksum text NOT NULL, created_by text NOT NULL DEFAULT current_user, applied_at timestamptz NOT NULL DEFAULT now(), duration_ms integer NOT NULL)`,
        );
        await ask(
          `INSERT INTO ${history} (version, name, query, checksum, duration_ms) VALUES (${[version, name, query, checksumOf(migration)].map(literal).join(', ')}, ${Date.now() - startedAt})`,
        );
      }
      await ask('COMMIT');
    } catch (error) {
      await ask('ROLLBACK').catch(() => undefined);
      // A name is looked up as the server knew it when the transaction began. So one that waited while
      // another process made the history may not have seen it, and fails on the line that is there.
      const known = await applied().catch(() => undefined);
      if (known?.has(version)) return;
      throw new Error(`${version}_${name}: ${(error as Error).message}`, { cause: error });
    }
  }
}

function checksumOf({ query }: Migration): string {
  return createHash('sha256').update(query).digest('hex');
}
