import { createHash } from 'node:crypto';
import { WRITES_KEPT } from '../history.ts';
import type { CollectionRef, Condition, Find } from '../link.ts';
import { orderClause, Parameters, whereClause } from './conditions.ts';
import { fieldValue, identifier } from './expressions.ts';

/** A statement as the client takes it. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The columns of a row, in the order of the table. */
export type InsertedRow = readonly [
  id: string,
  rev: number,
  writes: readonly string[],
  doc: string,
];

/** One compare-and-set. */
export interface ChangedRow {
  readonly id: string;
  readonly rev: number;
  readonly writeId: string;
  /** JSON. */
  readonly set: string;
  readonly unset: readonly string[];
}

/** The columns in the order and the form that `toRaw` takes. */
const COLUMNS = 'id, rev, writes, doc::text AS doc';

/** The statements over the tables of one schema: one text for each kind, whatever the values. */
export function createStatements(schema: string) {
  const texts = new Map<string, string>();
  const tableOf = ({ name }: CollectionRef) => `${identifier(schema)}.${identifier(name)}`;

  function text(collection: CollectionRef, kind: string, make: (table: string) => string): string {
    const key = `${collection.name} ${kind}`;
    const known = texts.get(key) ?? make(tableOf(collection));
    texts.set(key, known);
    return known;
  }

  return {
    get: (collection: CollectionRef, id: string): Sql => ({
      text: text(collection, 'get', (table) => `SELECT ${COLUMNS} FROM ${table} WHERE id = $1`),
      values: [id],
    }),

    /** No row is affected if the id, or a unique index, is taken; no error, which would end a transaction. */
    insert: (collection: CollectionRef, row: InsertedRow): Sql => ({
      text: text(
        collection,
        'insert',
        (table) =>
          `INSERT INTO ${table} (id, rev, writes, doc) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      ),
      values: row,
    }),

    /** Many at a time; it gives the ids of the writes that were made. Each row has one write. */
    insertMany: (collection: CollectionRef, rows: readonly InsertedRow[]): Sql => ({
      text: text(
        collection,
        'insert many',
        (table) =>
          `INSERT INTO ${table} (id, rev, writes, doc) SELECT id, rev, ARRAY[write], doc FROM unnest($1::text[], $2::bigint[], $3::text[], $4::jsonb[]) AS row (id, rev, write, doc) ON CONFLICT DO NOTHING RETURNING writes[1] AS write`,
      ),
      values: [
        rows.map(([id]) => id),
        rows.map(([, rev]) => rev),
        rows.map(([, , [write]]) => write),
        rows.map(([, , , doc]) => doc),
      ],
    }),

    /** The same in a transaction, where it has to be an error: what was sent after it must not be committed. */
    create: (collection: CollectionRef, row: InsertedRow): Sql => ({
      text: text(
        collection,
        'create',
        (table) => `INSERT INTO ${table} (id, rev, writes, doc) VALUES ($1, $2, $3, $4)`,
      ),
      values: row,
    }),

    /** A change that a compare-and-set makes: fields set and fields taken away. */
    change: (collection: CollectionRef, { id, rev, writeId, set, unset }: ChangedRow): Sql => ({
      text: text(
        collection,
        'change',
        (table) =>
          `UPDATE ${table} SET ${nextStamp('$3')}, doc = (doc - $5::text[]) || $4::jsonb WHERE id = $1 AND rev = $2`,
      ),
      values: [id, rev, writeId, set, unset],
    }),

    /**
     * Many at a time; it gives the ids of the writes that were made. Of two changes of one revision one
     * is made.
     */
    changeMany: (collection: CollectionRef, rows: readonly ChangedRow[]): Sql => ({
      text: text(
        collection,
        'change many',
        (table) =>
          `UPDATE ${table} SET ${nextStamp('change.write')}, doc = (doc - ARRAY(SELECT jsonb_array_elements_text(change.absent))) || change.given FROM unnest($1::text[], $2::bigint[], $3::text[], $4::jsonb[], $5::jsonb[]) AS change (key, at, write, given, absent) WHERE id = change.key AND rev = change.at RETURNING change.write AS write`,
      ),
      values: [
        rows.map(({ id }) => id),
        rows.map(({ rev }) => rev),
        rows.map(({ writeId }) => writeId),
        rows.map(({ set }) => set),
        rows.map(({ unset }) => JSON.stringify(unset)),
      ],
    }),

    /** Numbers added in place, unless this write is among the latest. The sums are those of JavaScript. */
    add: (
      collection: CollectionRef,
      { id, writeId, add }: { readonly id: string; readonly writeId: string; readonly add: string },
    ): Sql => ({
      text: text(
        collection,
        'add',
        (table) =>
          `UPDATE ${table} SET ${nextStamp('$2')}, doc = doc || (SELECT jsonb_object_agg(key, to_jsonb(coalesce((doc ->> key)::float8, 0) + value::float8)) FROM jsonb_each_text($3::jsonb)) WHERE id = $1 AND NOT ($2 = ANY(writes))`,
      ),
      values: [id, writeId, add],
    }),

    replace: (collection: CollectionRef, row: InsertedRow): Sql => ({
      text: text(
        collection,
        'replace',
        (table) => `UPDATE ${table} SET rev = $2, writes = $3, doc = $4 WHERE id = $1`,
      ),
      values: row,
    }),

    remove: (collection: CollectionRef, id: string, rev: number | null): Sql => ({
      text: text(
        collection,
        'remove',
        (table) => `DELETE FROM ${table} WHERE id = $1 AND ($2::bigint IS NULL OR rev = $2)`,
      ),
      values: [id, rev],
    }),

    /** Those that a transaction holds are left for the next time. */
    removeBefore: (collection: CollectionRef, field: string, date: Date, limit: number): Sql => {
      const value = fieldValue(field, 'date');
      return {
        text: text(
          collection,
          `remove before ${field}`,
          (table) =>
            `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${value} < $1::numeric ORDER BY ${value} ASC NULLS FIRST LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        ),
        values: [date.getTime(), limit],
      };
    },

    /** Others may hold it as well, but until the end of the transaction nobody changes it. */
    hold: (collection: CollectionRef, id: string): Sql => ({
      text: text(
        collection,
        'hold',
        (table) => `SELECT FROM ${table} WHERE id = $1 FOR SHARE NOWAIT`,
      ),
      values: [id],
    }),

    find(collection: CollectionRef, { conditions, order, limit, skip }: Find): Sql {
      const parameters = new Parameters();
      const where = whereClause(schema, collection, conditions, parameters);
      const page = ` LIMIT ${parameters.add(limit)} OFFSET ${parameters.add(skip)}`;
      return {
        text: `SELECT ${COLUMNS} FROM ${tableOf(collection)}${where}${orderClause(order)}${page}`,
        values: parameters.values,
      };
    },

    count(collection: CollectionRef, conditions: readonly Condition[]): Sql {
      const parameters = new Parameters();
      const where = whereClause(schema, collection, conditions, parameters);
      return {
        text: `SELECT count(*) AS count FROM ${tableOf(collection)}${where}`,
        values: parameters.values,
      };
    },
  };
}

export type Statements = ReturnType<typeof createStatements>;

/** As `nextStamp` of `history.ts` has it. */
function nextStamp(writeId: string): string {
  const kept = `writes[greatest(1, cardinality(writes) - ${WRITES_KEPT - 2}):]`;
  return `rev = rev + 1, writes = array_append(${kept}, ${writeId})`;
}

const names = new Map<string, string>();

/**
 * The name under which a connection keeps a prepared statement. It is made of the text, so that a
 * pooler that mixes connections can never run another text under it.
 */
export function preparedName(text: string): string {
  const known =
    names.get(text) ?? `fw_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, known);
  return known;
}
