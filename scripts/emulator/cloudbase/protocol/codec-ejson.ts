import { requestFailed } from '../errors.ts';
import { isObject, type Value } from '../values.ts';

type Reader = (value: unknown, now: number) => Value;

const INT32 = 2 ** 31;

/** Extended JSON, canonical and relaxed, plus CloudBase's server date. One key decides. */
const readers: Record<string, Reader> = {
  $numberInt: toNumber,
  $numberLong: toNumber,
  $numberDouble: toNumber,
  $numberDecimal: toNumber,
  $date: (value, now) => readDate(value, now),
  $oid: (value) => String(value),
  $undefined: () => null,
  $regularExpression: (value) => {
    const { pattern, options } = object(value);
    return regExp(pattern, options);
  },
  $tcb_server_date: (value, now) => new Date(now + offsetOf(value)),
};

/**
 * Turns parsed JSON into values. Server dates become `now` plus their offset. Both dialects are
 * read by it: plain JSON is Extended JSON in which every number is relaxed.
 */
export function decodeValue(json: unknown, now: number): Value {
  if (Array.isArray(json)) return json.map((item) => decodeValue(item, now));
  if (typeof json !== 'object' || json === null) return json as Value;
  const entries = Object.entries(json);
  const first = entries[0];
  if (first && entries.length === 1 && Object.hasOwn(readers, first[0])) {
    const read = readers[first[0]];
    if (read) return read(first[1], now);
  }
  if (isRegexPair(json)) return regExp(json.$regex, json.$options);
  if (Object.hasOwn(json, '__proto__')) throw requestFailed('The key __proto__ is not allowed');
  return Object.fromEntries(entries.map(([key, item]) => [key, decodeValue(item, now)]));
}

/** A string of Extended JSON, as the documents and queries of `@cloudbase/node-sdk` travel. */
export function parseEjson(text: string, now: number): Value {
  try {
    return decodeValue(JSON.parse(text), now);
  } catch (error) {
    if (error instanceof SyntaxError) throw requestFailed(`Not JSON: ${error.message}`);
    throw error;
  }
}

export function stringifyEjson(value: Value): string {
  return JSON.stringify(encodeEjson(value));
}

/** Canonical, so that doubles, longs and dates survive either reader. */
export function encodeEjson(value: Value): unknown {
  if (typeof value === 'number') return encodeNumber(value);
  if (Array.isArray(value)) return value.map(encodeEjson);
  if (value instanceof Date) return { $date: { $numberLong: String(value.getTime()) } };
  if (value instanceof RegExp) {
    return { $regularExpression: { pattern: value.source, options: value.flags } };
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeEjson(item)]));
}

function encodeNumber(value: number): unknown {
  if (!Number.isSafeInteger(value)) return { $numberDouble: String(value) };
  const isInt32 = value >= -INT32 && value < INT32;
  return isInt32 ? { $numberInt: String(value) } : { $numberLong: String(value) };
}

/** `{$numberLong}`, ISO text, or the plain milliseconds of the older dialect, `{offset}` included. */
function readDate(value: unknown, now: number): Date {
  if (isObject(value) && Object.hasOwn(value, 'offset')) return new Date(now + offsetOf(value));
  const time = typeof value === 'string' ? Date.parse(value) : Number(decodeValue(value, now));
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw requestFailed('A $date is not a date');
  return date;
}

function offsetOf(value: unknown): number {
  return Number(decodeValue(object(value).offset ?? 0, 0));
}

function isRegexPair(json: object): json is { $regex: unknown; $options?: unknown } {
  return (
    Object.hasOwn(json, '$regex') &&
    Object.keys(json).every((key) => key === '$regex' || key === '$options')
  );
}

/** Flags that would make matching depend on earlier matches (g, y) are dropped. */
function regExp(pattern: unknown, options: unknown): RegExp {
  if (pattern instanceof RegExp) return pattern;
  try {
    return new RegExp(String(pattern), String(options ?? '').replace(/[^ims]/g, ''));
  } catch {
    throw requestFailed('Regular expression is invalid');
  }
}

function object(value: unknown): { readonly [key: string]: unknown } {
  return isObject(value) ? value : {};
}

function toNumber(value: unknown): number {
  return Number(value);
}
