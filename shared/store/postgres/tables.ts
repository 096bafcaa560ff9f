import { fieldTypeOf } from '../field-type.ts';
import type { Collection, Doc, Index } from '../store.ts';
import { elementStatements } from './element-table.ts';
import { checkName, identifier, listValue, orderTerms } from './expressions.ts';
import { SCHEMA, type Statement } from './statement.ts';

/** What a table is made of: a collection with its schema, which says the types of its indexes. */
export type TableSource = Pick<Collection<Doc>, 'name' | 'indexes' | 'schema'>;

/**
 * What a collection needs: its table, and for each index a typed one, or for a unique index over a
 * list a table of its elements that the database itself keeps. None of them changes what is there.
 */
export function tableStatements(collection: TableSource): readonly Statement[] {
  const { name, indexes = [] } = collection;
  const table = `${SCHEMA}.${identifier(name)}`;
  const made: Statement[] = [
    {
      kind: 'table',
      name,
      sql: `CREATE TABLE IF NOT EXISTS ${table} (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  writes text[] NOT NULL,
  doc jsonb NOT NULL
)`,
    },
  ];
  for (const index of indexes) made.push(...indexStatements(collection, index));
  return made;
}

function indexStatements(collection: TableSource, index: Index): readonly Statement[] {
  const { name, schema } = collection;
  const fields = index.fields.map((field) => ({
    ...field,
    type: fieldTypeOf(schema.entries[field.name]),
  }));
  const hasList = fields.some(({ type }) => type === 'list');
  if (index.unique && hasList) return elementStatements(name, index);
  const table = `${SCHEMA}.${identifier(name)}`;
  const indexName = `${name}_${fields.map((field) => `${field.name}_${field.direction}`).join('_')}`;
  checkName(indexName);
  const [only] = fields;
  if (hasList) {
    if (!only || fields.length > 1) {
      throw new Error(
        `The index ${indexName} has a list among other fields, which has no form here.`,
      );
    }
    const sql = `CREATE INDEX IF NOT EXISTS ${identifier(indexName)} ON ${table} USING gin ((${listValue(only.name)}))`;
    return [{ kind: 'index', name: indexName, sql }];
  }
  const terms = fields.flatMap(({ name: field, direction, type }) => {
    if (type !== 'mixed') return orderTerms(field, direction, type);
    throw new Error(
      `The index ${indexName} is over ${field}, which holds values of several types.`,
    );
  });
  const kind = index.unique ? 'UNIQUE INDEX' : 'INDEX';
  const nulls = index.unique ? ' NULLS NOT DISTINCT' : '';
  const sql = `CREATE ${kind} IF NOT EXISTS ${identifier(indexName)} ON ${table} (${terms.join(', ')})${nulls}`;
  return [{ kind: 'index', name: indexName, sql }];
}
