import * as v from 'valibot';
import { faultOf, pathOf } from '../kernel/check.ts';
import type { Change, Raw } from './link.ts';
import type { Collection, Doc, Stored } from './store.ts';
import { type Fields, invalid, type Problem, restored, storable } from './values.ts';

/**
 * The fields of a document, after a check by its schema and by what the database can carry.
 *
 * @throws AppError `invalid`
 */
export function encode<T extends Doc>(collection: Collection<T>, doc: T): Fields {
  const problems = unknownFields(collection, doc);
  const result = v.safeParse(collection.schema, doc);
  if (!result.success) problems.push(...result.issues.map((issue) => problemOf(issue)));
  if (!result.success || problems.length > 0) throw invalid(collection.name, problems);
  return carried(collection, result.output);
}

/**
 * The part of a change that a patch makes: `undefined` removes. Each field is checked by its own
 * schema; a check over several fields runs on whole documents only.
 *
 * @throws AppError `invalid`
 */
export function encodePatch<T extends Doc>(
  collection: Collection<T>,
  patch: object,
): Pick<Change, 'set' | 'unset'> {
  const problems = unknownFields(collection, patch);
  const set: Record<string, unknown> = {};
  const unset: string[] = [];
  for (const [name, value] of Object.entries(patch)) {
    const schema = collection.schema.entries[name];
    if (schema === undefined) continue;
    const result = v.safeParse(schema, value);
    if (name === '_id') problems.push({ path: name, message: 'never changes' });
    if (!result.success) problems.push(...result.issues.map((issue) => problemOf(issue, name)));
    else if (result.output === undefined) unset.push(name);
    else set[name] = result.output;
  }
  if (Object.keys(set).length === 0 && unset.length === 0 && problems.length === 0) {
    problems.push({ path: '', message: 'is not changed by an empty patch' });
  }
  if (problems.length > 0) throw invalid(collection.name, problems);
  return { set: carried(collection, set), unset };
}

/** Leaves out the fields of an older or newer schema: a schema knows only its own. */
export function decode<T extends Doc>(collection: Collection<T>, raw: Raw): Stored<T> {
  const names = Object.keys(collection.schema.entries).filter((name) => Object.hasOwn(raw, name));
  const doc = Object.fromEntries(names.map((name) => [name, restored(raw[name])]));
  // This schema, or an earlier one, has checked it when it was written.
  return { doc: doc as unknown as T, rev: raw._rev };
}

/** The optional fields that a whole document does not have, so that writing it removes them. */
export function absentFields<T extends Doc>(
  collection: Collection<T>,
  fields: Fields,
): readonly string[] {
  return Object.keys(collection.schema.entries).filter((name) => !Object.hasOwn(fields, name));
}

/** @throws AppError `invalid` for an id that an SDK would take for "any" */
export function checkId<T extends Doc>(collection: Collection<T>, id: string): string {
  if (typeof id === 'string' && id !== '' && 'value' in storable(id)) return id;
  throw invalid(collection.name, [{ path: '_id', message: 'is not a non-empty string' }]);
}

function carried<T extends Doc>(collection: Collection<T>, fields: object): Fields {
  const result = storable(fields);
  if ('problems' in result) throw invalid(collection.name, result.problems);
  return result.value as Fields;
}

function unknownFields<T extends Doc>(collection: Collection<T>, fields: object): Problem[] {
  return Object.keys(fields)
    .filter((name) => !Object.hasOwn(collection.schema.entries, name))
    .map((path) => ({ path, message: 'is not a field of the collection' }));
}

function problemOf(issue: v.BaseIssue<unknown>, under = ''): Problem {
  const keys = issue.path?.map(({ key }) => key) ?? [];
  return { path: pathOf(keys, under), message: faultOf(issue) };
}
