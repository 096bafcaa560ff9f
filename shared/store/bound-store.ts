import * as v from 'valibot';
import type { Log } from '../kernel/log.ts';
import type { Binder } from './binder.ts';
import type { Collection, Doc, Patch, Store, Stored, Transaction } from './store.ts';

/** The field in which a bound document carries the proof of who wrote it. */
export const macField = v.optional(v.string());

/**
 * A store in which documents that give rights, or that a function acts upon, count only if a holder of
 * the AppSecret wrote them: each collection says which of its fields are bound. A document that
 * somebody else wrote or changed, with rights on the database alone, is as if it were not there, and
 * the log says so. Documents that are not there cannot be proved, nor can a whole document that was
 * taken from an earlier time be told from that time's.
 */
export function boundStore<Inner extends Store>(inner: Inner, binder: Binder, log: Log): Inner {
  const bound: Store = {
    get: async (collection, id) => checked(collection, await inner.get(collection, id)),
    create: (collection, doc) => inner.create(collection, signed(collection, doc)),
    insert: (collection, doc) => inner.insert(collection, signed(collection, doc)),
    replaceIf: (collection, doc, rev) => inner.replaceIf(collection, signed(collection, doc), rev),
    patchIf: (collection, id, patch, rev) =>
      inner.patchIf(collection, id, signedPatch(collection, id, patch), rev),
    increment: (collection, initial, by) => inner.increment(collection, initial, by),
    remove: (collection, id) => inner.remove(collection, id),
    query: async (collection, query) =>
      (await inner.query(collection, query)).flatMap((found) => checked(collection, found) ?? []),
    count: (collection, filter) => inner.count(collection, filter),
    removeExpired: (collection, limit) => inner.removeExpired(collection, limit),
    transaction: (work) => inner.transaction((tx) => work(boundTransaction(tx))),
  };
  return { ...inner, ...bound };

  function boundTransaction(tx: Transaction): Transaction {
    return {
      get: async (collection, id) => checked(collection, await tx.get(collection, id)),
      create: (collection, doc) => tx.create(collection, signed(collection, doc)),
      replace: (collection, doc) => tx.replace(collection, signed(collection, doc)),
      remove: (collection, id) => tx.remove(collection, id),
    };
  }

  function checked<T extends Doc>(
    collection: Collection<T>,
    found: Stored<T> | undefined,
  ): Stored<T> | undefined {
    if (!found || !collection.bound) return found;
    const { mac, ...doc } = found.doc as T & { readonly mac?: string };
    const { _id: id } = found.doc;
    if (isBound(binder, collection, found.doc)) return { doc: doc as unknown as T, rev: found.rev };
    log.error('document refused', {
      reason: collection.name,
      details: { id: traceOfDocument(binder, collection, id) },
    });
    return undefined;
  }

  function signed<T extends Doc>(collection: Collection<T>, doc: T): T {
    return collection.bound ? withMac(binder, collection, doc) : doc;
  }

  function signedPatch<T extends Doc>(
    { name, bound: fields }: Collection<T>,
    id: string,
    patch: Patch<T>,
  ): Patch<T> {
    if (!fields) return patch;
    const given = fields === 'all' ? [] : fields.filter((field) => Object.hasOwn(patch, field));
    if (given.length === 0 && fields !== 'all') return patch;
    if (given.length !== fields.length) {
      throw new Error(`A patch of ${name} must give all of the bound fields, or none.`);
    }
    const values = boundValues(fields, patch as Readonly<Record<string, unknown>>);
    return { ...patch, mac: binder.mac(name, id, values) } as Patch<T>;
  }
}

/** Whether a holder of the AppSecret wrote the bound fields of a document, or it has none of them. */
export function isBound<T extends Doc>(
  binder: Binder,
  { name, bound = [] }: Collection<T>,
  doc: T,
): boolean {
  const { mac, ...fields } = doc as T & { readonly mac?: string };
  const values = boundValues(bound, fields);
  return Object.keys(values).length === 0 || binder.isGood(name, doc._id, values, mac);
}

/** The document with the proof, as it is stored. */
export function withMac<T extends Doc>(
  binder: Binder,
  { name, bound = [] }: Collection<T>,
  doc: T,
): T {
  const { mac: _, ...fields } = doc as T & { readonly mac?: string };
  return { ...doc, mac: binder.mac(name, doc._id, boundValues(bound, fields)) };
}

const TRACE_LENGTH = 12;

/**
 * By what a log, or a function's return value, names a document: whoever wrote a forged one chose its id, which may be an openid. The
 * hash is keyed, so that no list of openids leads back from it.
 */
export function traceOfDocument(
  binder: Binder,
  { name }: Pick<Collection<Doc>, 'name'>,
  id: string,
): string {
  return `#${binder.mac(`log ${name}`, id, null).slice(0, TRACE_LENGTH)}`;
}

function boundValues(
  bound: 'all' | readonly string[],
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(fields).filter(
    ([name, value]) =>
      value !== undefined && name !== '_id' && (bound === 'all' || bound.includes(name)),
  );
  return Object.fromEntries(entries);
}
