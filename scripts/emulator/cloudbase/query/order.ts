import { valueAt } from '../store/index-keys.ts';
import { type Document, isObject, type Value } from '../values.ts';

export type Order = readonly (readonly [field: string, direction: 1 | -1])[];

/** Sorts as MongoDB does: by type first, then by value; ties keep their natural order. */
export function sortDocuments<T>(
  items: readonly T[],
  order: Order,
  documentOf: (item: T) => Document,
): readonly T[] {
  if (order.length === 0) return items;
  const valued = items.map((item) => ({
    item,
    values: order.map(([field, direction]) =>
      sortValue(valueAt(documentOf(item), field), direction),
    ),
  }));
  valued.sort((left, right) => {
    for (let position = 0; position < order.length; position += 1) {
      const a = left.values[position] ?? null;
      const result = compareValues(a, right.values[position] ?? null);
      if (result !== 0) return result * (order[position]?.[1] ?? 1);
    }
    return 0;
  });
  return valued.map(({ item }) => item);
}

/** An array sorts by its smallest element, or by its largest when descending. */
function sortValue(value: Value, direction: 1 | -1): Value {
  if (!Array.isArray(value) || value.length === 0) return value;
  return value.reduce((best: Value, item: Value) =>
    compareValues(item, best) * direction < 0 ? item : best,
  );
}

/** BSON's order of types. */
export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  const rank = typeRank(left) - typeRank(right);
  if (rank !== 0) return rank;
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right);
  if (isObject(left) && isObject(right)) {
    return compareLists(Object.entries(left).flat(), Object.entries(right).flat());
  }
  if (left instanceof RegExp) return compareText(String(left), String(right));
  return Number(left) - Number(right);
}

function typeRank(value: Value): number {
  if (value === null) return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  if (Array.isArray(value)) return 5;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  return value instanceof RegExp ? 11 : 4;
}

function compareLists(left: readonly Value[], right: readonly Value[]): number {
  for (const [position, item] of left.entries()) {
    if (position >= right.length) return 1;
    const result = compareValues(item, right[position] ?? null);
    if (result !== 0) return result;
  }
  return left.length - right.length;
}

const HALF = /[\ud800-\udfff]/;

/** By code point, which is the order of UTF-8 bytes. */
function compareText(left: string, right: string): number {
  // Only half pairs are in another order among themselves, and they are rare.
  if (!HALF.test(left) && !HALF.test(right)) return left < right ? -1 : Number(left > right);
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
