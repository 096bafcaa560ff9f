/** What both SDKs give to write queries and updates with. Their values only make sense to them. */
export interface Commands {
  readonly command: Record<string, (...operands: unknown[]) => unknown> & {
    readonly aggregate: Record<string, (operand: unknown) => unknown>;
  };
  serverDate(options?: { readonly offset: number }): unknown;
  RegExp(options: { readonly regexp: string; readonly options?: string }): unknown;
  point(longitude: number, latitude: number): unknown;
}

/** The builder that a query starts from; every step gives another. */
export interface QueryBuilder {
  where(query: object): QueryBuilder;
  orderBy(field: string, direction: 'asc' | 'desc'): QueryBuilder;
  skip(count: number): QueryBuilder;
  limit(count: number): QueryBuilder;
  field(projection: object): QueryBuilder;
}

/** The builder of an aggregation: one method per stage. */
export type Pipeline = Record<string, (operand: unknown) => Pipeline>;

export type Doc = Record<string, unknown>;

export interface Upserted {
  readonly updated: number;
  readonly upsertedId: unknown;
}

/** A transaction as both SDKs have it: documents by id. */
export interface SdkTransaction {
  get(id: string): Promise<Doc | null>;
  add(document: Doc): Promise<void>;
  update(id: string, change: object): Promise<number>;
  set(id: string, document: Doc): Promise<number>;
  remove(id: string): Promise<number>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** One collection, `c`, of one environment through one of the SDKs. Failures are thrown. */
export interface Sdk extends Commands {
  readonly name: 'node-sdk' | 'tcb-admin-node';
  createCollection(name: string): Promise<void>;
  add(document: Doc, collection?: string): Promise<unknown>;
  get(id: string | number, collection?: string): Promise<Doc | undefined>;
  find(build: (query: QueryBuilder) => QueryBuilder): Promise<readonly Doc[]>;
  count(query?: object): Promise<number>;
  update(id: string | number, change: object): Promise<number>;
  updateWhere(query: object | undefined, change: object): Promise<number>;
  set(id: string, document: Doc): Promise<Upserted>;
  remove(id: string | number): Promise<number>;
  removeWhere(query: object | undefined): Promise<number>;
  aggregate(build: (pipeline: Pipeline) => Pipeline): Promise<readonly Doc[]>;
  begin(): Promise<SdkTransaction>;
  runTransaction<T>(work: (transaction: SdkTransaction) => Promise<T>): Promise<T>;
  call(name: string, data?: unknown): Promise<unknown>;
  upload(cloudPath: string, bytes: Buffer): Promise<string>;
  download(fileId: string): Promise<Buffer>;
  temporaryUrls(
    fileIds: readonly string[],
  ): Promise<readonly { readonly code: string; readonly tempFileURL: string }[]>;
  deleteFiles(fileIds: readonly string[]): Promise<readonly string[]>;
}

export interface Credentials {
  readonly url: string;
  readonly env: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly timeoutMs?: number;
}

export const COLLECTION = 'c';

/** A failure as the service, or the transport, reported it. */
export class SdkError extends Error {
  readonly code: string | number | undefined;

  constructor(message: string, code: string | number | undefined) {
    super(message);
    this.code = code;
  }
}

/** Gives up on a promise that never settles. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SdkError('never settled', 'NEVER_SETTLED')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes one kind of failure of the several that SDKs throw. */
export function asSdkError(error: unknown): SdkError {
  if (typeof error !== 'object' || error === null) return new SdkError(String(error), undefined);
  const { code, statusCode, message } = error as {
    code?: string | number;
    statusCode?: number;
    message?: string;
  };
  return new SdkError(String(message), code ?? statusCode);
}
