import { isDeepStrictEqual } from 'node:util';
import type { Merged, Versions } from './merge.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The same as `merge` for a file that npm writes, too, and sorts: by its fields instead of its lines. A
 * field that the author has changed stays as it is.
 */
export function mergeJson({ own, base, theirs }: Versions): Merged {
  const before: unknown = JSON.parse(own);
  const after = mergedValue(before, base === '' ? {} : JSON.parse(base), JSON.parse(theirs));
  const isSame = isDeepStrictEqual(after, before);
  return { text: isSame ? own : `${JSON.stringify(after, null, 2)}\n`, conflicts: 0 };
}

function mergedValue(own: unknown, base: unknown, theirs: unknown): unknown {
  if (isFields(own) && isFields(base) && isFields(theirs)) {
    const names = [...new Set([...Object.keys(own), ...Object.keys(theirs)])];
    const values = names.map(
      (name) => [name, mergedValue(own[name], base[name], theirs[name])] as const,
    );
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }
  return isDeepStrictEqual(own, base) ? theirs : own;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
