import type { Clock } from '../clock.ts';
import type { Environment } from '../environment.ts';
import { requestFailed } from '../errors.ts';
import { newDocument } from '../query/document.ts';
import { type FindOptions, find } from '../query/find.ts';
import type { Settings } from '../settings.ts';
import { keyOf, type Rule } from '../store/collection.ts';
import type { LogRecord } from '../store/database.ts';
import { type IndexSpec, indexName } from '../store/index-keys.ts';
import { type Document, type DocumentId, idKey, type Value } from '../values.ts';
import type { Faults } from './faults.ts';
import type { Stats } from './stats.ts';

/** An index as it is asked for: the name follows from the fields unless given. */
export type NewIndex = Omit<IndexSpec, 'name'> & { readonly name?: string };

export interface NewCollection {
  readonly name: string;
  readonly indexes?: readonly NewIndex[];
  /** `ADMINONLY` unless given. */
  readonly rule?: Rule;
}

export interface CollectionInfo {
  readonly name: string;
  readonly documents: number;
  readonly rule: Rule;
  readonly indexes: readonly IndexSpec[];
}

/**
 * What a console, a provisioning script or a test may do to the emulator beside the data plane.
 * Unknown environments and collections throw.
 */
export interface Control {
  readonly environments: readonly string[];
  collections(envId: string): readonly CollectionInfo[];
  createCollection(envId: string, collection: NewCollection): void;
  dropCollection(envId: string, name: string): void;
  /** Removes its documents; returns how many there were. */
  clearCollection(envId: string, name: string): number;
  createIndex(envId: string, collection: string, index: NewIndex): void;
  setRule(envId: string, collection: string, rule: Rule): void;
  documents(
    envId: string,
    collection: string,
    options?: Partial<FindOptions>,
  ): { readonly total: number; readonly documents: readonly Document[] };
  document(envId: string, collection: string, id: DocumentId): Document | undefined;
  /** Inserts or replaces; waits for a transaction that holds the document, as any write does. */
  putDocument(envId: string, collection: string, document: Value): Promise<Document>;
  deleteDocument(envId: string, collection: string, id: DocumentId): Promise<boolean>;
  /** Aborts the open transactions and drops data and files, of one environment or of all. */
  reset(envId?: string): void;
  export(envId: string): readonly LogRecord[];
  /** Replaces the data of the environment by what was exported. Files are not part of it. */
  import(envId: string, records: readonly LogRecord[]): void;
  /** Moving it expires what has come due at once. */
  readonly clock: Clock;
  readonly faults: Faults;
  readonly stats: Stats;
  readonly settings: Settings;
  /** Resets the keep-alive connections that no request is on; returns how many there were. */
  killIdleSockets(): number;
}

export interface ControlWorld {
  readonly environments: ReadonlyMap<string, Environment>;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly stats: Stats;
  readonly settings: Settings;
  readonly killIdleSockets: () => number;
}

export function createControl(world: ControlWorld): Control {
  const { environments, clock, faults, stats, settings, killIdleSockets } = world;
  const tick = () => {
    for (const environment of environments.values()) environment.tick();
  };

  return {
    environments: [...environments.keys()],
    collections: (envId) =>
      [...environment(envId).database.collections.values()].map(
        ({ name, size, rule, indexes }) => ({ name, documents: size, rule, indexes }),
      ),
    createCollection(envId, { name, indexes = [], rule }) {
      const { database } = environment(envId);
      database.createCollection(name);
      if (rule) database.setRule(name, rule);
      for (const index of indexes) database.createIndex(name, named(index));
    },
    dropCollection: (envId, name) => environment(envId).database.dropCollection(name),
    clearCollection(envId, name) {
      const { database } = environment(envId);
      const keys = [...database.collection(name).scan()].map(([key]) => key);
      database.commit(keys.map((key) => ({ collection: name, key, document: null })));
      return keys.length;
    },
    createIndex: (envId, name, index) =>
      environment(envId).database.createIndex(name, named(index)),
    setRule: (envId, name, rule) => environment(envId).database.setRule(name, rule),
    documents: (envId, name, options) =>
      find(environment(envId).session(undefined), name, {
        filter: {},
        order: [],
        offset: undefined,
        limit: undefined,
        projection: undefined,
        ...options,
      }),
    document: (envId, name, id) => environment(envId).database.collection(name).get(idKey(id)),
    async putDocument(envId, name, value) {
      const document = newDocument(value);
      await environment(envId)
        .session(undefined)
        .write(name, keyOf(document), () => document);
      return document;
    },
    async deleteDocument(envId, name, id) {
      let wasThere = false;
      await environment(envId)
        .session(undefined)
        .write(name, idKey(id), (current) => {
          wasThere = current !== undefined;
          return current ? null : undefined;
        });
      return wasThere;
    },
    reset(envId) {
      const chosen = envId === undefined ? [...environments.values()] : [environment(envId)];
      for (const { transactions, database, files } of chosen) {
        transactions.endAll();
        database.load([]);
        files.clear();
      }
    },
    export: (envId) => [...environment(envId).database.dump()],
    import(envId, records) {
      const { transactions, database } = environment(envId);
      transactions.endAll();
      database.load(records);
    },
    clock: {
      now: clock.now,
      set(epochMs) {
        clock.set(epochMs);
        tick();
      },
      advance(ms) {
        clock.advance(ms);
        tick();
      },
    },
    faults,
    stats,
    settings,
    killIdleSockets,
  };

  function environment(envId: string): Environment {
    const found = environments.get(envId);
    if (!found) throw requestFailed(`There is no environment ${envId}`);
    return found;
  }
}

function named(index: NewIndex): IndexSpec {
  return { ...index, name: index.name ?? indexName(index) };
}
