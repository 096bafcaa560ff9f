/** A document as people read it: plain JSON, dates as `{ "$date": "2026-…" }`. */
export type ShownDocument = Readonly<Record<string, unknown>>;

/** Which documents of a collection are shown, the newest first by their `createdAt`. */
export interface ShownQuery {
  readonly limit: number;
  readonly skip?: number | undefined;
  /** Only those that have these very values. */
  readonly equals?: Readonly<Record<string, string>> | undefined;
  /** Only those in which this stands anywhere, in big letters or small. */
  readonly text?: string | undefined;
}

export interface ShownPage {
  /** So many are there in all, beyond the page. */
  readonly total: number;
  readonly documents: readonly ShownDocument[];
}

/** The functions' database as the simulator shows it, whichever it is. */
export interface ShownDatabase {
  collections(): Promise<readonly { readonly name: string; readonly documents: number }[]>;
  /** Moves whenever a document may have changed. */
  version(): Promise<number>;
  /** None of a collection that is not there. */
  find(collection: string, query: ShownQuery): Promise<ShownPage>;
  document(collection: string, id: string): Promise<ShownDocument | undefined>;
  /** Replaces the document of its `_id`, or makes it; gives it as it is now. */
  put(collection: string, document: ShownDocument): Promise<ShownDocument>;
  /** Makes a collection without indexes. @throws Error if it is there already. */
  create(collection: string): Promise<void>;
  remove(collection: string, id: string): Promise<boolean>;
}
