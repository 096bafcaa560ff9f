import {
  type DuplicateFlavour,
  databaseTimeout,
  duplicateKey,
  transactionConflict,
} from '../errors.ts';
import { LOCK_WAIT_MS } from '../limits.ts';
import type { Document, Value } from '../values.ts';
import type { Database, Write } from './database.ts';
import { type IndexSpec, indexKeys } from './index-keys.ts';
import { documentLock, entryLock, type Locks } from './locks.ts';
import type { Transaction, Transactions } from './transactions.ts';

/**
 * What a write makes of the current document: another one, `null` for its removal, or `undefined`
 * to leave it. It may be asked again with a newer document, so it must not keep what it saw.
 */
export type Change = (current: Document | undefined) => Document | null | undefined;

/** The data as one request sees it: the latest of everything, or the snapshot of a transaction. */
export interface Session {
  get(collection: string, key: string): Document | undefined;
  scan(collection: string): Iterable<readonly [key: string, document: Document]>;
  /** The keys that an index gives for these values of the field; `undefined` if none can help. */
  lookup(
    collection: string,
    field: string,
    values: readonly Value[],
  ): ReadonlySet<string> | undefined;
  /** @throws ServiceError on a duplicate, a conflict, or a lock that does not come free in time */
  write(collection: string, key: string, change: Change): Promise<void>;
}

export interface SessionWorld {
  readonly database: Database;
  readonly locks: Locks;
  readonly transactions: Transactions;
  readonly now: () => number;
  readonly duplicates: () => DuplicateFlavour;
}

/** Outside transactions: writes wait for the locks of transactions, and are committed at once. */
export function createLatestSession(world: SessionWorld): Session {
  const { database, locks, now } = world;
  return {
    get: (collection, key) => database.collection(collection).get(key),
    scan: (collection) => database.collection(collection).scan(),
    lookup: (collection, field, values) => database.collection(collection).lookup(field, values),
    async write(collection, key, change) {
      const deadline = now() + LOCK_WAIT_MS;
      for (;;) {
        const document = change(database.collection(collection).get(key));
        if (document === undefined) return;
        const names = lockNames(world, collection, key, document);
        if (names.every((name) => locks.holder(name) === undefined)) {
          const write = { collection, key, document };
          refuseDuplicate(world, write, (index, entry) =>
            database.collection(collection).owner(index, entry),
          );
          database.commit([write]);
          return;
        }
        if (now() >= deadline) throw databaseTimeout();
        await locks.changed();
      }
    },
  };
}

/**
 * Inside a transaction: reads see its snapshot and its own writes. The first writer of a document
 * holds it; a second one, or one whose snapshot is older than the document, is in conflict, which
 * ends the transaction, as any failed write does.
 */
export function createTransactionSession(world: SessionWorld, transaction: Transaction): Session {
  const { database, locks, transactions } = world;
  const { id, snapshot, writes } = transaction;
  const own = (collection: string) => writes.get(collection) ?? new Map<string, Document | null>();

  return {
    get,
    *scan(collection) {
      const pending = own(collection);
      const committed = database.collection(collection);
      for (const [key, document] of committed.scan(snapshot)) {
        if (!pending.has(key)) yield [key, document];
      }
      for (const [key, document] of pending) if (document) yield [key, document];
    },
    // The indexes know the latest state only, which is not what a snapshot shows.
    lookup: () => undefined,
    async write(collection, key, change) {
      try {
        tryWrite(collection, key, change);
      } catch (error) {
        transactions.end(transaction);
        throw error;
      }
    },
  };

  function get(collection: string, key: string): Document | undefined {
    const pending = own(collection).get(key);
    if (pending !== undefined) return pending ?? undefined;
    return database.collection(collection).get(key, snapshot);
  }

  function tryWrite(collection: string, key: string, change: Change) {
    const document = change(get(collection, key));
    if (document === undefined) return;
    const isStale = database.collection(collection).writtenAt(key) > snapshot;
    const names = lockNames(world, collection, key, document);
    if (isStale || !names.every((name) => locks.acquire(name, id))) throw transactionConflict();

    const pending = own(collection);
    const claims = claimsOf(pending, uniqueOf(database, collection));
    refuseDuplicate(world, { collection, key, document }, (index, entry) => {
      const other = claims.get(index)?.get(entry);
      if (other !== undefined && other !== key) return other;
      const owner = database.collection(collection).owner(index, entry);
      if (owner === undefined || pending.has(owner)) return undefined;
      if (database.collection(collection).writtenAt(owner) > snapshot) throw transactionConflict();
      return owner;
    });
    writes.set(collection, pending.set(key, document));
  }
}

/** The document and every entry that it has, or will have, in a unique index. */
function lockNames(
  { database }: SessionWorld,
  collection: string,
  key: string,
  document: Document | null,
): readonly string[] {
  const entries = uniqueEntries(database, collection, document);
  return [
    documentLock(collection, key),
    ...entries.map(([index, entry]) => entryLock(collection, index.name, entry)),
  ];
}

function refuseDuplicate(
  { database, duplicates }: SessionWorld,
  { collection, key, document }: Write,
  ownerOf: (index: IndexSpec, entry: string) => string | undefined,
) {
  for (const [index, entry] of uniqueEntries(database, collection, document)) {
    const owner = ownerOf(index, entry);
    if (owner === undefined || owner === key) continue;
    throw duplicateKey(duplicates(), { collection, index: index.name, key: entry });
  }
}

function uniqueEntries(database: Database, collection: string, document: Document | null) {
  if (!document) return [];
  return uniqueOf(database, collection).flatMap((index) =>
    indexKeys(index, document).map((entry) => [index, entry] as const),
  );
}

function uniqueOf(database: Database, collection: string): readonly IndexSpec[] {
  return database.collection(collection).indexes.filter(({ unique }) => unique);
}

/** Which document of a transaction has which entry of each index; no two have the same. */
function claimsOf(
  pending: ReadonlyMap<string, Document | null>,
  indexes: readonly IndexSpec[],
): ReadonlyMap<IndexSpec, ReadonlyMap<string, string>> {
  return new Map(
    indexes.map((index) => [
      index,
      new Map(
        [...pending].flatMap(([key, written]) =>
          written ? indexKeys(index, written).map((entry) => [entry, key] as const) : [],
        ),
      ),
    ]),
  );
}
