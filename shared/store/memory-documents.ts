import type { CollectionRef, Raw } from './link.ts';
import { indexKeys } from './matching.ts';
import type { Index } from './store.ts';

interface Version {
  readonly seq: number;
  /** Undefined: removed. */
  readonly raw: Raw | undefined;
}

/** The documents of a database in memory, with the versions that open transactions still see. */
export class MemoryDocuments {
  readonly #collections = new Map<string, Map<string, Version[]>>();
  readonly #keysByVersion = new WeakMap<Raw, Map<Index['fields'], readonly string[]>>();
  readonly #snapshots: () => readonly number[];
  #seq = 0;

  /** @param snapshots of the transactions that are open */
  constructor(snapshots: () => readonly number[]) {
    this.#snapshots = snapshots;
  }

  /** The number of the last write. */
  get seq(): number {
    return this.#seq;
  }

  read(collection: CollectionRef, id: string, at = this.#seq): Raw | undefined {
    return this.#of(collection)
      .get(id)
      ?.findLast((version) => version.seq <= at)?.raw;
  }

  all(collection: CollectionRef): Raw[] {
    return [...this.#of(collection).keys()].flatMap((id) => this.read(collection, id) ?? []);
  }

  write(collection: CollectionRef, id: string, raw: Raw | undefined): void {
    const documents = this.#of(collection);
    const oldest = Math.min(this.#seq, ...this.#snapshots());
    const versions = documents.get(id) ?? [];
    const needed = versions.findLastIndex((version) => version.seq <= oldest);
    this.#seq += 1;
    documents.set(id, [...versions.slice(Math.max(0, needed)), { seq: this.#seq, raw }]);
  }

  /** Whether the document was written after the snapshot. */
  isNewer(collection: CollectionRef, id: string, snapshot: number): boolean {
    const versions = this.#of(collection).get(id) ?? [];
    return versions.some((version) => version.seq > snapshot);
  }

  /** Whether a unique index keeps the document out beside the others. */
  clashes(collection: CollectionRef, raw: Raw, others: readonly Raw[]): boolean {
    const unique = (collection.indexes ?? []).filter(({ unique }) => unique);
    return unique.some(({ fields }) => {
      const keys = new Set(this.#keysOf(raw, fields));
      return others.some(
        (other) =>
          other._id !== raw._id && this.#keysOf(other, fields).some((each) => keys.has(each)),
      );
    });
  }

  /** Computed once, because a version of a document never changes. */
  #keysOf(raw: Raw, fields: Index['fields']): readonly string[] {
    const known = this.#keysByVersion.get(raw) ?? new Map<Index['fields'], readonly string[]>();
    this.#keysByVersion.set(raw, known);
    const keys = known.get(fields) ?? indexKeys(raw, fields);
    known.set(fields, keys);
    return keys;
  }

  #of({ name }: CollectionRef): Map<string, Version[]> {
    const known = this.#collections.get(name);
    if (known) return known;
    const documents = new Map<string, Version[]>();
    this.#collections.set(name, documents);
    return documents;
  }
}
