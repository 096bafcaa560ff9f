/** The part of `tcb-admin-node` 1.23 that we use; it comes without types. */
declare module 'tcb-admin-node' {
  import type { SdkCommands } from './commands.ts';

  /** A failure of the service is a result with a `code`. */
  interface Result {
    readonly code?: string | number;
    readonly data?: unknown;
    readonly updated?: unknown;
    readonly deleted?: unknown;
    readonly total?: unknown;
    readonly requestId?: unknown;
  }
  interface Query {
    where(query: object): Query;
    orderBy(field: string, direction: 'asc' | 'desc'): Query;
    limit(limit: number): Query;
    skip(skip: number): Query;
    get(): Promise<Result>;
    count(): Promise<Result>;
    update(change: object): Promise<Result>;
    remove(): Promise<Result>;
  }
  interface Collection extends Query {
    doc(id: string): { get(): Promise<Result> };
    add(doc: object): Promise<Result>;
  }
  interface TransactionDocument {
    get(): Promise<Result>;
    set(fields: object): Promise<Result>;
    update(change: object): Promise<Result>;
    delete(): Promise<Result>;
  }
  interface TransactionCollection {
    doc(id: string): TransactionDocument;
    add(doc: object): Promise<Result>;
  }
  export interface SdkTransaction {
    collection(name: string): TransactionCollection;
    getTransactionId(): unknown;
    commit(): Promise<Result>;
    rollback(reason?: unknown): Promise<Result>;
  }
  export interface Requester {
    send(action: string, data?: object): Promise<unknown>;
  }
  export interface Database {
    readonly command: SdkCommands;
    /** The class `Db`, where the SDK keeps the class that sends its requests. */
    readonly constructor: { reqClass: new (config: unknown) => Requester };
    collection(name: string): Collection;
    startTransaction(): Promise<SdkTransaction>;
  }
  interface App {
    callFunction(call: { name: string; data: object }): Promise<Result>;
    database(): Database;
    /** Unlike the others it throws what the service answers. */
    getUploadMetadata(request: { cloudPath: string }): Promise<{ readonly data: unknown }>;
    getTempFileURL(request: {
      fileList: string[];
    }): Promise<Result & { readonly fileList?: unknown }>;
  }
  const tcb: {
    init(config: object): App;
  };
  export default tcb;
}
