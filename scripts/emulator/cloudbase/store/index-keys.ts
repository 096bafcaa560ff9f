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
export function indexKeys(
  { fields }: Pick<IndexSpec, 'fields'>,
  document: Document,
): readonly string[] {
  const known = keysByDocument.get(document) ?? new Map();
  keysByDocument.set(document, known);
  const keys = known.get(fields) ?? makeKeys(fields, document);
  known.set(fields, keys);
  return keys;
}

/** A committed document never changes, and one write asks for its entries several times. */
const keysByDocument = new WeakMap<Document, Map<IndexSpec['fields'], readonly string[]>>();

function makeKeys(fields: IndexSpec['fields'], document: Document): readonly string[] {
  const [first] = fields;
  if (first && fields.length === 1) {
    const values = elementsAt(document, first.name);
    return [...new Set(values.map((value) => keyText(fields, [value])))];
  }
  let entries: readonly (readonly Value[])[] = [[]];
  for (const { name } of fields) {
    const choices = elementsAt(document, name);
    entries = entries.flatMap((entry) => choices.map((choice) => [...entry, choice]));
  }
  return [...new Set(entries.map((entry) => keyText(fields, entry)))];
}

/** As MongoDB prints it: `{ appid: "wx1", day: 3 }`. */
function keyText(fields: IndexSpec['fields'], entry: readonly Value[]): string {
  const parts = fields.map(({ name }, position) => `${name}: ${valueKey(entry[position] ?? null)}`);
  return `{ ${parts.join(', ')} }`;
}

/** Equal values have equal keys. Numbers print plainly; "1", 1 and a date differ. */
export function valueKey(value: Value): string {
  const isPlain = typeof value === 'number' || typeof value === 'string';
  return JSON.stringify(isPlain ? value : encodeEjson(value));
}

/** The values by which a document is found under a path: an array by each of its elements. */
export function elementsAt(document: Document, path: string): readonly Value[] {
  if (!path.includes('.')) {
    return elementsOf(Object.hasOwn(document, path) ? (document[path] ?? null) : null);
  }
  const values = valuesAt(document, path.split('.')).flatMap(elementsOf);
  return values.length > 0 ? values : [null];
}

function elementsOf(value: Value): readonly Value[] {
  return Array.isArray(value) && value.length > 0 ? (value as readonly Value[]) : [value];
}

/** What the path leads to; through an array it leads to several places. */
function valuesAt(value: Value, [step, ...rest]: readonly string[]): readonly Value[] {
  if (step === undefined) return [value];
  if (Array.isArray(value)) {
    const indexed = value[Number(step)] as Value | undefined;
    const inside = value.filter(isObject).flatMap((item) => valuesAt(item, [step, ...rest]));
    return indexed === undefined ? inside : [...valuesAt(indexed, rest), ...inside];
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return [];
  return valuesAt(value[step] ?? null, rest);
}

/** The one value at a path, null if it is missing. */
export function valueAt(document: Document, path: string): Value {
  return valuesAt(document, path.split('.'))[0] ?? null;
}
