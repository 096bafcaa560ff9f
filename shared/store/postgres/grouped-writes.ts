import type { CollectionRef } from '../link.ts';
import type { PostgresError } from './client-error.ts';
import type { Connections } from './connections.ts';
import { GroupCommit } from './group-commit.ts';
import type { Sql } from './statements.ts';

/** One kind of write, alone and many at a time. */
export interface GroupedStatements<Row> {
  readonly one: (collection: CollectionRef, row: Row) => Sql;
  /** Its rows are the ids of the writes that were made, as `write`. */
  readonly many: (collection: CollectionRef, rows: readonly Row[]) => Sql;
  readonly writeOf: (row: Row) => string;
  readonly idOf: (row: Row) => string;
}

/** States in which the server has undone the whole statement and says so. */
const UNDONE = /^(?:2[23]|4[02]|54)/;

/** Writes of one kind, gathered by collection. Each promise tells whether its own write was made. */
export function groupWrites<Row>(
  connections: Connections,
  timeoutMs: number,
  { one, many, writeOf, idOf }: GroupedStatements<Row>,
): (collection: CollectionRef, row: Row) => Promise<boolean> {
  const groups = new Map<string, GroupCommit<Row, boolean>>();

  return (collection, row) => {
    let group = groups.get(collection.name);
    if (!group) {
      const request = (rows: readonly Row[]) => write(collection, rows);
      group = new GroupCommit(request, isUndone, connections.size);
      groups.set(collection.name, group);
    }
    return group.ask(row, performance.now() + timeoutMs);
  };

  async function write(collection: CollectionRef, rows: readonly Row[]): Promise<boolean[]> {
    const [first] = rows;
    if (first !== undefined && rows.length === 1) {
      const { rowCount } = await connections.run(one(collection, first), timeoutMs);
      return [(rowCount ?? 0) > 0];
    }
    // Locked in one order by all instances: none waits for another that waits for it.
    const inOrder = rows.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    const result = await connections.run(many(collection, inOrder), timeoutMs);
    const made = new Set((result.rows as { readonly write: string }[]).map(({ write }) => write));
    return rows.map((row) => made.has(writeOf(row)));
  }
}

function isUndone(error: unknown): boolean {
  return UNDONE.test((error as Partial<PostgresError>).code ?? '');
}
