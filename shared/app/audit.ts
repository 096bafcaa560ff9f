import * as v from 'valibot';
import type { Act, Audit } from '../kernel/app.ts';
import { AppError, errorCodes } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Binder } from '../store/binder.ts';
import { defineCollection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import { digits, filled, object, wholeNumber } from '../wechat/rules.ts';

const entrySchema = v.strictObject({
  /** The number in the chain, so written that ids sort by it. */
  _id: v.string(),
  number: v.number(),
  at: v.date(),
  /** `operator`, `client` and the id of a client of the proxy, or `deployer` and a UIN of CAM. */
  actor: v.string(),
  action: v.string(),
  /** What it was done to: an id, of a client with the digest of its document; never a secret or an openid. */
  subject: v.optional(v.string()),
  outcome: v.picklist(['ok', ...errorCodes]),
  requestId: v.optional(v.string()),
  /** The hash of the entry before; empty in the first. */
  previous: v.string(),
  /** Keyed, of all the above. */
  hash: v.string(),
});
export type AuditEntry = v.InferOutput<typeof entrySchema>;

export const auditCollection = defineCollection<AuditEntry>({ name: 'audit', schema: entrySchema });

const PAGE = 500;
/** Others write at the same time; each of them got further by one. */
const TRIES = 20;

type AuditStore = Pick<Store, 'query' | 'create'>;

interface AuditWorld {
  readonly store: AuditStore;
  readonly binder: Binder;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Writes down who did what: one entry after the other, each with the hash of the one before, under a key
 * from the AppSecret. Nobody without it can change, insert or take out an entry unnoticed. The end of
 * the chain stands in the log too, so that a chain that was cut there shows.
 */
export function createAudit({ store, binder, now, log }: AuditWorld): Audit {
  return async ({ actor, action, subject, outcome, requestId }: Act) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [last] = await store.query(auditCollection, {
        filter: 'all',
        order: [{ field: '_id', direction: 'desc' }],
        limit: 1,
      });
      const number = (last?.doc.number ?? 0) + 1;
      const entry = {
        _id: idOf(number),
        number,
        at: new Date(now()),
        ...{ actor, action, outcome },
        ...(subject === undefined ? {} : { subject }),
        ...(requestId === undefined ? {} : { requestId }),
        previous: last?.doc.hash ?? '',
      };
      const hash = hashOf(binder, entry);
      if (!(await store.create(auditCollection, { ...entry, hash }))) continue;
      log.info('audited', { action, requestId, details: { number, hash } });
      return;
    }
    throw new AppError('conflict', 'The audit trail could not be written: too many wrote at once.');
  };
}

export const auditRequests = {
  list: v.optional(object({ limit: v.optional(wholeNumber(1, 1_000), 50) }), {}),
  /** The number and hash of an entry as a line `audited` of the log has them. */
  verify: v.optional(object({ number: wholeNumber(1, 1e12), hash: filled() })),
  /** What a command of the deploy tools has done, and under which number (UIN) in CAM. */
  deploy: object({
    command: v.picklist(
      ['deploy', 'deploy:tcb', 'deploy:wechat', 'rollback', 'remove', 'provision'],
      'is no command that changes the cloud',
    ),
    deployer: v.pipe(digits(), v.maxLength(20, 'is too long for a UIN')),
    /** The release, or what was made. */
    subject: v.optional(
      v.pipe(
        filled(),
        v.regex(/^[\w.,: -]{1,64}$/, 'must be a short name, such as that of a release'),
      ),
    ),
    /** The step at which it failed, half done. */
    failedAt: v.optional(
      v.pipe(filled(), v.regex(/^[\w ]{1,32}$/, 'must be the short name of a step')),
    ),
  }),
};
export type DeployRequest = v.InferOutput<typeof auditRequests.deploy>;

/** The entry of a deploy. The tools say who it was: whoever may invoke the worker could name another. */
export function deployAct({ command, deployer, subject, failedAt }: DeployRequest): Act {
  const act = { actor: `deployer ${deployer}`, action: command, requestId: undefined };
  if (failedAt === undefined) return { ...act, subject, outcome: 'ok' };
  const failed = `failed at ${failedAt}`;
  return { ...act, subject: subject ? `${subject}, ${failed}` : failed, outcome: 'internal' };
}

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

const CLIENT_CHANGES = ['add', 'change', 'rotate', 'disable'].map((name) => `proxy-client ${name}`);
/** Of the changes of clients; an older last change is not looked at. */
const MAX_CHANGES = 1_000;

/**
 * The version of each client that its last change has left. An entry that was not written with the key of
 * the account says nothing, and the log says so.
 */
export async function clientVersions({
  store,
  binder,
  log,
}: Pick<AuditWorld, 'store' | 'binder' | 'log'>): Promise<ReadonlyMap<string, number>> {
  const found = await store.query(auditCollection, {
    filter: { action: { in: CLIENT_CHANGES } },
    order: [{ field: '_id', direction: 'desc' }],
    limit: MAX_CHANGES,
  });
  const versions = new Map<string, number>();
  for (const { doc } of found) {
    const { hash, ...entry } = doc;
    if (hashOf(binder, entry) !== hash) {
      log.error('document refused', { reason: auditCollection.name, details: { at: doc.number } });
      continue;
    }
    // An entry of a release before versions has none.
    const [id, , version] = splitSubject(doc.subject ?? '');
    versions.set(id, Math.max(versions.get(id) ?? 0, version));
  }
  return versions;
}

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

/** The digest stands behind the last blank but that of a version: an operator's name may have blanks too. */
function splitSubject(
  subject: string,
): readonly [id: string, digest: string | undefined, version: number] {
  const [, id, digest, version = '0'] = /^(.*) ([\w-]{16})(?: (\d{1,9}))?$/.exec(subject) ?? [];
  return id === undefined ? [subject, undefined, 0] : [id, digest, Number(version)];
}

function idOf(number: number): string {
  return String(number).padStart(12, '0');
}

function hashOf(binder: Binder, { _id: id, ...entry }: Omit<AuditEntry, 'hash'>): string {
  return binder.mac(auditCollection.name, id, entry);
}
