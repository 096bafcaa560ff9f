import { AppError } from '../kernel/errors.ts';
import { absentFields, checkId, decode, encode, encodePatch } from './document.ts';
import { type Ask, failure, reasonOf, type Task } from './failure.ts';
import { conditionsOf, findOf } from './filter.ts';
import { wasWritten, wasWrittenSince } from './history.ts';
import type { Change, CollectionRef, Link, Stamps } from './link.ts';
import { type Pace, repeat } from './repeat.ts';
import type { Collection, Doc, Store } from './store.ts';
import { runTransaction } from './transaction.ts';
import { type Fields, invalid, type Problem, storable } from './values.ts';

export interface LinkedStoreOptions {
  /** Called before each operation, because the driver changes with the credentials. */
  readonly link: () => Promise<Link>;
  readonly ask: Ask;
  readonly stamps: Stamps;
  readonly pace: Pace;
}

/**
 * The store over any link. It checks what is written, repeats what may be repeated, and finds out
 * what became of a write without an answer. Every write carries an id that the document remembers,
 * and is sent in a form that can be carried out once at most. So the store sends it again, and then
 * reads in the document whether the first or the second request counted.
 */
export function createLinkedStore(options: LinkedStoreOptions): Store {
  const { ask, stamps, pace } = options;

  async function read<R>(
    operation: string,
    collection: CollectionRef,
    request: (link: Link) => Promise<R>,
  ): Promise<R> {
    const task: Task = { operation, collection: collection.name, isHarmless: true };
    return repeat(pace, task, async () => {
      const link = await options.link();
      return ask(task, () => request(link));
    });
  }

  /** Compare-and-set: sent twice, it still happens once, so that only the answer is in doubt. */
  async function changeIf(
    operation: string,
    collection: CollectionRef,
    id: string,
    rev: number,
    fields: Pick<Change, 'set' | 'unset'>,
  ): Promise<boolean> {
    const task: Task = { operation, collection: collection.name };
    const change: Change = { ...fields, add: {}, writeId: stamps.writeId() };
    return repeat(pace, task, async ({ maybeDone }) => {
      const link = await options.link();
      const matched = await ask(task, () => link.update(collection, { id, rev }, change));
      if (matched > 0) return true;
      if (!maybeDone) return false;
      const now = await ask({ ...task, isHarmless: true }, () => link.get(collection, id));
      // The old revision, although nothing matched: this read is behind, so read again.
      if (now?._rev === rev) throw failure('service', task);
      const verdict = wasWritten(now, rev, change.writeId);
      if (verdict === undefined) throw failure('undecided', task);
      return verdict;
    });
  }

  const store: Store = {
    async get(collection, id) {
      checkId(collection, id);
      const raw = await read('read', collection, (link) => link.get(collection, id));
      return raw && decode(collection, raw);
    },

    create: async (collection, doc) => (await store.insert(collection, doc)) !== undefined,

    async insert(collection, doc) {
      const fields = encode(collection, doc);
      const id = checkId(collection, doc._id);
      const task: Task = { operation: 'create', collection: collection.name };
      const writeId = stamps.writeId();
      const raw = { ...fields, _id: id, _rev: stamps.firstRev(), _writes: [writeId] };
      return repeat(pace, task, async ({ maybeDone }) => {
        const link = await options.link();
        try {
          await ask(task, () => link.insert(collection, raw));
          return raw._rev;
        } catch (error) {
          if (reasonOf(error) !== 'duplicate') throw error;
          if (!maybeDone) return undefined;
        }
        const now = await ask({ ...task, isHarmless: true }, () => link.get(collection, id));
        // The document is absent, so another one has the same unique fields.
        const verdict = now ? wasWritten(now, undefined, writeId) : false;
        if (verdict === undefined) throw failure('undecided', task);
        return verdict ? raw._rev : undefined;
      });
    },

    async replaceIf(collection, doc, rev) {
      const { _id, ...set } = encode(collection, doc);
      const unset = absentFields(collection, { ...set, _id: doc._id });
      return changeIf('replace', collection, checkId(collection, doc._id), checkRev(rev), {
        set,
        unset,
      });
    },

    async patchIf(collection, id, patch, rev) {
      const fields = encodePatch(collection, patch);
      return changeIf('patch', collection, checkId(collection, id), checkRev(rev), fields);
    },

    async increment(collection, initial, by) {
      const fields = encode(collection, initial);
      const id = checkId(collection, initial._id);
      const add = increments(collection, fields, by);
      const task: Task = { operation: 'increment', collection: collection.name };
      const writeId = stamps.writeId();
      const change: Change = { set: {}, unset: [], add, writeId };
      const sums = Object.entries(add).map(([name, n]) => [name, Number(fields[name] ?? 0) + n]);
      const first = { ...fields, ...Object.fromEntries(sums), _id: id, _writes: [writeId] };
      const sentMs = pace.now();
      await repeat(pace, task, async ({ maybeDone }) => {
        const link = await options.link();
        const reading = { ...task, isHarmless: true };
        const now = maybeDone && (await ask(reading, () => link.get(collection, id)));
        const verdict = now ? wasWrittenSince(now, sentMs, writeId) : false;
        if (verdict === true) return;
        if (verdict === undefined) throw failure('undecided', task);
        // Nothing is added if the write is among the latest: an earlier try may still arrive.
        const match = { id, without: writeId };
        if ((await ask(task, () => link.update(collection, match, change))) > 0) return;
        try {
          const raw = { ...first, _rev: stamps.firstRev() };
          return await ask(task, () => link.insert(collection, raw));
        } catch (error) {
          if (reasonOf(error) !== 'duplicate') throw error;
        }
        // The document was created meanwhile, by another instance or by an earlier try of this call.
        throw failure('conflict', reading);
      });
    },

    async remove(collection, id) {
      checkId(collection, id);
      const task: Task = { operation: 'remove', collection: collection.name };
      return repeat(pace, task, async ({ maybeDone }) => {
        const link = await options.link();
        const now = await ask({ ...task, isHarmless: true }, () => link.get(collection, id));
        if (!now) return maybeDone;
        // Only this revision: a request that arrives late must not remove a later document.
        const match = { id, rev: now._rev };
        if ((await ask(task, () => link.remove(collection, match))) > 0) return true;
        throw failure('conflict', task);
      });
    },

    async query(collection, query) {
      const find = findOf(collection, query);
      const found = await read('query', collection, (link) => link.find(collection, find));
      return found.map((raw) => decode(collection, raw));
    },

    async removeExpired(collection, limit) {
      let removed = 0;
      for (const { fields, expireAfterSeconds } of collection.indexes ?? []) {
        const [field] = fields;
        if (expireAfterSeconds === undefined || !field) continue;
        const date = new Date(pace.now() - expireAfterSeconds * 1_000);
        // To remove what has expired twice removes it once.
        removed += await read('remove expired documents', collection, (link) =>
          link.removeBefore(collection, field.name, date, limit - removed),
        );
      }
      return removed;
    },

    async count(collection, filter) {
      const conditions = conditionsOf(collection, filter);
      return read('count', collection, (link) => link.count(collection, conditions));
    },

    transaction: (work) => runTransaction(options, work),
  };
  return store;
}

function checkRev(rev: number): number {
  if (Number.isSafeInteger(rev)) return rev;
  throw new AppError('invalid', 'A revision is a number that a read of the store has given.');
}

function increments<T extends Doc>(
  collection: Collection<T>,
  fields: Fields,
  by: object,
): Readonly<Record<string, number>> {
  const add: Record<string, number> = {};
  const problems: Problem[] = [];
  for (const [path, value] of Object.entries(by)) {
    const { [path]: before = 0 } = fields;
    if (value === undefined) continue;
    if (!Object.hasOwn(collection.schema.entries, path) || typeof before !== 'number') {
      problems.push({ path, message: 'is not a numeric field of the collection' });
    } else if (typeof value !== 'number' || 'problems' in storable(value)) {
      problems.push({ path, message: 'is not a number to add' });
    } else add[path] = value;
  }
  if (problems.length > 0) throw invalid(collection.name, problems);
  return add;
}
