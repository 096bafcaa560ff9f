import type * as v from 'valibot';

/** A document as we write it: plain JSON values and Dates, under a string id that we choose. */
export interface Doc {
  readonly _id: string;
}

export interface Index {
  readonly fields: readonly { readonly name: string; readonly direction: 'asc' | 'desc' }[];
  readonly unique?: boolean;
  /** The documents expire this long after the Date in the (only) field. */
  readonly expireAfterSeconds?: number;
}

/** A collection: its name, the schema that every write is checked by, and its indexes. */
export interface Collection<T extends Doc> {
  readonly name: string;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly indexes?: readonly Index[];
}

/** A document as it is stored: `rev` counts its writes and is what compare-and-set compares. */
export interface Stored<T extends Doc> {
  readonly doc: T;
  readonly rev: number;
}

export type Comparison<V> =
  | { readonly eq: V }
  | { readonly in: readonly V[] }
  | { readonly lt: V }
  | { readonly lte: V }
  | { readonly gt: V }
  | { readonly gte: V };

/** All conditions must hold. A missing or undefined value is an error, never "everything". */
export type Filter<T extends Doc> = {
  readonly [Field in keyof T]?: Comparison<NonNullable<T[Field]>>;
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

/**
 * Documents with create-if-absent, compare-and-set and transactions. The only failures are
 * `AppError`s: `conflict` (a transaction lost every try), `upstream` with `details.outcome`
 * (`unknown`: the write may or may not have happened; `refused`: it did not), `timeout`,
 * `invalid` (the document does not fit its schema; a bug of the caller).
 */
export interface Store {
  get<T extends Doc>(collection: Collection<T>, id: string): Promise<Stored<T> | undefined>;
  /** `false` if a document with this id, or with the same unique fields, is there already. */
  create<T extends Doc>(collection: Collection<T>, doc: T): Promise<boolean>;
  /** Replaces the document if its `rev` is still the one given; `false` if it has moved or gone. */
  replaceIf<T extends Doc>(collection: Collection<T>, doc: T, rev: number): Promise<boolean>;
  /** Sets the given fields under the same condition; `undefined` removes an optional field. */
  patchIf<T extends Doc>(
    collection: Collection<T>,
    id: string,
    patch: Partial<Omit<T, '_id'>>,
    rev: number,
  ): Promise<boolean>;
  /** Adds to numeric fields in one step, creating the document from `initial` if it is absent. */
  increment<T extends Doc>(
    collection: Collection<T>,
    initial: T,
    by: { readonly [Field in keyof T]?: number },
  ): Promise<void>;
  /** `false` if it was not there. */
  remove<T extends Doc>(collection: Collection<T>, id: string): Promise<boolean>;
  query<T extends Doc>(collection: Collection<T>, query: Query<T>): Promise<readonly Stored<T>[]>;
  count<T extends Doc>(collection: Collection<T>, filter: Filter<T> | 'all'): Promise<number>;
  /** Runs `work` atomically, again from the start after a conflict; so it must have no side effects. */
  transaction<R>(work: (tx: Transaction) => Promise<R>): Promise<R>;
}

/** By id only: a query inside a transaction would silently run outside it. */
export interface Transaction {
  get<T extends Doc>(collection: Collection<T>, id: string): Promise<Stored<T> | undefined>;
  create<T extends Doc>(collection: Collection<T>, doc: T): Promise<void>;
  replace<T extends Doc>(collection: Collection<T>, doc: T): Promise<void>;
  remove<T extends Doc>(collection: Collection<T>, id: string): Promise<void>;
}
