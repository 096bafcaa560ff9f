import type { Condition, Find, Raw } from './link.ts';
import type { Scalar } from './store.ts';
import type { Value } from './values.ts';

/** Matches and sorts documents in memory as MongoDB does. */
export function matches(raw: Raw, conditions: readonly Condition[]): boolean {
  return conditions.every(({ field, operator, value }) => {
    const found = raw[field];
    const wanted = (Array.isArray(value) ? value : [value]) as readonly Scalar[];
    // A list matches by any of its elements.
    const candidates: readonly (Value | undefined)[] = Array.isArray(found) ? found : [found];
    const test = tests[operator];
    if (test === isEqual) {
      const keys = new Set(wanted.map(keyText));
      return candidates.some((candidate) => keys.has(keyText(candidate)));
    }
    return candidates.some((candidate) => wanted.some((other) => test(compare(candidate, other))));
  });
}

/**
 * What each operator asks of the sign of a comparison. Values of different types give NaN, and
 * never match.
 */
const tests: Record<Condition['operator'], (sign: number) => boolean> = {
  eq: isEqual,
  has: isEqual,
  hasAny: isEqual,
  in: isEqual,
  lt: (sign) => sign < 0,
  lte: (sign) => sign <= 0,
  gt: (sign) => sign > 0,
  gte: (sign) => sign >= 0,
};

function isEqual(sign: number): boolean {
  return sign === 0;
}

function keyText(value: Value | undefined): string {
  const { type, by } = sortKey(value);
  return `${type} ${by}`;
}

function compare(a: Value | undefined, b: Scalar): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left.type === right.type ? compareKeys(left, right) : Number.NaN;
}

export function inOrder(order: Find['order']): (a: Raw, b: Raw) => number {
  return (a, b) => {
    for (const { field, direction } of order) {
      const sign = compareKeys(sortKey(a[field]), sortKey(b[field]));
      if (sign !== 0) return direction === 'asc' ? sign : -sign;
    }
    return 0;
  };
}

/**
 * Equal for values that a unique index takes for the same. A missing field counts as null, and a
 * list by each of its elements.
 */
export function indexKeys(
  raw: Raw,
  fields: readonly { readonly name: string }[],
): readonly string[] {
  let keys: readonly (readonly SortKey[])[] = [[]];
  for (const { name } of fields) {
    const value = raw[name];
    const choices = Array.isArray(value) && value.length > 0 ? (value as Value[]) : [value];
    keys = keys.flatMap((key) => choices.map((choice) => [...key, sortKey(choice)]));
  }
  return keys.map((key) => JSON.stringify(key));
}

/** BSON's order of types: null, numbers, strings, objects and lists, booleans, dates. */
function sortKey(value: Value | undefined): { type: number; by: number | string } {
  if (value === null || value === undefined) return { type: 0, by: 0 };
  if (typeof value === 'number') return { type: 1, by: value };
  if (typeof value === 'string') return { type: 2, by: value };
  if (typeof value === 'boolean') return { type: 4, by: Number(value) };
  if (value instanceof Date) return { type: 5, by: value.getTime() };
  return { type: 3, by: JSON.stringify(value) };
}

type SortKey = ReturnType<typeof sortKey>;

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.type !== b.type) return a.type - b.type;
  if (typeof a.by === 'number' && typeof b.by === 'number') return a.by - b.by;
  // The database compares bytes, JavaScript would compare UTF-16 units.
  return Buffer.compare(Buffer.from(String(a.by)), Buffer.from(String(b.by)));
}
