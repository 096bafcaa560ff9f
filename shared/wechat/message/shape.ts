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
  // Unlike `Object.keys`, this makes no list for each message.
  for (const name in shape) {
    const value = shape[name]?.(fields);
    if (value !== undefined) read[name] = value;
  }
  return read as T & Read<S>;
}

const leaf = (field: Field | undefined): string | undefined =>
  typeof field === 'string' ? field : undefined;

/** Text without which a message is not of its kind; as it was sent, so it may be empty. */
export const text =
  (name: string): Reader<string> =>
  (fields) => {
    const value = leaf(fields[name]);
    if (value === undefined) throw new MalformedError(`message: ${name} is missing`);
    return value;
  };

/** Text that may be missing or empty. */
export const maybeText =
  (name: string): Reader<string | undefined> =>
  (fields) =>
    leaf(fields[name]) || undefined;

/** An openid, AppID or UnionID: WeChat's own samples spell these names in several ways. */
export const maybeId =
  (name: string): Reader<string | undefined> =>
  (fields) => {
    const expected = name.toLowerCase();
    const spelling =
      name in fields
        ? name
        : Object.keys(fields).find((other) => other.trim().toLowerCase() === expected);
    return leaf(fields[spelling ?? name])?.trim() || undefined;
  };

/** A number without which a message is not of its kind. */
export const number = (name: string): Reader<number> => {
  const read = maybeNumber(name);
  return (fields) => {
    const value = read(fields);
    if (value === undefined) throw new MalformedError(`message: ${name} is not a number`);
    return value;
  };
};

export const maybeNumber =
  (name: string): Reader<number | undefined> =>
  (fields) =>
    toNumber(fields[name]);

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

function toNumber(field: Field | undefined): number | undefined {
  const written = leaf(field)?.trim() ?? '';
  if (!DECIMAL.test(written)) return undefined;
  const value = Number(written);
  return Number.isFinite(value) ? value : undefined;
}

/** Seconds on the wire, milliseconds here. */
export const time = (name: string): Reader<number> => {
  const seconds = number(name);
  return (fields) => seconds(fields) * 1000;
};

export const maybeTime = (name: string): Reader<number | undefined> => {
  const read = maybeNumber(name);
  return (fields) => {
    const seconds = read(fields);
    return seconds === undefined ? undefined : seconds * 1000;
  };
};

/** 0 stands for a time that has not come. */
export const maybePastTime = (name: string): Reader<number | undefined> => {
  const read = maybeTime(name);
  return (fields) => read(fields) || undefined;
};

/** The properties of an element inside the message; of an empty one if it is missing. */
export const inside =
  <S extends Shape>(name: string, shape: S): Reader<Read<S>> =>
  (fields) =>
    readShape(shape, elements([name], fields).find(isFields) ?? {});

/**
 * The repeated elements at the end of a path such as `PicList.item`; none is an empty list. Of several
 * paths the first that leads to an element counts: JSON pushes leave out outer names. An element of
 * which nothing can be read is left out; `raw` has it.
 */
export const list =
  <S extends Shape>(path: string | readonly string[], shape: S): Reader<readonly Read<S>[]> =>
  (fields) => {
    for (const each of typeof path === 'string' ? [path] : path) {
      const items = elements(each.split('.'), fields)
        .filter(isFields)
        .map((item) => readShape(shape, item))
        .filter((item) => Object.keys(item).length > 0);
      if (items.length > 0) return items;
    }
    return [];
  };

export const numbers =
  (path: string): Reader<readonly number[]> =>
  (fields) =>
    elements(path.split('.'), fields).flatMap((item) => toNumber(item) ?? []);

/**
 * What stands at the end of a path. One element stands where a list may be, and a list where XML has
 * one element of several: JSON pushes have both, and leave out the name `item`.
 */
function elements(path: readonly string[], field: Field | undefined): readonly Field[] {
  if (field === undefined) return [];
  if (isList(field)) return field.flatMap((each) => elements(path, each));
  const [name, ...rest] = path;
  if (name === undefined) return [field];
  if (typeof field === 'string') return [];
  const isItem = name === 'item' && field.item === undefined;
  return isItem ? [field] : elements(rest, field[name]);
}

const isList = (field: Field): field is readonly Field[] => Array.isArray(field);
