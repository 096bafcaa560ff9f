import {
  asSdkError,
  COLLECTION,
  type Doc,
  type Pipeline,
  type QueryBuilder,
  type Sdk,
  SdkError,
  type SdkTransaction,
  within,
} from './sdk.ts';

/** Answers of the SDKs, as far as this adapter reads them. */
interface Answer {
  readonly code?: string;
  readonly message?: string;
  readonly id?: unknown;
  readonly data?: unknown;
  readonly total?: number;
  readonly updated?: number;
  readonly deleted?: number;
  readonly upsertedId?: unknown;
  readonly result?: unknown;
  readonly fileID?: string;
  readonly fileContent?: Buffer;
  readonly fileList?: readonly { readonly code: string; readonly tempFileURL: string }[];
}

type Method = (...operands: unknown[]) => Promise<Answer>;
type DocumentReference = Record<'get' | 'update' | 'set' | 'remove' | 'delete', Method>;
type Query = QueryBuilder & Record<'get' | 'count' | 'update' | 'remove', Method>;
type CollectionReference = Query & {
  doc(id: unknown): DocumentReference;
  add: Method;
  aggregate(): Pipeline & { end: Method };
};

interface RawTransaction {
  collection(name: string): CollectionReference;
  commit(): Promise<Answer>;
  rollback(): Promise<Answer>;
}

interface RawDatabase {
  readonly command: Sdk['command'];
  readonly Geo: { readonly Point: new (longitude: number, latitude: number) => unknown };
  serverDate: Sdk['serverDate'];
  RegExp: Sdk['RegExp'];
  collection(name: string): CollectionReference;
  createCollection: Method;
  startTransaction(): Promise<RawTransaction>;
  runTransaction<T>(work: (transaction: RawTransaction) => Promise<T>): Promise<T>;
}

export interface RawSdk {
  database(): RawDatabase;
  callFunction: Method;
  uploadFile: Method;
  downloadFile: Method;
  getTempFileURL: Method;
  deleteFile: Method;
}

/** A busy machine may need longer than it should for a dozen transactions in conflict. */
const SETTLE_MS = 60_000;

/**
 * The older SDK returns failures as values and leaves some promises unsettled: here every failure
 * is thrown, by either SDK, and every call ends.
 */
export function adapt(name: Sdk['name'], raw: RawSdk): Sdk {
  const db = raw.database();
  const collection = (of = COLLECTION) => db.collection(of);
  const selected = (query: object | undefined) =>
    query === undefined ? collection() : (collection().where(query) as Query);

  return {
    name,
    command: db.command,
    serverDate: (options) => db.serverDate(options),
    RegExp: (options) => db.RegExp(options),
    point: (longitude, latitude) => new db.Geo.Point(longitude, latitude),
    createCollection: async (of) => void (await settle(() => db.createCollection(of))),
    add: async (document, of) => (await settle(() => collection(of).add(document))).id,
    get: async (id, of) => documents(await settle(() => collection(of).doc(id).get()))[0],
    find: async (build) => documents(await settle(() => (build(collection()) as Query).get())),
    count: async (query) => (await settle(() => selected(query).count())).total ?? Number.NaN,
    update: async (id, change) =>
      (await settle(() => collection().doc(id).update(change))).updated ?? Number.NaN,
    updateWhere: async (query, change) =>
      (await settle(() => selected(query).update(change))).updated ?? Number.NaN,
    set: async (id, document) => {
      const answer = await settle(() => collection().doc(id).set(document));
      return { updated: answer.updated ?? Number.NaN, upsertedId: answer.upsertedId ?? null };
    },
    remove: async (id) => (await settle(() => collection().doc(id).remove())).deleted ?? Number.NaN,
    removeWhere: async (query) =>
      (await settle(() => selected(query).remove())).deleted ?? Number.NaN,
    aggregate: async (build) =>
      documents(
        await settle(() =>
          (build(collection().aggregate()) as ReturnType<CollectionReference['aggregate']>).end(),
        ),
      ),
    begin: async () => transaction(await settle(() => db.startTransaction())),
    runTransaction: (work) => settle(() => db.runTransaction((tx) => work(transaction(tx)))),
    call: async (functionName, data) =>
      (await settle(() => raw.callFunction({ name: functionName, data }))).result,
    upload: async (cloudPath, fileContent) =>
      (await settle(() => raw.uploadFile({ cloudPath, fileContent }))).fileID ?? '',
    download: async (fileID) =>
      Buffer.from((await settle(() => raw.downloadFile({ fileID }))).fileContent ?? []),
    temporaryUrls: async (fileList) =>
      (await settle(() => raw.getTempFileURL({ fileList }))).fileList ?? [],
    deleteFiles: async (fileList) =>
      ((await settle(() => raw.deleteFile({ fileList }))).fileList ?? []).map(({ code }) => code),
  };
}

function transaction(raw: RawTransaction): SdkTransaction {
  const collection = raw.collection(COLLECTION);
  return {
    get: async (id) => (await settle(() => collection.doc(id).get())).data as Doc | null,
    add: async (document) => void (await settle(() => collection.add(document))),
    update: async (id, change) =>
      (await settle(() => collection.doc(id).update(change))).updated ?? Number.NaN,
    set: async (id, document) =>
      (await settle(() => collection.doc(id).set(document))).updated ?? Number.NaN,
    remove: async (id) => (await settle(() => collection.doc(id).delete())).deleted ?? Number.NaN,
    commit: async () => void (await settle(() => raw.commit())),
    rollback: async () => void (await settle(() => raw.rollback())),
  };
}

async function settle<T>(call: () => Promise<T>): Promise<T> {
  let answer: T;
  try {
    answer = await within(SETTLE_MS, call());
  } catch (error) {
    throw asSdkError(error);
  }
  const { code, message } = (answer ?? {}) as Answer;
  if (code) throw new SdkError(String(message), code);
  return answer;
}

function documents({ data }: Answer): readonly Doc[] {
  return data as readonly Doc[];
}
