import { ServiceError } from '../errors.ts';
import { type Document, type DocumentId, idKey, type Value } from '../values.ts';
import { elementsAt, type IndexSpec, indexKeys, valueKey } from './index-keys.ts';

/** One committed state of a document; `null` means it was removed. */
interface Version {
  readonly seq: number;
  readonly document: Document | null;
}

/**
 * Who may use a collection besides administrators: no client, a client its own documents, or every
 * client for reading.
 */
export const RULES = ['ADMINONLY', 'PRIVATE', 'READONLY', 'ADMINWRITE'] as const;
export type Rule = (typeof RULES)[number];

/**
 * The committed documents of one collection with their history. Every document keeps its versions
 * until no open snapshot can see them.
 */
export interface Collection {
  readonly name: string;
  rule: Rule;
  readonly indexes: readonly IndexSpec[];
  /** The newest state, or the state at the snapshot `seq`. */
  get(key: string, seq?: number): Document | undefined;
  scan(seq?: number): Iterable<readonly [key: string, document: Document]>;
  /** The sequence number of the last write to the document, 0 if there was none. */
  writtenAt(key: string): number;
  /** The key of the document that holds this entry of a unique index. */
  owner(index: IndexSpec, entry: string): string | undefined;
  /**
   * The keys of the documents whose field now holds one of these values, by an index that starts
   * with the field; `undefined` if there is none.
   */
  lookup(field: string, values: readonly Value[]): ReadonlySet<string> | undefined;
  put(key: string, document: Document | null, seq: number, oldestSnapshot: number): void;
  /** @throws ServiceError if a unique index cannot be built over the documents */
  addIndex(index: IndexSpec): void;
  /** Forgets history that no snapshot from `oldestSnapshot` on can see. */
  vacuum(oldestSnapshot: number): void;
  readonly size: number;
}

export function createCollection(name: string): Collection {
  const chains = new Map<string, readonly Version[]>();
  const withHistory = new Set<string>();
  const unique = new Map<IndexSpec, Map<string, string>>();
  const leading = new Map<string, Map<string, Set<string>>>();
  const indexes: IndexSpec[] = [];
  let size = 0;

  return {
    name,
    rule: 'ADMINONLY',
    indexes,
    get: (key, seq) => visible(chains.get(key), seq) ?? undefined,
    *scan(seq) {
      for (const [key, chain] of chains) {
        const document = visible(chain, seq);
        if (document) yield [key, document];
      }
    },
    writtenAt: (key) => chains.get(key)?.at(-1)?.seq ?? 0,
    owner: (index, entry) => unique.get(index)?.get(entry),
    lookup(field, values) {
      const entries = leading.get(field);
      if (!entries) return undefined;
      return new Set(values.flatMap((value) => [...(entries.get(valueKey(value)) ?? [])]));
    },
    put(key, document, seq, oldestSnapshot) {
      const chain = chains.get(key) ?? [];
      const previous = chain.at(-1)?.document;
      if (previous) reindex(key, previous, 'remove');
      if (document) reindex(key, document, 'add');
      size += Number(Boolean(document)) - Number(Boolean(previous));
      chains.set(key, [...chain, { seq, document }]);
      withHistory.add(key);
      trim(key, oldestSnapshot);
    },
    addIndex(index) {
      const entries = new Map<string, string>();
      for (const [key, document] of index.unique ? this.scan() : []) {
        for (const entry of indexKeys(index, document)) {
          if (entries.has(entry)) throw notUnique(name, index, entry);
          entries.set(entry, key);
        }
      }
      indexes.push(index);
      if (index.unique) unique.set(index, entries);
      const field = index.fields[0]?.name;
      if (field === undefined || leading.has(field)) return;
      leading.set(field, new Map());
      for (const [key, document] of this.scan()) reindexLeading(field, key, document, 'add');
    },
    vacuum(oldestSnapshot) {
      for (const key of withHistory) trim(key, oldestSnapshot);
    },
    get size() {
      return size;
    },
  };

  function reindex(key: string, document: Document, change: 'add' | 'remove') {
    for (const [index, entries] of unique) {
      for (const entry of indexKeys(index, document)) {
        if (change === 'add') entries.set(entry, key);
        else if (entries.get(entry) === key) entries.delete(entry);
      }
    }
    for (const field of leading.keys()) reindexLeading(field, key, document, change);
  }

  function reindexLeading(
    field: string,
    key: string,
    document: Document,
    change: 'add' | 'remove',
  ) {
    const entries = leading.get(field);
    for (const value of elementsAt(document, field)) {
      const entry = valueKey(value);
      const keys = entries?.get(entry) ?? new Set();
      if (change === 'add') entries?.set(entry, keys.add(key));
      else if (keys.delete(key) && keys.size === 0) entries?.delete(entry);
    }
  }

  function trim(key: string, oldestSnapshot: number) {
    const chain = chains.get(key) ?? [];
    const visibleFrom = chain.findLastIndex(({ seq }) => seq <= oldestSnapshot);
    const kept = visibleFrom > 0 ? chain.slice(visibleFrom) : chain;
    const isGone = kept.length === 1 && kept[0]?.document === null && visibleFrom >= 0;
    if (isGone) chains.delete(key);
    else chains.set(key, kept);
    if (isGone || kept.length === 1) withHistory.delete(key);
  }
}

export function keyOf(document: Document): string {
  return idKey(document._id as DocumentId);
}

function visible(chain: readonly Version[] | undefined, seq = Number.POSITIVE_INFINITY) {
  return chain?.findLast((version) => version.seq <= seq)?.document;
}

function notUnique(collection: string, { name }: IndexSpec, entry: string): ServiceError {
  return new ServiceError(
    'DATABASE_REQUEST_FAILED',
    `[FailedOperation] Index ${name} cannot be built: collection ${collection} holds ${entry} twice.`,
  );
}
