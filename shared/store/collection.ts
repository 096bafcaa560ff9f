import * as v from 'valibot';
import { present } from '../kernel/present.ts';
import type { Collection, Doc, Index } from './store.ts';

/** An index as a console or the cloud API creates it. */
export interface IndexPlan {
  readonly name: string;
  readonly fields: Index['fields'];
  readonly unique: boolean;
  readonly expireAfterSeconds?: number;
}

export interface CollectionPlan {
  readonly name: string;
  /** Only server SDKs with the environment's keys may read or write it; no client may. */
  readonly access: 'ADMINONLY';
  readonly indexes: readonly IndexPlan[];
}

/**
 * Checks a collection when the code is loaded. A mistake in it would otherwise show much later, or as
 * a document that cannot be created.
 */
export function defineCollection<T extends Doc>(collection: Collection<T>): Collection<T> {
  const problems = problemsOf(collection);
  if (problems.length === 0) return collection;
  throw new Error(`The collection ${collection.name} ${problems.join('; it ')}.`);
}

/** What must be provisioned before the first write; the order of the collections changes nothing. */
export function planCollections(
  collections: readonly Pick<Collection<Doc>, 'name' | 'indexes'>[],
): readonly CollectionPlan[] {
  const sorted = [...collections].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, { name }] of sorted.entries()) {
    if (sorted[i + 1]?.name === name) throw new Error(`Two collections are called ${name}.`);
  }
  return sorted.map(({ name, indexes = [] }) => ({
    name,
    access: 'ADMINONLY',
    indexes: indexes.map(({ fields, unique = false, expireAfterSeconds }) => ({
      name: fields.map((field) => `${field.name}_${field.direction}`).join('_'),
      fields,
      unique,
      ...present({ expireAfterSeconds }),
    })),
  }));
}

function problemsOf<T extends Doc>({ name, schema, indexes = [] }: Collection<T>): string[] {
  const { entries } = schema;
  const problems = Object.keys(entries)
    .filter((field) => /^[_$]|[.]/.test(field) && field !== '_id')
    .map((field) => `has a field ${field}, a name that belongs to the store`);
  // The rule of the SDKs, and no underscore at the start.
  if (!/^[a-z0-9][a-z0-9_-]{1,31}$/.test(name)) problems.push('has an unusable name');
  if (!Object.hasOwn(entries, '_id')) problems.push('has no _id');
  for (const { fields, unique, expireAfterSeconds } of indexes) {
    const names = fields.map((field) => field.name);
    const label = names.join(', ') || 'nothing';
    const missing = names.filter((field) => !Object.hasOwn(entries, field));
    if (names.length === 0 || missing.length > 0) problems.push(`has an index over ${label}`);
    if (unique && names.some((field) => accepts(entries[field], undefined))) {
      problems.push(`has a unique index over an optional field (${label}): two without it collide`);
    }
    const isDate = names.length === 1 && accepts(entries[names[0] ?? ''], new Date(0));
    if (expireAfterSeconds !== undefined && !isDate) {
      problems.push(`expires by ${label}, which is not one date`);
    }
  }
  return problems;
}

function accepts(schema: v.GenericSchema | undefined, value: unknown): boolean {
  return schema !== undefined && v.is(schema, value);
}
