import {
  type AuditEntry,
  type AuditWorld,
  auditCollection,
  hashOf,
  idOf,
  splitSubject,
} from './audit.ts';

/** What a check of the chain has found. */
export interface AuditVerdict {
  readonly entries: number;
  readonly isWhole: boolean;
  readonly problems: readonly string[];
  /** The end of the chain: keep it, and give it to a later check. */
  readonly last?: { readonly number: number; readonly hash: string };
}

export interface AuditReader {
  /** The newest first. */
  list(limit?: number): Promise<readonly Omit<AuditEntry, '_id' | 'previous'>[]>;
  verify(known?: { readonly number: number; readonly hash: string }): Promise<AuditVerdict>;
}

/** Documents whose last change in the trail tells what they must be, such as the clients of the proxy. */
export interface WatchedDocuments {
  /** Such as `Client`. */
  readonly what: string;
  /** The acts that change them, with the names of their functions; their subject is the id and the digest. */
  readonly acts: RegExp;
  /** What to do about one that is not as it was left. */
  readonly remedy: string;
  /** The digest of each document as it is now, by its id. */
  readonly readDigests: () => Promise<ReadonlyMap<string, string>>;
}

/** Entries that are read at a time. */
const PAGE = 500;
/** At most so many problems are told; one is enough to doubt the rest. */
const MAX_PROBLEMS = 20;

export function createAuditReader({
  store,
  binder,
  watched,
}: Pick<AuditWorld, 'store' | 'binder'> & {
  readonly watched: readonly WatchedDocuments[];
}): AuditReader {
  return {
    async list(limit = 50) {
      const found = await store.query(auditCollection, {
        filter: 'all',
        order: [{ field: '_id', direction: 'desc' }],
        limit,
      });
      return found.map(({ doc: { _id, previous, ...entry } }) => entry);
    },

    async verify(known) {
      const problems: string[] = [];
      let last: AuditEntry | undefined;
      let entries = 0;
      let isKnownSeen = known === undefined;
      const watches = await Promise.all(watched.map(beginWatch));
      for (let page = await read(''); page.length > 0; page = await read(last?._id ?? '')) {
        for (const { doc } of page) {
          entries += 1;
          const expected = (last?.number ?? 0) + 1;
          const { hash, ...entry } = doc;
          if (doc.number !== expected || doc._id !== idOf(doc.number)) {
            problems.push(`Entry ${expected} is missing: after it comes ${doc.number}.`);
          } else if (doc.previous !== (last?.hash ?? '')) {
            problems.push(`Entry ${doc.number} does not follow the one before it.`);
          }
          if (hashOf(binder, entry) !== hash) {
            problems.push(`Entry ${doc.number} was changed, or written without the AppSecret.`);
          }
          if (doc.number === known?.number) isKnownSeen = hash === known.hash;
          for (const watch of watches) watch.note(doc);
          last = doc;
        }
        if (page.length < PAGE) break;
      }
      if (!isKnownSeen) {
        problems.push(
          `Entry ${known?.number} of the log is not in the chain: its end was cut off.`,
        );
      }
      for (const watch of watches) problems.push(...(await watch.end()));
      return {
        entries,
        isWhole: problems.length === 0,
        problems: problems.slice(0, MAX_PROBLEMS),
        ...(last ? { last: { number: last.number, hash: last.hash } } : {}),
      };
    },
  };

  function read(after: string) {
    return store.query(auditCollection, {
      filter: after === '' ? 'all' : { _id: { gt: after } },
      order: [{ field: '_id', direction: 'asc' }],
      limit: PAGE,
    });
  }
}

/** Compares documents with what their last changes in the trail have left of them. */
async function beginWatch({ what, acts, remedy, readDigests }: WatchedDocuments) {
  const lastChanges = new Map<string, { readonly number: number; readonly left: string }>();
  const before = await readDigests();
  return {
    note({ outcome, action, subject = '', number }: AuditEntry) {
      if (outcome !== 'ok' || !acts.test(action)) return;
      const [id, left] = splitSubject(subject);
      // An entry of a release before digests has none.
      if (left === undefined) lastChanges.delete(id);
      else lastChanges.set(id, { number, left });
    },
    /** The documents that are not what their last change has made of them. */
    async end(): Promise<readonly string[]> {
      const now = [...(await readDigests())];
      return now.flatMap(([id, digest]) => {
        const change = lastChanges.get(id);
        // What is being changed meanwhile may be newer than the trail that was read.
        const isSteady = before.get(id) === digest;
        if (!change || !isSteady || change.left === digest) return [];
        return `${what} ${id} is not as entry ${change.number}, its last change, has left it: an older document was put back, or a change is not in the trail. ${remedy}`;
      });
    },
  };
}
