import { encodeEjson } from '../protocol/codec-ejson.ts';
import { type Document, isObject, type Value } from '../values.ts';

/** The same shape as the store port's: one or more fields, each with its direction. */
export interface IndexSpec {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly direction: 'asc' | 'desc' }[];
  readonly unique?: boolean;
  readonly expireAfterSeconds?: number;
}

/** MongoDB's own default: every field and its direction, joined. */
export function indexName({ fields }: Pick<IndexSpec, 'fields'>): string {
  return fields.map(({ name, direction }) => `${name}_${direction === 'asc' ? 1 : -1}`).join('_');
}

/**
 * The entries of a document in an index, as text. A missing field counts as null, as it does in
 * MongoDB; an array gives one entry per element.
 */
export function indexKeys({ fields }: IndexSpec, document: Document): readonly string[] {
  let entries: readonly (readonly Value[])[] = [[]];
  for (const { name } of fields) {
    const value = valueAt(document, name);
    const choices: readonly Value[] = Array.isArray(value) && value.length > 0 ? value : [value];
    entries = entries.flatMap((entry) => choices.map((choice) => [...entry, choice]));
  }
  return [...new Set(entries.map((entry) => keyText(fields, entry)))];
}

/** As MongoDB prints it: `{ appid: "wx1", day: 3 }`. */
function keyText(fields: IndexSpec['fields'], entry: readonly Value[]): string {
  const parts = fields.map(
    ({ name }, position) => `${name}: ${JSON.stringify(encodeKey(entry[position] ?? null))}`,
  );
  return `{ ${parts.join(', ')} }`;
}

/** Numbers print plainly; everything else keeps its type so that "1", 1 and a date differ. */
function encodeKey(value: Value): unknown {
  return typeof value === 'number' ? value : encodeEjson(value);
}

export function valueAt(document: Document, path: string): Value {
  let value: Value = document;
  for (const step of path.split('.')) {
    if (Array.isArray(value)) value = (value[Number(step)] as Value | undefined) ?? null;
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step] ?? null;
    else return null;
  }
  return value;
}
