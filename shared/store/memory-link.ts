import { changed } from './history.ts';
import type { CollectionRef, Link, LinkTransaction, Match, Raw } from './link.ts';
import { inOrder, matches } from './matching.ts';
import { MemoryDocuments } from './memory-documents.ts';

/** The server ends a transaction that is older than this. */
const TRANSACTION_LIFE_MS = 30_000;

const MAX_WAIT_TURNS = 50;

interface Open {
  readonly snapshot: number;
  readonly startedAt: number;
  readonly writes: Map<string, { collection: CollectionRef; raw: Raw | undefined }>;
  isOver: boolean;
}

export interface MemoryLinkOptions {
  readonly now: () => number;
  /** Awaited before each request is carried out, so that a scheduler can order the requests. */
  readonly step: () => Promise<void>;
  /** Awaited again and again by a writer that waits for a lock. */
  readonly pause: () => Promise<void>;
}

/**
 * A database in memory that gives what CloudBase gives: snapshot isolation, a lock on a document from
 * the first write of a transaction on, first writer wins, unique indexes. Like pg_doc and PostgreSQL it
 * removes nothing by itself.
 */
export function createMemoryLink({ now, step, pause }: MemoryLinkOptions): Link {
  const open = new Set<Open>();
  const documents = new MemoryDocuments(() => [...open].map(({ snapshot }) => snapshot));

  /** Ends transactions that have lived too long. */
  async function arrive(): Promise<void> {
    await step();
    for (const transaction of open) {
      if (now() - transaction.startedAt >= TRANSACTION_LIFE_MS) finish(transaction);
    }
  }

  function lockOf(collection: CollectionRef, id: string): Open | undefined {
    return [...open].find(({ writes }) => writes.has(keyOf(collection, id)));
  }

  /**
   * A writer outside a transaction waits for its lock, for as long as the writer's caller would
   * wait.
   */
  async function unlocked(collection: CollectionRef, id: string): Promise<void> {
    await arrive();
    for (let turns = 0; lockOf(collection, id); turns += 1) {
      if (turns === MAX_WAIT_TURNS) throw coded('ESOCKETTIMEDOUT');
      await pause();
      await arrive();
    }
  }

  function finish(transaction: Open): void {
    transaction.isOver = true;
    open.delete(transaction);
  }

  async function change(
    collection: CollectionRef,
    match: Match,
    next: (raw: Raw) => Raw | undefined,
  ) {
    await unlocked(collection, match.id);
    const raw = documents.read(collection, match.id);
    if (!raw || (match.rev !== undefined && raw._rev !== match.rev)) return 0;
    if (match.without !== undefined && raw._writes.includes(match.without)) return 0;
    const after = next(raw);
    if (after && documents.clashes(collection, after, documents.all(collection))) throw duplicate();
    documents.write(collection, match.id, after);
    return 1;
  }

  return {
    async get(collection, id) {
      await arrive();
      return documents.read(collection, id);
    },
    async insert(collection, raw) {
      await unlocked(collection, raw._id);
      const isThere = documents.read(collection, raw._id) !== undefined;
      if (isThere || documents.clashes(collection, raw, documents.all(collection))) {
        throw duplicate();
      }
      documents.write(collection, raw._id, raw);
    },
    update: (collection, match, by) => change(collection, match, (raw) => changed(raw, by)),
    remove: (collection, match) => change(collection, match, () => undefined),
    async find(collection, { conditions, order, limit, skip }) {
      await arrive();
      const found = documents.all(collection).filter((raw) => matches(raw, conditions));
      return found.sort(inOrder(order)).slice(skip, skip + limit);
    },
    async count(collection, conditions) {
      await arrive();
      return documents.all(collection).filter((raw) => matches(raw, conditions)).length;
    },
    async removeBefore(collection, field, before, limit) {
      await arrive();
      const dateOf = (raw: Raw) => raw[field] as Date | undefined;
      const due = documents
        .all(collection)
        .filter((raw) => {
          const date = dateOf(raw);
          return date !== undefined && date < before && !lockOf(collection, raw._id);
        })
        .sort((a, b) => Number(dateOf(a)) - Number(dateOf(b)))
        .slice(0, limit);
      for (const { _id } of due) documents.write(collection, _id, undefined);
      return due.length;
    },
    async begin() {
      await arrive();
      const transaction: Open = {
        snapshot: documents.seq,
        startedAt: now(),
        writes: new Map(),
        isOver: false,
      };
      open.add(transaction);
      return transactionLink(transaction);
    },
  };

  function transactionLink(transaction: Open): LinkTransaction {
    const { writes, snapshot } = transaction;

    async function arriveInside(): Promise<void> {
      await arrive();
      if (transaction.isOver) throw coded('DATABASE_TRANSACTION_FAIL');
    }

    function conflict(): Error {
      finish(transaction);
      return coded('DATABASE_TRANSACTION_CONFLICT');
    }

    function seen(collection: CollectionRef, id: string): Raw | undefined {
      const own = writes.get(keyOf(collection, id));
      return own ? own.raw : documents.read(collection, id, snapshot);
    }

    function put(collection: CollectionRef, id: string, raw: Raw | undefined): void {
      const holder = lockOf(collection, id);
      const isNewer = documents.isNewer(collection, id, snapshot);
      if ((holder && holder !== transaction) || isNewer) throw conflict();
      if (raw && documents.clashes(collection, raw, pendingOf(collection))) throw conflict();
      if (raw && documents.clashes(collection, raw, documents.all(collection))) {
        finish(transaction);
        throw duplicate();
      }
      writes.set(keyOf(collection, id), { collection, raw });
    }

    /** What open transactions are about to write into a collection. */
    function pendingOf(collection: CollectionRef): Raw[] {
      const pending = [...open].flatMap((other) => [...other.writes.values()]);
      return pending.flatMap(({ collection: { name }, raw }) =>
        raw && name === collection.name ? raw : [],
      );
    }

    return {
      async get(collection, id) {
        await arriveInside();
        return seen(collection, id);
      },
      async insert(collection, raw) {
        await arriveInside();
        if (seen(collection, raw._id)) {
          finish(transaction);
          throw duplicate();
        }
        put(collection, raw._id, raw);
      },
      async replace(collection, raw) {
        await arriveInside();
        put(collection, raw._id, raw);
      },
      async touch(collection, id, mark) {
        await arriveInside();
        const raw = seen(collection, id);
        if (raw) put(collection, id, { ...raw, _touch: mark });
      },
      async remove(collection, id) {
        await arriveInside();
        put(collection, id, undefined);
      },
      async commit() {
        await arriveInside();
        for (const [key, { collection, raw }] of writes) {
          documents.write(collection, key.slice(collection.name.length + 1), raw);
        }
        finish(transaction);
      },
      async abort() {
        await arriveInside();
        finish(transaction);
      },
    };
  }
}

function keyOf(collection: CollectionRef, id: string): string {
  return `${collection.name}/${id}`;
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function duplicate(): Error {
  return coded('DATABASE_DUPLICATE_WRITE');
}
