import cloudbase from '@cloudbase/node-sdk';

import { present } from '../../kernel/present.ts';
import {
  asRaw,
  type CollectionRef,
  type Condition,
  type Link,
  type LinkTransaction,
} from '../link.ts';

import { putTicket, type StorageLink, urlIn } from '../storage-link.ts';
import { answered, asCount, begun, createCommands, type SdkCommands } from './commands.ts';
import type { ConnectOptions, FunctionsLink } from './driver.ts';

/** A link over `@cloudbase/node-sdk`. It throws what the SDK throws. */
export function connect(options: ConnectOptions): Link {
  const db = open(options).database();
  const commands = createCommands(db.command as unknown as SdkCommands, (date) => date);
  const at = ({ name }: CollectionRef) => db.collection(name);

  return {
    async get(collection, id) {
      const { data } = await at(collection).doc(id).get();
      return data.length === 0 ? undefined : asRaw(data[0]);
    },
    async insert(collection, raw) {
      await at(collection).add({ ...raw });
    },
    async update(collection, match, change) {
      const query = at(collection).where(commands.match(match));
      return asCount((await query.update(commands.change(change))).updated);
    },
    async remove(collection, match) {
      return asCount((await at(collection).where(commands.match(match)).remove()).deleted);
    },
    async find(collection, { conditions, order, limit, skip }) {
      let query = at(collection).where(commands.where(conditions)).limit(limit).skip(skip);
      for (const { field, direction } of order) query = query.orderBy(field, direction);
      return (await query.get()).data.map(asRaw);
    },
    async count(collection, conditions) {
      return asCount((await at(collection).where(commands.where(conditions)).count()).total);
    },
    async removeBefore(collection, field, date, limit) {
      const isDue: Condition = { field, operator: 'lt', value: date };
      const due = at(collection)
        .where(commands.where([isDue]))
        .orderBy(field, 'asc')
        .limit(limit);
      const ids = (await due.field({ _id: true }).get()).data.map(({ _id }) => String(_id));
      if (ids.length === 0) return 0;
      // By the date once more: a document that was given more time meanwhile stays.
      const where = commands.where([isDue, { field: '_id', operator: 'in', value: ids }]);
      return asCount((await at(collection).where(where).remove()).deleted);
    },
    async begin() {
      return transactionLink(begun(await db.startTransaction()));
    },
  };
}

/** The storage over the same SDK, which only signs: files do not pass through it. */
export function connectStorage(options: ConnectOptions): StorageLink {
  const app = open(options);
  return {
    async ticket(path) {
      const { data } = await app.getUploadMetadata({ cloudPath: path });
      return putTicket(path, data);
    },
    async url(fileId) {
      return urlIn(await app.getTempFileURL({ fileList: [fileId] }));
    },
  };
}

/** The functions of the environment over the same SDK. */
export function connectFunctions(options: ConnectOptions): FunctionsLink {
  const app = open(options);
  return {
    async call(name, data) {
      await app.callFunction({ name, data });
    },
  };
}

function open(options: ConnectOptions) {
  settle(options);
  const { envId: env, timeoutMs: timeout, secretId, secretKey, sessionToken, serviceUrl } = options;
  return cloudbase.init({
    env,
    timeout,
    secretId,
    secretKey,
    // Connections are kept, because the store repeats a request that a frozen socket has lost.
    keepalive: true,
    ...present({ sessionToken, serviceUrl }),
  });
}

type SdkTransaction = Awaited<
  ReturnType<ReturnType<ReturnType<typeof cloudbase.init>['database']>['startTransaction']>
>;

function transactionLink(transaction: SdkTransaction): LinkTransaction {
  const doc = ({ name }: CollectionRef, id: string) => transaction.collection(name).doc(id);

  return {
    async get(collection, id) {
      // Inside a transaction the SDK gives the document itself, against what its types say.
      const data: unknown = (await doc(collection, id).get()).data;
      return data === null || data === undefined ? undefined : asRaw(data);
    },
    async insert({ name }, raw) {
      await transaction.collection(name).add({ ...raw });
    },
    async replace(collection, { _id, ...fields }) {
      await doc(collection, _id).set(fields);
    },
    async touch(collection, id, mark) {
      await doc(collection, id).update({ _touch: mark });
    },
    async remove(collection, id) {
      await doc(collection, id).remove();
    },
    async commit() {
      answered(await transaction.commit());
    },
    async abort() {
      answered(await transaction.rollback(undefined));
    },
  };
}

/** The SDK reads these two settings only from the environment of the process. */
function settle({ serviceUrl }: ConnectOptions): void {
  // Without this, each failed request leaves a timer behind, and a false report of a slow request.
  process.env.SILENCE = 'true';
  // Without this, each request outside SCF first asks Tencent's metadata host, twice. The variable also
  // decides which address of the service is used, so it is set only where another address is given.
  if (serviceUrl !== undefined) process.env.TENCENTCLOUD ??= 'true';
}
