import type * as v from 'valibot';

/**
 * A document as the functions write it: plain JSON values and Dates, under a string id of their
 * choice.
 */
export interface Doc {
  readonly _id: string;
}

export interface Index {
  readonly fields: readonly { readonly name: string; readonly direction: 'asc' | 'desc' }[];
  /**
   * A missing field counts as a value here: two documents without it collide. Of a list every
   * element counts, over all documents; an empty list counts as a value too.
   */
  readonly unique?: boolean;
  /**
   * A document is removed some time after the Date in the only field is this old: for cleaning up,
   * not for timing.
   */
  readonly expireAfterSeconds?: number;
}

/** The fields of a document: `v.strictObject({...})`, which may stand inside a `v.pipe`. */
export type DocSchema<T extends Doc> = v.GenericSchema<unknown, T> & {
  readonly entries: Readonly<Record<string, v.GenericSchema>>;
};

/**
 * A collection: its name, the schema that every write is checked by, and its indexes. Field names
 * that begin with `_` belong to the store. Collections are provisioned, never created on the fly.
 */
export interface Collection<T extends Doc> {
  readonly name: string;
  readonly schema: DocSchema<T>;
  readonly indexes?: readonly Index[];
  /**
   * The fields that count only if a holder of the AppSecret wrote them; the schema then has a field
   * `mac` for the proof. See `boundStore`.
   */
  readonly bound?: 'all' | readonly string[];
}

/**
 * A document as it is stored. `rev` is what compare-and-set compares: it grows by one with each
 * write and never comes back, not even when the document is removed and created again.
 */
export interface Stored<T extends Doc> {
  readonly doc: T;
  readonly rev: number;
}

export type Scalar = string | number | boolean | Date;

/** One condition or more (`{ gte, lt }` is a range), all of which must hold. */
export type Comparison<V> =
  | { readonly eq: V }
  | { readonly in: readonly V[] }
  | { readonly lt: V }
  | { readonly lte: V }
  | { readonly gt: V }
  | { readonly gte: V };

/** A condition on a list: it has this element, or at least one of these. */
export type Has<E> = { readonly has: E } | { readonly hasAny: readonly E[] };

type Condition<V> = [V] extends [Scalar]
  ? Comparison<V>
  : V extends readonly (infer E)[]
    ? Has<E>
    : never;

/** All conditions must hold. A missing or undefined value is an error, never "everything". */
export type Filter<T extends Doc> = {
  readonly [Field in keyof T]?: Condition<NonNullable<T[Field]>>;
};

export interface Query<T extends Doc> {
  readonly filter: Filter<T> | 'all';
  readonly order?: readonly {
    readonly field: keyof T & string;
    readonly direction: 'asc' | 'desc';
  }[];
  /** 1 to 1000. */
  readonly limit: number;
  readonly skip?: number;
}

/** New values of some fields; `undefined` removes an optional one. */
export type Patch<T extends Doc> = {
  readonly [Field in Exclude<keyof T, '_id'>]?: Partial<Pick<T, Field>> extends Pick<T, Field>
    ? T[Field] | undefined
    : T[Field];
};

/** Numbers to add to numeric fields. */
export type Increments<T extends Doc> = {
  readonly [Field in keyof T as NonNullable<T[Field]> extends number ? Field : never]?: number;
};

/**
 * Documents with create-if-absent, compare-and-set and transactions. The only failures are
 * `AppError`s: `conflict` (a transaction lost every try), `upstream` and `timeout` with
 * `details.outcome` (`unknown`: the write may or may not have happened, or may still happen;
 * `refused`: it did not and will not), `invalid` (a value or a query that does not fit its schema;
 * a bug of the caller). `details.reason` is one of the reasons in `failure.ts`.
 *
 * After a failure of the network the store itself repeats the write, in a form that happens once at
 * most, and reads to find out what became of it; `unknown` is what remains when that cannot tell.
 */
export interface Store {
  get<T extends Doc>(collection: Collection<T>, id: string): Promise<Stored<T> | undefined>;
  /** `false` if a document with this id, or with the same unique fields, exists already. */
  create<T extends Doc>(collection: Collection<T>, doc: T): Promise<boolean>;
  /** The same, but gives the first `rev` of the document, or `undefined` if one exists already. */
  insert<T extends Doc>(collection: Collection<T>, doc: T): Promise<number | undefined>;
  /** Replaces the document if its `rev` is still the one given; `false` if it has moved or gone. */
  replaceIf<T extends Doc>(collection: Collection<T>, doc: T, rev: number): Promise<boolean>;
  /**
   * Sets whole fields (nothing is merged) under the same condition. Like `replaceIf` it fails with
   * the reason `duplicate` if a unique index refuses it.
   */
  patchIf<T extends Doc>(
    collection: Collection<T>,
    id: string,
    patch: Patch<T>,
    rev: number,
  ): Promise<boolean>;
  /**
   * Adds to numeric fields in one step; if the document is absent, adds to `initial` and creates
   * it.
   */
  increment<T extends Doc>(collection: Collection<T>, initial: T, by: Increments<T>): Promise<void>;
  /** `false` if the document did not exist. */
  remove<T extends Doc>(collection: Collection<T>, id: string): Promise<boolean>;
  query<T extends Doc>(collection: Collection<T>, query: Query<T>): Promise<readonly Stored<T>[]>;
  count<T extends Doc>(collection: Collection<T>, filter: Filter<T> | 'all'): Promise<number>;
  /**
   * Removes documents that have expired by an index of their collection, so many at most; gives how
   * many. The worker calls it, because not every database removes them by itself.
   */
  removeExpired<T extends Doc>(
    collection: Pick<Collection<T>, 'name' | 'indexes'>,
    limit: number,
  ): Promise<number>;
  /**
   * Runs `work` atomically, again from the start after a conflict; so it must have no side effects.
   * Every operation of `tx` that fails, fails the transaction, also when `work` caught the error.
   * A transaction that writes also holds what it has only read: a decision taken on a document
   * stays true until the commit (but the absence of a document is only held by creating it).
   */
  transaction<R>(work: (tx: Transaction) => Promise<R>): Promise<R>;
}

/** A transaction reads by id only: a query inside it would silently run outside it. */
export interface Transaction {
  get<T extends Doc>(collection: Collection<T>, id: string): Promise<Stored<T> | undefined>;
  /**
   * If the document exists already, `work` runs again once; then the transaction fails with
   * `conflict`.
   */
  create<T extends Doc>(collection: Collection<T>, doc: T): Promise<void>;
  /** Fails with `invalid` if the document does not exist. */
  replace<T extends Doc>(collection: Collection<T>, doc: T): Promise<void>;
  /** Does nothing if the document does not exist. */
  remove<T extends Doc>(collection: Collection<T>, id: string): Promise<void>;
}
