import tcb, { type Database, type SdkTransaction } from 'tcb-admin-node';
import { asRaw, type CollectionRef, type Link, type LinkTransaction } from '../link.ts';
import { formTicket, type StorageLink, urlIn } from '../storage-link.ts';
import { answered, asCount, begun, createCommands } from './commands.ts';
import type { ConnectOptions, FunctionsLink } from './driver.ts';

const REMOVALS_AT_ONCE = 20;

/** A link over `tcb-admin-node`, for environments that only the old SDK reaches. */
export function connect(options: ConnectOptions): Link {
  const db = open(options).database();
  makeSettling(db);
  const commands = createCommands(db.command, (date) => ({ $date: date.getTime() }));
  const at = ({ name }: CollectionRef) => db.collection(name);

  const link: Link = {
    async get(collection, id) {
      const [found] = listOf(await at(collection).doc(id).get());
      return found === undefined ? undefined : asRaw(found);
    },
    async insert(collection, raw) {
      checked(await at(collection).add({ ...raw }));
    },
    async update(collection, match, change) {
      const query = at(collection).where(commands.match(match));
      return asCount(checked(await query.update(commands.change(change))).updated);
    },
    async remove(collection, match) {
      return asCount(checked(await at(collection).where(commands.match(match)).remove()).deleted);
    },
    async find(collection, { conditions, order, limit, skip }) {
      let query = at(collection).where(commands.where(conditions)).limit(limit).skip(skip);
      for (const { field, direction } of order) query = query.orderBy(field, direction);
      return listOf(await query.get()).map(asRaw);
    },
    async count(collection, conditions) {
      return asCount(checked(await at(collection).where(commands.where(conditions)).count()).total);
    },
    // One by one: this SDK encodes the filter of a removal twice, which destroys lists and dates.
    async removeBefore(collection, field, date, limit) {
      const due = await link.find(collection, {
        conditions: [{ field, operator: 'lt', value: date }],
        order: [{ field, direction: 'asc', type: 'date' }],
        limit,
        skip: 0,
      });
      let removed = 0;
      for (let at = 0; at < due.length; at += REMOVALS_AT_ONCE) {
        const some = due.slice(at, at + REMOVALS_AT_ONCE);
        const counts = some.map(({ _id, _rev }) => link.remove(collection, { id: _id, rev: _rev }));
        for (const count of await Promise.all(counts)) removed += count;
      }
      return removed;
    },
    async begin() {
      return transactionLink(begun(await db.startTransaction()));
    },
  };
  return link;
}

/** The storage over the same SDK, which only signs: files do not pass through it. */
export function connectStorage(options: ConnectOptions): StorageLink {
  const app = open(options);
  return {
    async ticket(path) {
      const { data } = await app.getUploadMetadata({ cloudPath: path });
      return formTicket(path, data);
    },
    async url(fileId) {
      return urlIn(checked(await app.getTempFileURL({ fileList: [fileId] })));
    },
  };
}

/** The functions of the environment over the same SDK. */
export function connectFunctions(options: ConnectOptions): FunctionsLink {
  const app = open(options);
  return {
    async call(name, data) {
      checked(await app.callFunction({ name, data }));
    },
  };
}

function open(options: ConnectOptions) {
  const { envId: env, timeoutMs: timeout, secretId, secretKey, sessionToken, serviceUrl } = options;
  return tcb.init({
    env,
    timeout,
    secretId,
    secretKey,
    sessionToken,
    serviceUrl,
    // The SDK is one instance for the whole process, whose settings must stay as they are.
    isUpdateSelfConfig: false,
    forever: true,
  });
}

function transactionLink(transaction: SdkTransaction): LinkTransaction {
  const doc = ({ name }: CollectionRef, id: string) => transaction.collection(name).doc(id);

  return {
    async get(collection, id) {
      const { data } = checked(await doc(collection, id).get());
      return data === null || data === undefined ? undefined : asRaw(data);
    },
    async insert({ name }, raw) {
      checked(await transaction.collection(name).add({ ...raw }));
    },
    async replace(collection, { _id, ...fields }) {
      checked(await doc(collection, _id).set(fields));
    },
    async touch(collection, id, mark) {
      checked(await doc(collection, id).update({ _touch: mark }));
    },
    async remove(collection, id) {
      checked(await doc(collection, id).delete());
    },
    async commit() {
      answered(checked(await transaction.commit()));
    },
    async abort() {
      answered(checked(await transaction.rollback()));
    },
  };
}

/**
 * When a request fails, the promises of this SDK's `update`, `remove` and `count` never settle, and the
 * failure is an unhandled rejection, because the SDK listens only to answers. So this turns failures
 * into answers with a code, like those of the service, which `checked` throws.
 */
function makeSettling(db: Database): void {
  const Requester = db.constructor.reqClass;
  db.constructor.reqClass = class extends Requester {
    override async send(action: string, data?: object): Promise<unknown> {
      try {
        const answer = await super.send(action, data);
        return isReadable(action, answer) ? answer : failed(new Error('An unreadable answer.'));
      } catch (error) {
        return failed(error);
      }
    }
  };
}

/** Whether the answer has the fields that the SDK reads without a check. */
function isReadable(action: string, answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  if ('code' in answer && answer.code) return true;
  const isPlain = !/Transaction$/.test(action);
  return !isPlain || ('data' in answer && typeof answer.data === 'object' && answer.data !== null);
}

function failed(error: unknown): object {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return Object.assign(error as object, { code: code ?? statusCode ?? 'UNREADABLE_ANSWER' });
}

function checked<R extends { readonly code?: string | number }>(result: R): R {
  if (result.code) throw result;
  return result;
}

function listOf(result: { readonly code?: string | number; readonly data?: unknown }): unknown[] {
  const { data } = checked(result);
  if (Array.isArray(data)) return data;
  throw new Error('CloudBase answered without a list.');
}
