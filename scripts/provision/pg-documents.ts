import { identifier, literal } from '../../shared/store/postgres/expressions.ts';
import { type CloudApi, CloudApiError } from '../cloud/api.ts';
import {
  access,
  createIndexByTable,
  describeTable,
  type EnvironmentDatabase,
  type WantedIndex,
} from './database.ts';
import { isNotOffered, NotOffered } from './refusal.ts';
import { type RunSql, runSql } from './sql.ts';

/** Where pg_doc keeps its collections. https://docs.cloudbase.net/database/postgresql/pg-doc */
const SCHEMA = 'pgdoc';
const TABLES = 'pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace';

/** Whether the documents of a PostgreSQL environment are switched on. */
export async function hasPgDocuments(api: CloudApi, envId: string): Promise<boolean> {
  try {
    const found = await runSql(
      api,
      envId,
    )(`SELECT nspname FROM pg_namespace WHERE nspname = '${SCHEMA}'`);
    return found.length > 0;
  } catch (error) {
    // Where SQL cannot be run, the API of tables tells.
    if (!isNotOffered(error)) throw error;
    try {
      await describeTable(api, { EnvId: envId }, 'jobs');
      return true;
    } catch (refused) {
      if (isNotOffered(refused)) return false;
      throw refused;
    }
  }
}

/**
 * The documents of PostgreSQL. It is not documented whether the API of tables knows them, so each thing
 * is tried by that API first; then a collection by the API of documents, and an index in SQL.
 */
export function openPgDocuments(
  api: CloudApi,
  envId: string,
  createCollection: (name: string) => Promise<void>,
): EnvironmentDatabase {
  const place = { EnvId: envId };
  const sql = runSql(api, envId);

  return {
    kind: 'pg_doc',

    async indexes(collection) {
      const listed = await orIfNotOffered(() => describeTable(api, place, collection), 'unknown');
      if (listed === undefined) return undefined;
      const rows = await orIfNotOffered(
        () =>
          sql(
            `SELECT tablename, indexname FROM pg_indexes WHERE schemaname = '${SCHEMA}' AND tablename = ${literal(collection)}`,
          ),
        [],
      );
      if (listed === 'unknown' && !(await isTable(sql, collection))) return undefined;
      const made = rows.map(({ indexname }) => ({
        name: nameIn(collection, indexname ?? ''),
        fields: undefined,
        unique: undefined,
        expireAfterSeconds: undefined,
      }));
      const byTable = listed === 'unknown' ? [] : listed;
      const names = new Set(byTable.map(({ name }) => name));
      return [...byTable, ...made.filter(({ name }) => !names.has(name))];
    },

    async create(collection) {
      try {
        await api('tcb', 'CreateTable', { ...place, TableName: collection });
      } catch (error) {
        if (!isNotOffered(error)) throw error;
        await createCollection(collection);
      }
    },

    async cannotIndex(collection, index, isList) {
      const listed = await orIfNotOffered(() => describeTable(api, place, collection), 'unknown');
      if (listed !== 'unknown') return undefined;
      if (index.unique && isList) return 'SQL has no unique index over the elements of a list.';
      const found = await orIfNotOffered(() => columnOf(sql, collection), 'unknown');
      return found === 'unknown' ? 'This environment takes no SQL from here.' : found.problem;
    },

    async createIndex(collection, index) {
      try {
        await createIndexByTable(api, place, collection, index);
      } catch (error) {
        if (!isNotOffered(error)) throw error;
        await createInSql(sql, collection, index);
      }
    },

    ...access(api, envId),
  };
}

async function createInSql(sql: RunSql, collection: string, index: WantedIndex): Promise<void> {
  const { column, problem } = await columnOf(sql, collection);
  if (!column) throw new NotOffered(problem ?? 'It has no column for documents.');
  const fields = index.fields
    .map(({ name, direction }) => `(${identifier(column)} -> ${literal(name)}) ${direction}`)
    .join(', ');
  const kind = index.unique ? 'UNIQUE INDEX' : 'INDEX';
  try {
    await sql(
      `CREATE ${kind} IF NOT EXISTS ${identifier(`${collection}_${index.name}`)} ON ${tableOf(collection)} (${fields})`,
    );
  } catch (error) {
    if (error instanceof CloudApiError) throw new NotOffered(error.message);
    throw error;
  }
}

/** The column with the documents, or why no index can be made over it. Changes nothing. */
async function columnOf(
  sql: RunSql,
  collection: string,
): Promise<{ readonly column?: string; readonly problem?: string }> {
  // The catalogue is open to every role, unlike the information schema, which hides what is not one's own.
  const columns = await sql(
    `SELECT attname AS name, pg_has_role(current_user, relowner, 'MEMBER')::text AS owned FROM ${TABLES} JOIN pg_attribute ON attrelid = pg_class.oid WHERE nspname = '${SCHEMA}' AND relname = ${literal(collection)} AND atttypid = 'jsonb'::regtype AND attnum > 0 AND NOT attisdropped`,
  );
  const [only, ...more] = columns;
  if (!only?.name || more.length > 0) {
    return {
      problem: `${SCHEMA}.${collection} has ${columns.length} columns that could hold its documents.`,
    };
  }
  return only.owned === 'true'
    ? { column: only.name }
    : { problem: `Only the owner of ${SCHEMA}.${collection} may index it.` };
}

async function isTable(sql: RunSql, collection: string): Promise<boolean> {
  const found = await orIfNotOffered(
    () =>
      sql(
        `SELECT relname FROM ${TABLES} WHERE nspname = '${SCHEMA}' AND relname = ${literal(collection)}`,
      ),
    [],
  );
  return found.length > 0;
}

async function orIfNotOffered<Value, const Other>(
  ask: () => Promise<Value>,
  other: Other,
): Promise<Value | Other> {
  try {
    return await ask();
  } catch (error) {
    if (isNotOffered(error)) return other;
    throw error;
  }
}

/** PostgreSQL has the names of indexes in common for a whole schema. */
function nameIn(collection: string, index: string): string {
  return index.startsWith(`${collection}_`) ? index.slice(collection.length + 1) : index;
}

function tableOf(collection: string): string {
  return `${SCHEMA}.${identifier(collection)}`;
}
