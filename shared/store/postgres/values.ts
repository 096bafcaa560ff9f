import { types } from 'node:util';
import type { Raw } from '../link.ts';
import type { Scalar } from '../store.ts';
import type { Fields, Value } from '../values.ts';

/** What a column `doc` holds. A date is `{ "$date": ms }`: no field name of ours begins with `$`. */
export function toJson(fields: Fields): string {
  return JSON.stringify(storedForm(fields));
}

/** One value as a JSON text, for comparisons of whole values. */
export function scalarToJson(value: Scalar): string {
  return JSON.stringify(storedForm(value));
}

function storedForm(value: Value): unknown {
  if (typeof value === 'string') return toText(value);
  if (types.isDate(value)) return { $date: value.getTime() };
  if (Array.isArray(value)) return value.map(storedForm);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, storedForm(item)]));
}

/**
 * PostgreSQL's text takes every character but U+0000. That one becomes two, and so does the one that
 * announces it; what sorts before another text still does.
 */
export function toText(text: string): string {
  if (!text.includes(NUL) && !text.includes(MARK)) return text;
  return text.replaceAll(MARK, `${MARK}1`).replaceAll(NUL, `${MARK}0`);
}

export function fromText(text: string): string {
  if (!text.includes(MARK)) return text;
  return text.replaceAll(`${MARK}0`, NUL).replaceAll(`${MARK}1`, MARK);
}

const NUL = '\0';
const MARK = '\u0001';

/** A row of a collection's table, every column as text. */
export interface Row {
  readonly id: string;
  readonly rev: string;
  readonly writes: readonly string[];
  readonly doc: string;
}

/** The store itself makes dates of `{ "$date": ms }` when it gives a document out. */
export function toRaw({ id, rev, writes, doc }: Row): Raw {
  const fields = JSON.parse(doc) as Fields;
  const plain = doc.includes('\\u0001') ? (unescaped(fields) as Fields) : fields;
  return { ...plain, _id: fromText(id), _rev: Number(rev), _writes: writes };
}

function unescaped(value: Value): Value {
  if (typeof value === 'string') return fromText(value);
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unescaped(item)]));
}
