import { isObject, type Value } from '../values.ts';

/** Extended JSON for people: plain numbers, dates in ISO form. `decodeValue` reads it back. */
export function encodeRelaxed(value: Value): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { $numberDouble: String(value) };
  }
  if (Array.isArray(value)) return value.map(encodeRelaxed);
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof RegExp) {
    return { $regularExpression: { pattern: value.source, options: value.flags } };
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeRelaxed(item)]));
}
