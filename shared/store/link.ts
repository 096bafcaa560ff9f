import type { FieldType } from './field-type.ts';
import type { Collection, Doc, Scalar } from './store.ts';
import type { Fields } from './values.ts';

export const operators = ['eq', 'in', 'lt', 'lte', 'gt', 'gte', 'has', 'hasAny'] as const;
export type Operator = (typeof operators)[number];

/** One comparison of one top-level field. */
export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  /** A list for `in` and `hasAny`. */
  readonly value: Scalar | readonly Scalar[];
}

/** A document with the store's own fields, as it is stored in the database. */
export interface Raw extends Fields {
  readonly _id: string;
  readonly _rev: number;
  /** The ids of its latest writes, the newest last. */
  readonly _writes: readonly string[];
}

/** @throws Error with the code `FOREIGN_DOCUMENT` for a document without the store's own fields */
export function asRaw(value: unknown): Raw {
  const { _id, _rev, _writes } = value as Record<string, unknown>;
  if (typeof _id === 'string' && typeof _rev === 'number' && Array.isArray(_writes)) {
    return value as Raw;
  }
  throw Object.assign(new Error('A document without _rev.'), { code: 'FOREIGN_DOCUMENT' });
}

/** What a link needs to know of a collection. */
export type CollectionRef = Pick<Collection<Doc>, 'name' | 'indexes'>;

/** One document, in one state. */
export interface Match {
  readonly id: string;
  /** Matches only in this revision. */
  readonly rev?: number;
  /** Matches only if this write is not among its latest. */
  readonly without?: string;
}

/** A change of some fields; it always moves `_rev` by one and adds `writeId` to `_writes`. */
export interface Change {
  readonly set: Fields;
  readonly unset: readonly string[];
  readonly add: Readonly<Record<string, number>>;
  readonly writeId: string;
}

export interface Find {
  readonly conditions: readonly Condition[];
  readonly order: readonly {
    readonly field: string;
    readonly direction: 'asc' | 'desc';
    readonly type: FieldType;
  }[];
  readonly limit: number;
  readonly skip: number;
}

/**
 * A database as an SDK reaches it: each method is one request, which is neither repeated nor
 * interpreted. A link throws whatever the SDK throws, and the store tells what that means.
 */
export interface Link {
  get(collection: CollectionRef, id: string): Promise<Raw | undefined>;
  insert(collection: CollectionRef, raw: Raw): Promise<void>;
  /** How many documents matched: 0 or 1. */
  update(collection: CollectionRef, match: Match, change: Change): Promise<number>;
  remove(collection: CollectionRef, match: Match): Promise<number>;
  find(collection: CollectionRef, find: Find): Promise<readonly Raw[]>;
  count(collection: CollectionRef, conditions: readonly Condition[]): Promise<number>;
  /**
   * Removes documents whose date in the field is before the one given, so many at most; gives how
   * many. Some databases are faster and have removed them by themselves.
   */
  removeBefore(
    collection: CollectionRef,
    field: string,
    date: Date,
    limit: number,
  ): Promise<number>;
  begin(): Promise<LinkTransaction>;
}

export interface LinkTransaction {
  get(collection: CollectionRef, id: string): Promise<Raw | undefined>;
  insert(collection: CollectionRef, raw: Raw): Promise<void>;
  /** Replaces the whole document, which must exist. */
  replace(collection: CollectionRef, raw: Raw): Promise<void>;
  /** Writes to the document without changing its content, so that no other transaction can write it. */
  touch(collection: CollectionRef, id: string, mark: string): Promise<void>;
  remove(collection: CollectionRef, id: string): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
  /**
   * For a commit without an answer: what the database says became of it, once it has ended the
   * transaction. Absent where a database cannot be asked; then only the documents tell.
   */
  outcome?(): Promise<'committed' | 'aborted'>;
}

/** What the store writes beside the fields of a document; random, so that no two are the same. */
export interface Stamps {
  readonly writeId: () => string;
  readonly firstRev: () => number;
}
