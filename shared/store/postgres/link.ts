import type { Find, Link, Place } from '../link.ts';
import { PostgresError } from './client-error.ts';
import type { Connections } from './connections.ts';
import { createStatements, type Sql } from './statements.ts';
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

  return {
    async get(place, id) {
      const { rows } = await run(statements.get(place, toText(id)));
      const [row] = rows as readonly Row[];
      return row && toRaw(row);
    },
    async insert(place, { _id, _rev, _writes, ...fields }) {
      const row = [toText(_id), _rev, _writes, toJson(fields)] as const;
      if ((await affected(statements.insert(place, row))) === 0) {
        throw new PostgresError('The id, or a value that is to be unique, is taken.', '23505');
      }
    },
    async update(place, { id, rev, without }, { set, unset, add, writeId }) {
      if (rev !== undefined && without === undefined && Object.keys(add).length === 0) {
        const change = { id: toText(id), rev, writeId, set: toJson(set), unset };
        return affected(statements.change(place, change));
      }
      if (
        without === writeId &&
        rev === undefined &&
        Object.keys(set).length + unset.length === 0
      ) {
        return affected(
          statements.add(place, { id: toText(id), writeId, add: JSON.stringify(add) }),
        );
      }
      throw new Error('The store makes no such change.');
    },
    async remove(place, { id, rev }) {
      return affected(statements.remove(place, toText(id), rev ?? null));
    },
    async find(place: Place, find: Find) {
      const { rows } = await run(statements.find(place, find));
      return (rows as readonly Row[]).map(toRaw);
    },
    async count(place, conditions) {
      const { rows } = await run(statements.count(place, conditions));
      return Number((rows as readonly { readonly count: string }[])[0]?.count);
    },
    async removeBefore(place, field, date, limit) {
      return affected(statements.removeBefore(place, field, date, limit));
    },
    async begin() {
      return createTransactionLink(connections, statements, timeoutMs);
    },
  };
}
