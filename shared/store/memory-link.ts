import { changed } from './history.ts';
import type { Link, LinkTransaction, Match, Place, Raw } from './link.ts';
import { indexKeys, inOrder, matches } from './matching.ts';
import type { Index } from './store.ts';

/** The server ends a transaction that is older than this. */
const TRANSACTION_LIFE_MS = 30_000;

const MAX_WAIT_TURNS = 50;

interface Version {
  readonly seq: number;
  /** Undefined: removed. */
  readonly raw: Raw | undefined;
}

interface Open {
  readonly snapshot: number;
  readonly startedAt: number;
  readonly writes: Map<string, { place: Place; raw: Raw | undefined }>;
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
  const collections = new Map<string, { place: Place; documents: Map<string, Version[]> }>();
  const open = new Set<Open>();
  const keysByVersion = new WeakMap<Raw, Map<Index['fields'], readonly string[]>>();
  let seq = 0;

  function documentsOf(place: Place): Map<string, Version[]> {
    const known = collections.get(place.name);
    if (known) return known.documents;
    const documents = new Map<string, Version[]>();
    collections.set(place.name, { place, documents });
    return documents;
  }

  function read(place: Place, id: string, at = seq): Raw | undefined {
    return documentsOf(place)
      .get(id)
      ?.findLast((version) => version.seq <= at)?.raw;
  }

  function all(place: Place): Raw[] {
    return [...documentsOf(place).keys()].flatMap((id) => read(place, id) ?? []);
  }

  function write(place: Place, id: string, raw: Raw | undefined): void {
    const documents = documentsOf(place);
    const oldest = Math.min(seq, ...[...open].map(({ snapshot }) => snapshot));
    const versions = documents.get(id) ?? [];
    const needed = versions.findLastIndex((version) => version.seq <= oldest);
    seq += 1;
    documents.set(id, [...versions.slice(Math.max(0, needed)), { seq, raw }]);
  }

  /** Ends transactions that have lived too long. */
  async function arrive(): Promise<void> {
    await step();
    for (const transaction of open) {
      if (now() - transaction.startedAt >= TRANSACTION_LIFE_MS) finish(transaction);
    }
  }

  function lockOf(place: Place, id: string): Open | undefined {
    return [...open].find(({ writes }) => writes.has(keyOf(place, id)));
  }

  /**
   * A writer outside a transaction waits for its lock, for as long as the writer's caller would
   * wait.
   */
  async function unlocked(place: Place, id: string): Promise<void> {
    await arrive();
    for (let turns = 0; lockOf(place, id); turns += 1) {
      if (turns === MAX_WAIT_TURNS) throw coded('ESOCKETTIMEDOUT');
      await pause();
      await arrive();
    }
  }

  function finish(transaction: Open): void {
    transaction.isOver = true;
    open.delete(transaction);
  }

  function clashes(place: Place, raw: Raw, others: readonly Raw[]): boolean {
    const unique = (place.indexes ?? []).filter(({ unique }) => unique);
    return unique.some(({ fields }) => {
      const keys = new Set(keysOf(raw, fields));
      return others.some(
        (other) => other._id !== raw._id && keysOf(other, fields).some((each) => keys.has(each)),
      );
    });
  }

  /** Computed once, because a version of a document never changes. */
  function keysOf(raw: Raw, fields: Index['fields']): readonly string[] {
    const known = keysByVersion.get(raw) ?? new Map<Index['fields'], readonly string[]>();
    keysByVersion.set(raw, known);
    const keys = known.get(fields) ?? indexKeys(raw, fields);
    known.set(fields, keys);
    return keys;
  }

  async function change(place: Place, match: Match, next: (raw: Raw) => Raw | undefined) {
    await unlocked(place, match.id);
    const raw = read(place, match.id);
    if (!raw || (match.rev !== undefined && raw._rev !== match.rev)) return 0;
    if (match.without !== undefined && raw._writes.includes(match.without)) return 0;
    const after = next(raw);
    if (after && clashes(place, after, all(place))) throw duplicate();
    write(place, match.id, after);
    return 1;
  }

  return {
    async get(place, id) {
      await arrive();
      return read(place, id);
    },
    async insert(place, raw) {
      await unlocked(place, raw._id);
      if (read(place, raw._id) || clashes(place, raw, all(place))) throw duplicate();
      write(place, raw._id, raw);
    },
    update: (place, match, by) => change(place, match, (raw) => changed(raw, by)),
    remove: (place, match) => change(place, match, () => undefined),
    async find(place, { conditions, order, limit, skip }) {
      await arrive();
      const found = all(place).filter((raw) => matches(raw, conditions));
      return found.sort(inOrder(order)).slice(skip, skip + limit);
    },
    async count(place, conditions) {
      await arrive();
      return all(place).filter((raw) => matches(raw, conditions)).length;
    },
    async removeBefore(place, field, before, limit) {
      await arrive();
      const dateOf = (raw: Raw) => raw[field] as Date | undefined;
      const due = all(place)
        .filter((raw) => {
          const date = dateOf(raw);
          return date !== undefined && date < before && !lockOf(place, raw._id);
        })
        .sort((a, b) => Number(dateOf(a)) - Number(dateOf(b)))
        .slice(0, limit);
      for (const { _id } of due) write(place, _id, undefined);
      return due.length;
    },
    async begin() {
      await arrive();
      const transaction: Open = {
        snapshot: seq,
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

    function seen(place: Place, id: string): Raw | undefined {
      const own = writes.get(keyOf(place, id));
      return own ? own.raw : read(place, id, snapshot);
    }

    function put(place: Place, id: string, raw: Raw | undefined): void {
      const holder = lockOf(place, id);
      const isNewer = documentsOf(place)
        .get(id)
        ?.some((version) => version.seq > snapshot);
      if ((holder && holder !== transaction) || isNewer) throw conflict();
      if (raw && clashes(place, raw, pendingOf(place))) throw conflict();
      if (raw && clashes(place, raw, all(place))) {
        finish(transaction);
        throw duplicate();
      }
      writes.set(keyOf(place, id), { place, raw });
    }

    /** What open transactions are about to write into a collection. */
    function pendingOf(place: Place): Raw[] {
      const pending = [...open].flatMap((other) => [...other.writes.values()]);
      return pending.flatMap(({ place: { name }, raw }) => (raw && name === place.name ? raw : []));
    }

    return {
      async get(place, id) {
        await arriveInside();
        return seen(place, id);
      },
      async insert(place, raw) {
        await arriveInside();
        if (seen(place, raw._id)) {
          finish(transaction);
          throw duplicate();
        }
        put(place, raw._id, raw);
      },
      async replace(place, raw) {
        await arriveInside();
        put(place, raw._id, raw);
      },
      async touch(place, id, mark) {
        await arriveInside();
        const raw = seen(place, id);
        if (raw) put(place, id, { ...raw, _touch: mark });
      },
      async remove(place, id) {
        await arriveInside();
        put(place, id, undefined);
      },
      async commit() {
        await arriveInside();
        for (const [key, { place, raw }] of writes) {
          write(place, key.slice(place.name.length + 1), raw);
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

function keyOf(place: Place, id: string): string {
  return `${place.name}/${id}`;
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function duplicate(): Error {
  return coded('DATABASE_DUPLICATE_WRITE');
}
