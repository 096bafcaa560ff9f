import type { CollectionRef, Find, Link } from '../link.ts';
import { PostgresError } from './client-error.ts';
import type { Connections } from './connections.ts';
import { groupWrites } from './grouped-writes.ts';
import { type ChangedRow, createStatements, type InsertedRow, type Sql } from './statements.ts';
import { createTransactionLink } from './transaction-link.ts';
import { type Row, toJson, toRaw, toText } from './values.ts';

/** The tables of one schema as the store reaches them: one statement each. It throws `PostgresError`. */
export function createPostgresLink(
  connections: Connections,
  schema: string,
  timeoutMs: number,
): Link {
  const statements = createStatements(schema);
  const run = (sql: Sql) => connections.run(sql, timeoutMs);
  const affected = async (sql: Sql) => (await run(sql)).rowCount ?? 0;
  const insert = groupWrites<InsertedRow>(connections, timeoutMs, {
    one: statements.insert,
    many: statements.insertMany,
    writeOf: ([, , [write = '']]) => write,
    idOf: ([id]) => id,
  });
  const change = groupWrites<ChangedRow>(connections, timeoutMs, {
    one: statements.change,
    many: statements.changeMany,
    writeOf: ({ writeId }) => writeId,
    idOf: ({ id }) => id,
  });

  return {
    async get(collection, id) {
      const { rows } = await run(statements.get(collection, toText(id)));
      const [row] = rows as readonly Row[];
      return row && toRaw(row);
    },
    async insert(collection, { _id, _rev, _writes, ...fields }) {
      const row = [toText(_id), _rev, _writes, toJson(fields)] as const;
      if (!(await insert(collection, row))) {
        throw new PostgresError('The id, or a value that is to be unique, is taken.', '23505');
      }
    },
    async update(collection, { id, rev, without }, { set, unset, add, writeId }) {
      if (rev !== undefined && without === undefined && Object.keys(add).length === 0) {
        const row = { id: toText(id), rev, writeId, set: toJson(set), unset };
        return (await change(collection, row)) ? 1 : 0;
      }
      if (
        without === writeId &&
        rev === undefined &&
        Object.keys(set).length + unset.length === 0
      ) {
        return affected(
          statements.add(collection, { id: toText(id), writeId, add: JSON.stringify(add) }),
        );
      }
      throw new Error('The store makes no such change.');
    },
    async remove(collection, { id, rev }) {
      return affected(statements.remove(collection, toText(id), rev ?? null));
    },
    async find(collection: CollectionRef, find: Find) {
      const { rows } = await run(statements.find(collection, find));
      return (rows as readonly Row[]).map(toRaw);
    },
    async count(collection, conditions) {
      const { rows } = await run(statements.count(collection, conditions));
      return Number((rows as readonly { readonly count: string }[])[0]?.count);
    },
    async removeBefore(collection, field, date, limit) {
      return affected(statements.removeBefore(collection, field, date, limit));
    },
    async begin() {
      return createTransactionLink(connections, statements, timeoutMs);
    },
  };
}
