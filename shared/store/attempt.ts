import { checkId, decode, encode } from './document.ts';
import { type Ask, failure, type Task } from './failure.ts';
import { nextStamp } from './history.ts';
import type { CollectionRef, LinkTransaction, Raw, Stamps } from './link.ts';
import type { Collection, Doc, Stored, Transaction } from './store.ts';
import { invalid } from './values.ts';

/** A document that the transaction has seen: as it was at first, and as it would leave it. */
export interface Seen {
  readonly collection: CollectionRef;
  readonly id: string;
  readonly base: Raw | undefined;
  current: Raw | undefined;
  isWritten: boolean;
}

/** One run of a transaction's work, up to its commit. */
export interface Attempt {
  readonly tx: Transaction;
  readonly seen: () => readonly Seen[];
  /** Waits for every operation, refuses later ones, and fails if any of them has failed. */
  readonly close: () => Promise<void>;
}

/**
 * The operations of one attempt, one after the other on one server transaction. The first failure
 * sticks: work that catches it can neither go on nor commit what is half done.
 */
export function createAttempt(
  link: LinkTransaction,
  ask: Ask,
  stamps: Stamps,
  writeId: string,
): Attempt {
  const documents = new Map<string, Seen>();
  let queue: Promise<unknown> = Promise.resolve();
  let failed: { error: unknown } | undefined;
  let isClosed = false;

  function inTurn<R>(step: () => Promise<R>): Promise<R> {
    if (isClosed) {
      return Promise.reject(new Error('An operation was called after its transaction had ended.'));
    }
    const turn = queue.then(async () => {
      if (failed) throw failed.error;
      try {
        return await step();
      } catch (error) {
        failed ??= { error };
        throw error;
      }
    });
    // The caller has `turn`; the queue only needs to know when it is over.
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function see<T extends Doc>(collection: Collection<T>, id: string): Promise<Seen> {
    const key = keyOf(collection, checkId(collection, id));
    const known = documents.get(key);
    if (known) return known;
    const base = await ask(taskOf('read', collection), () => link.get(collection, id));
    const seen: Seen = { collection, id, base, current: base, isWritten: false };
    documents.set(key, seen);
    return seen;
  }

  const tx: Transaction = {
    get: <T extends Doc>(collection: Collection<T>, id: string) =>
      inTurn(async (): Promise<Stored<T> | undefined> => {
        const { current } = await see(collection, id);
        return current && decode(collection, current);
      }),

    create: (collection, doc) =>
      inTurn(async () => {
        const fields = encode(collection, doc);
        const key = keyOf(collection, doc._id);
        const task = taskOf('create', collection);
        const { base, current } = documents.get(key) ?? {};
        if (current) throw failure('duplicate', task);
        const stamp = base
          ? nextStamp(base, writeId)
          : { _rev: stamps.firstRev(), _writes: [writeId] };
        const raw = { ...fields, _id: doc._id, ...stamp };
        await ask(task, () => link.insert(collection, raw));
        documents.set(key, { collection, id: doc._id, base, current: raw, isWritten: true });
      }),

    replace: (collection, doc) =>
      inTurn(async () => {
        const fields = encode(collection, doc);
        const seen = await see(collection, doc._id);
        if (!seen.current) throw invalid(collection.name, [{ path: '', message: 'is not there' }]);
        const stamp = nextStamp(seen.base ?? seen.current, writeId);
        const raw = { ...fields, _id: doc._id, ...stamp };
        await ask(taskOf('replace', collection), () => link.replace(seen.collection, raw));
        seen.current = raw;
        seen.isWritten = true;
      }),

    remove: (collection, id) =>
      inTurn(async () => {
        const seen = await see(collection, id);
        if (!seen.current) return;
        await ask(taskOf('remove', collection), () => link.remove(seen.collection, id));
        seen.current = undefined;
        seen.isWritten = true;
      }),
  };

  return {
    tx,
    seen: () => [...documents.values()],
    async close() {
      isClosed = true;
      await queue;
      if (failed) throw failed.error;
    },
  };
}

function keyOf(collection: CollectionRef, id: string): string {
  return `${collection.name}/${id}`;
}

function taskOf(operation: string, collection: CollectionRef): Task {
  return { operation, collection: collection.name, isHarmless: true };
}
