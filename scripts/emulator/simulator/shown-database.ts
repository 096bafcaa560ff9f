/** A document as people read it: plain JSON, dates as `{ "$date": "2026-…" }`. */
export type ShownDocument = Readonly<Record<string, unknown>>;

/** The functions' database as the simulator shows it, whichever it is. */
export interface ShownDatabase {
  collections(): Promise<readonly { readonly name: string; readonly documents: number }[]>;
  /** Moves whenever a document may have changed. */
  version(): Promise<number>;
  /** The newest first, by their `createdAt`. */
  documents(collection: string, limit: number): Promise<readonly ShownDocument[]>;
  document(collection: string, id: string): Promise<ShownDocument | undefined>;
  /** Replaces the document of its `_id`, or makes it; gives it as it is now. */
  put(collection: string, document: ShownDocument): Promise<ShownDocument>;
  remove(collection: string, id: string): Promise<boolean>;
}
