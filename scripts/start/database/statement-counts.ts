import type { RequestTally } from './local-database.ts';

/** How often each statement was sent, by its SQL. */
type StatementCounts = ReadonlyMap<string, number>;

/** The counts by the first word of the statements, such as `SELECT`. */
export function countsByKind(bySql: StatementCounts): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const [sql, count] of bySql) {
    const [kind = ''] = sql.split(/\W/, 1);
    kinds[kind] = (kinds[kind] ?? 0) + count;
  }
  return kinds;
}

/** Reads and writes of the tables, and all transactions. */
export function tallyOf(bySql: StatementCounts, tables: readonly string[]): RequestTally {
  const count = (pattern: RegExp, among: readonly string[]) =>
    [...bySql].reduce((sum, [sql, n]) => {
      const isMeant = pattern.test(sql) && among.some((name) => sql.includes(name));
      return sum + (isMeant ? n : 0);
    }, 0);
  return {
    reads: count(/^SELECT/, tables),
    writes: count(/^(?:INSERT|UPDATE|DELETE)/, tables),
    transactions: count(/^BEGIN/, ['']),
  };
}
