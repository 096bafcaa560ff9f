import * as v from 'valibot';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';

/** Collections of pg_doc lie in this schema. https://docs.cloudbase.net/database/postgresql/pg-doc */
const SCHEMA = 'pgdoc';

/** PostgreSQL environments: documents as a plugin, and SQL. */
export const postgresActions = {
  /** https://cloud.tencent.com/document/api/876/140402 */
  EnablePGDocumentExt: action({ EnvId: v.string() }, async (cloud, { EnvId }) => {
    const environment = cloud.environments.get(EnvId);
    if (environment.kind === 'documents') {
      throw new CloudError('FailedOperation', 'This environment has no PostgreSQL.');
    }
    environment.kind = 'pg_doc';
    await environment.sql?.(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    return {};
  }),
  ExecutePGSql: action(
    { EnvId: v.string(), Sql: v.string(), Role: v.exactOptional(v.string()) },
    async (cloud, { EnvId, Sql }) => {
      const { sql } = cloud.environments.get(EnvId);
      if (!sql) throw new CloudError('UnsupportedOperation', 'SQL cannot be run here.');
      try {
        const { columns, rows } = await sql(Sql);
        return {
          AffectedRows: rows.length,
          Columns: columns,
          ColumnTypes: columns.map(() => 'text'),
          Rows: rows.map((row) => JSON.stringify(row)),
          ExecutionTimeMs: 1,
        };
      } catch (error) {
        if (error instanceof CloudError) throw error;
        throw new CloudError('FailedOperation', (error as Error).message);
      }
    },
  ),
};

/** The table behind a collection of pg_doc. */
export function tableStatement(collection: string): string {
  return `CREATE TABLE ${SCHEMA}."${collection}" (_id text PRIMARY KEY, doc jsonb NOT NULL)`;
}
