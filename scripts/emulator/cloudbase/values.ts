/** A value as it is stored: what BSON can hold and either SDK can send. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Date
  | RegExp
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Stored documents are never changed in place: a write replaces the whole document. */
export type Document = { readonly [key: string]: Value };

export type DocumentId = string | number;

export function isObject(value: unknown): value is { readonly [key: string]: Value } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp)
  );
}

/** Own code because `structuredClone` gives objects of another realm under jest. */
export function cloneValue<T extends Value>(value: T): T;
export function cloneValue(value: Value): Value {
  if (Array.isArray(value)) return value.map((item: Value) => cloneValue(item));
  if (value instanceof Date) return new Date(value.getTime());
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneValue(item)]));
}

/** One string per id: the number 7 and the string "7" are different documents. */
export function idKey(id: DocumentId): string {
  return typeof id === 'number' ? `n:${id}` : `s:${id}`;
}

export function isDocumentId(value: unknown): value is DocumentId {
  return typeof value === 'string' || typeof value === 'number';
}
