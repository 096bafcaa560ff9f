import type { CloudApi } from '../cloud/api.ts';

/** A row by the names of its columns; each value as text. */
export type SqlRow = Readonly<Record<string, string | null>>;
export type RunSql = (text: string) => Promise<readonly SqlRow[]>;

/** SQL in the PostgreSQL of an environment, by the cloud API: no network path to the database is needed. */
export function runSql(api: CloudApi, envId: string): RunSql {
  return async (text) => {
    const { Columns, Rows } = await api('tcb', 'ExecutePGSql', { EnvId: envId, Sql: text });
    const names = Columns ?? [];
    return (Rows ?? []).map((row) => {
      const values: unknown = JSON.parse(row);
      // The model says that a row is JSON, and not whether that is a list or an object.
      if (!Array.isArray(values)) return values as SqlRow;
      return Object.fromEntries(names.map((name, i) => [name, values[i] as string | null]));
    });
  };
}
