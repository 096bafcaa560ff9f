import { type Field, isFields, MalformedError, type PushFields } from '../fields.ts';

/** Reads one property of a message out of WeChat's fields. */
export type Reader<T> = (fields: PushFields) => T;

/** What a kind of message holds: our name for each property, and how it is read. */
export type Shape = Readonly<Record<string, Reader<unknown>>>;

export type Read<S extends Shape> = {
  readonly [Name in keyof S]: S[Name] extends Reader<infer T> ? T : never;
};

/** Adds what the shape reads to `target`, a new object unless there is one already. */
export function readShape<S extends Shape, T extends object>(
  shape: S,
  fields: PushFields,
  target: T = {} as T,
): T & Read<S> {
  const read = target as Record<string, unknown>;
  for (const name of Object.keys(shape)) {
    const value = shape[name]?.(fields);
    if (value !== undefined) read[name] = value;
  }
  return read as T & Read<S>;
}

const leaf = (field: Field | undefined): string => (typeof field === 'string' ? field : '');

/** Text that is always there; if WeChat leaves it out after all, it is empty. */
export const text =
  (name: string): Reader<string> =>
  (fields) =>
    leaf(fields[name]);

/** Text that may be missing or empty. */
export const maybeText =
  (name: string): Reader<string | undefined> =>
  (fields) =>
    leaf(fields[name]) || undefined;

export const number =
  (name: string): Reader<number> =>
  (fields) => {
    const value = maybeNumber(name)(fields);
    if (value === undefined) throw new MalformedError(`message: ${name} is not a number`);
    return value;
  };

export const maybeNumber =
  (name: string): Reader<number | undefined> =>
  (fields) => {
    const value = leaf(fields[name]).trim();
    return value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
  };

/** Seconds on the wire, milliseconds here. */
export const time =
  (name: string): Reader<number> =>
  (fields) =>
    number(name)(fields) * 1000;

export const maybeTime =
  (name: string): Reader<number | undefined> =>
  (fields) => {
    const seconds = maybeNumber(name)(fields);
    return seconds === undefined ? undefined : seconds * 1000;
  };

/** The properties of an element inside the message; of an empty one if it is missing. */
export const inside =
  <S extends Shape>(name: string, shape: S): Reader<Read<S>> =>
  (fields) =>
    readShape(shape, child(fields, name));

/** The repeated elements at the end of a path such as `PicList.item`; none is an empty list. */
export const list =
  <S extends Shape>(path: string, shape: S): Reader<readonly Read<S>[]> =>
  (fields) =>
    elements(path, fields)
      .filter(isFields)
      .map((item) => readShape(shape, item));

export const numbers =
  (path: string): Reader<readonly number[]> =>
  (fields) =>
    elements(path, fields).map((item) => Number(leaf(item)));

function elements(path: string, fields: PushFields): readonly Field[] {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const found = names.reduce(child, fields)[last];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found as Field];
}

function child(fields: PushFields, name: string): PushFields {
  const found = fields[name];
  return isFields(found) ? found : {};
}
