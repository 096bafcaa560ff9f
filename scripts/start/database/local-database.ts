import type { Store } from '../../../shared/store/store.ts';
import type { StoreDriver } from '../../build/sdk-bundle.ts';
import type { ShownDatabase } from '../../emulator/simulator/shown-database.ts';

/** What the functions keep their documents in on this machine. */
export const localStores = ['cloudbase', 'postgres'] as const;
export type LocalStore = (typeof localStores)[number];

export type StoredDocument = Readonly<Record<string, unknown>> & { readonly _id: string };

/** Fields that a document has, each with this very value. */
export type Equals = Readonly<Record<string, string | number | boolean>>;

export interface RequestTally {
  readonly reads: number;
  readonly writes: number;
  readonly transactions: number;
}

/** What can be made to go wrong between the functions and their database. */
export interface DatabaseFaults {
  /**
   * A part of the requests fails, in equal parts before and after they were carried out, and where
   * the database has answers of its own for that, with those too.
   */
  add(fault: {
    readonly rate: number;
    readonly seed: number;
    /** Only requests for this collection, and only lost connections. */
    readonly collection?: string;
  }): void;
  /** The next transaction begins so late. */
  holdBackTransaction(ms: number): void;
  /** So many requests were struck, by all faults so far. */
  hits(): number;
  clear(): void;
}

/** The database of the functions on this machine, looked at past all faults. */
export interface LocalDatabase {
  readonly kind: LocalStore;
  /** What the functions are built with. */
  readonly driver: StoreDriver;
  /** What tells the functions where it is. */
  readonly env: Readonly<Record<string, string>>;
  readonly shown: ShownDatabase;
  readonly faults: DatabaseFaults;
  /** Requests of the functions so far, of all kinds. */
  requests(): number;
  /** The same by kind, under the database's own names. */
  requestsByKind(): Readonly<Record<string, number>>;
  /** Those for documents of the collections so far; and transactions, of whatever collections. */
  tally(collections: readonly string[]): RequestTally;
  /** How often a transaction met another that was in its way. */
  conflicts(): number;
  /** A store as an instance has it, with all faults. */
  instance(): Store;
  /** Dates are `Date`. */
  documents(collection: string, equals?: Equals): Promise<readonly StoredDocument[]>;
  count(collection: string, equals?: Equals): Promise<number>;
  put(collection: string, document: StoredDocument): Promise<void>;
  clear(collection: string): Promise<void>;
  /** Everything that is stored, as text, to look for what must not be there. */
  everything(): Promise<string>;
  /** The transactions of processes that are dead end now, as they would end later. */
  endTransactions(): void;
  /** Faults that only a server of one's own can have. */
  readonly server?: DatabaseServer;
  close(): Promise<void>;
}

/** A database whose server runs here. */
export interface DatabaseServer {
  /** Kills it with SIGKILL and starts it again on what it has written. */
  crash(): Promise<void>;
  /** Nothing is answered for so long, as while another server takes over. */
  stall(ms: number): Promise<void>;
  /** Cuts all connections that are open. */
  cut(): void;
  /** Takes all connections that the server has to give for so long. */
  exhaust(ms: number): Promise<void>;
}
