import { type DuplicateFlavour, duplicateKey } from '../errors.ts';
import { stringifyEjson } from '../protocol/codec-ejson.ts';
import { checkDocument, newDocument } from '../query/document.ts';
import { createMatcher, type Filter, idOf, matching } from '../query/filter.ts';
import { applyUpdate, type Update } from '../query/update.ts';
import { keyOf } from '../store/collection.ts';
import type { Session } from '../store/session.ts';
import type { Document, Value } from '../values.ts';

export interface Target {
  readonly session: Session;
  readonly collection: string;
}

/** Inserts one after the other; a failure leaves the earlier ones in place, as MongoDB does. */
export async function insert(
  { session, collection }: Target,
  documents: readonly Document[],
  duplicates: DuplicateFlavour,
): Promise<readonly Value[]> {
  for (const document of documents) {
    await session.write(collection, keyOf(document), (current) => {
      if (!current) return document;
      const key = `{ _id: ${JSON.stringify(document._id)} }`;
      throw duplicateKey(duplicates, { collection, index: '_id_', key });
    });
  }
  return documents.map(({ _id }) => _id ?? null);
}

/** Applies the operators to what matches; counts matches, changed or not. */
export async function modify(
  target: Target,
  options: { readonly filter: Filter; readonly update: Update; readonly multi: boolean },
): Promise<readonly Document[]> {
  const { filter, update, multi } = options;
  return forEachMatch(target, { filter, multi }, (current) => {
    const updated = checkDocument(applyUpdate(current, update, filter));
    return { change: isSame(current, updated) ? undefined : updated, result: updated };
  });
}

export async function remove(
  target: Target,
  options: { readonly filter: Filter; readonly multi: boolean },
): Promise<number> {
  const removed = await forEachMatch(target, options, (current) => ({
    change: null,
    result: current,
  }));
  return removed.length;
}

/** Replaces the document with this id whole, or inserts it; tells which. */
export async function put(
  { session, collection }: Target,
  value: Value | undefined,
  filter: Filter,
): Promise<'replaced' | 'inserted'> {
  const document = newDocument(value, idOf(filter));
  let outcome: 'replaced' | 'inserted' = 'inserted';
  await session.write(collection, keyOf(document), (current) => {
    outcome = current ? 'replaced' : 'inserted';
    return current && isSame(current, document) ? undefined : document;
  });
  return outcome;
}

interface Effect {
  readonly change: Document | null | undefined;
  readonly result: Document;
}

/**
 * Each document is written on its own: it may have changed or gone while the write waited for a
 * lock, so it is matched again with what is there then.
 */
async function forEachMatch(
  { session, collection }: Target,
  { filter, multi }: { readonly filter: Filter; readonly multi: boolean },
  effectOn: (current: Document) => Effect,
): Promise<readonly Document[]> {
  const isMatch = createMatcher(filter);
  const results: Document[] = [];
  for (const [key] of [...matching(session, collection, filter)]) {
    let result: Document | undefined;
    await session.write(collection, key, (current) => {
      const effect = current && isMatch(current) ? effectOn(current) : undefined;
      result = effect?.result;
      return effect?.change;
    });
    if (result) results.push(result);
    if (results.length === 1 && !multi) break;
  }
  return results;
}

/** The order of keys counts, as it does in BSON. */
function isSame(left: Document, right: Document): boolean {
  return stringifyEjson(left) === stringifyEjson(right);
}
