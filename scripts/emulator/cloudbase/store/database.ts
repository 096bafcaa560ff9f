import { isDeepStrictEqual } from 'node:util';
import { collectionAlreadyExist, collectionNotExist, requestFailed } from '../errors.ts';
import { decodeValue, encodeEjson } from '../protocol/codec-ejson.ts';
import type { Document } from '../values.ts';
import { type Collection, createCollection, type Rule } from './collection.ts';
import type { IndexSpec } from './index-keys.ts';
import type { Log } from './log.ts';

export interface Write {
  readonly collection: string;
  readonly key: string;
  /** `null` removes it. */
  readonly document: Document | null;
}

/** One line of the log. A commit is one line, so a transaction is there whole or not at all. */
export type LogRecord =
  | { readonly kind: 'collection'; readonly name: string }
  | { readonly kind: 'drop'; readonly name: string }
  | { readonly kind: 'rule'; readonly name: string; readonly rule: Rule }
  | { readonly kind: 'index'; readonly name: string; readonly index: IndexSpec }
  | { readonly kind: 'commit'; readonly writes: readonly EncodedWrite[] };

type EncodedWrite = readonly [collection: string, key: string, document: unknown];

/** The committed data of one environment. Everything here is synchronous, hence atomic. */
export interface Database {
  /** The sequence number of the last commit. */
  readonly seq: number;
  readonly collections: ReadonlyMap<string, Collection>;
  /** @throws ServiceError `DATABASE_COLLECTION_NOT_EXIST` */
  collection(name: string): Collection;
  /** @throws ServiceError `DATABASE_COLLECTION_ALREADY_EXIST` */
  createCollection(name: string): Collection;
  dropCollection(name: string): void;
  setRule(name: string, rule: Rule): void;
  createIndex(name: string, index: IndexSpec): void;
  commit(writes: readonly Write[]): void;
  /** Forgets history that no open snapshot can see. */
  vacuum(): void;
  /** The records from which an equal database can be replayed. */
  dump(): Iterable<LogRecord>;
  /** Drops everything and replays these records instead. */
  load(records: readonly LogRecord[]): void;
}

export interface DatabaseOptions {
  readonly records: readonly LogRecord[];
  /** Opened once the records have been replayed, over what they amount to. */
  readonly openLog: (compacted: Iterable<LogRecord>) => Log;
  readonly oldestSnapshot: () => number | undefined;
}

/** Documents per line when a log is compacted. */
const DUMP_BATCH = 200;

export function createDatabase({ records, openLog, oldestSnapshot }: DatabaseOptions): Database {
  const collections = new Map<string, Collection>();
  let seq = 0;

  const database: Database = {
    get seq() {
      return seq;
    },
    collections,
    collection(name) {
      const collection = collections.get(name);
      if (!collection) throw collectionNotExist(name);
      return collection;
    },
    createCollection(name) {
      if (collections.has(name)) throw collectionAlreadyExist(name);
      record({ kind: 'collection', name });
      return this.collection(name);
    },
    dropCollection: (name) => record({ kind: 'drop', name: database.collection(name).name }),
    setRule: (name, rule) => record({ kind: 'rule', name: database.collection(name).name, rule }),
    createIndex(name, index) {
      const collection = database.collection(name);
      const present = collection.indexes.find((other) => other.name === index.name);
      if (present && isDeepStrictEqual(present, index)) return;
      if (present) throw requestFailed(`Index ${index.name} exists with other options`);
      record({ kind: 'index', name, index });
    },
    commit(writes) {
      for (const { collection } of writes) database.collection(collection);
      if (writes.length > 0) record({ kind: 'commit', writes: writes.map(encodeWrite) });
    },
    vacuum() {
      for (const collection of collections.values()) collection.vacuum(oldestSnapshot() ?? seq);
    },
    dump: () => dump(collections.values()),
    load(replacement) {
      for (const name of [...collections.keys()]) record({ kind: 'drop', name });
      for (const entry of replacement) record(entry);
    },
  };

  for (const entry of records) apply(entry);
  const log = openLog(database.dump());
  return database;

  /** Applied first: what cannot be applied must not be in the log. */
  function record(entry: LogRecord) {
    apply(entry);
    log.append(entry);
  }

  function apply(entry: LogRecord) {
    switch (entry.kind) {
      case 'collection':
        collections.set(entry.name, createCollection(entry.name));
        return;
      case 'drop':
        collections.delete(entry.name);
        return;
      case 'rule':
        database.collection(entry.name).rule = entry.rule;
        return;
      case 'index':
        database.collection(entry.name).addIndex(entry.index);
        return;
      case 'commit':
        seq += 1;
        for (const [name, key, document] of entry.writes) {
          const decoded = decodeValue(document, 0) as Document | null;
          database.collection(name).put(key, decoded, seq, oldestSnapshot() ?? seq);
        }
    }
  }
}

function encodeWrite({ collection, key, document }: Write): EncodedWrite {
  return [collection, key, encodeEjson(document)];
}

function* dump(collections: Iterable<Collection>): Generator<LogRecord> {
  for (const { name, rule, indexes, scan } of collections) {
    yield { kind: 'collection', name };
    yield { kind: 'rule', name, rule };
    for (const index of indexes) yield { kind: 'index', name, index };
    let writes: EncodedWrite[] = [];
    for (const [key, document] of scan()) {
      writes.push(encodeWrite({ collection: name, key, document }));
      if (writes.length === DUMP_BATCH) {
        yield { kind: 'commit', writes };
        writes = [];
      }
    }
    if (writes.length > 0) yield { kind: 'commit', writes };
  }
}
