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
  }),
};
export type DeployRequest = v.InferOutput<typeof auditRequests.deploy>;

/** The entry of a deploy. The tools say who it was: whoever may invoke the worker could name another. */
export function deployAct({ command, deployer, subject }: DeployRequest): Act {
  const actor = `deployer ${deployer}`;
  return { actor, action: command, subject, outcome: 'ok', requestId: undefined };
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

/** The functions put their names before their actions. */
const CLIENT_CHANGE = /^proxy-client (?:add|change|rotate|disable)$/;

/** At most so many problems are told; one is enough to doubt the rest. */
const MAX_PROBLEMS = 20;

/** @param readDigests of each client's document as it is now */
export function createAuditReader({
  store,
  binder,
  readDigests,
}: Pick<AuditWorld, 'store' | 'binder'> & {
  readonly readDigests: () => Promise<ReadonlyMap<string, string>>;
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
      const lastChanges = new Map<string, AuditEntry>();
      const before = await readDigests();
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
          if (doc.outcome === 'ok' && CLIENT_CHANGE.test(doc.action)) {
            lastChanges.set(doc.subject?.split(' ')[0] ?? '', doc);
          }
          last = doc;
        }
        if (page.length < PAGE) break;
      }
      if (!isKnownSeen) {
        problems.push(
          `Entry ${known?.number} of the log is not in the chain: its end was cut off.`,
        );
      }
      // What is being changed meanwhile may be newer than the trail that was read.
      const steady = [...(await readDigests())].filter(([id, digest]) => before.get(id) === digest);
      problems.push(...changedBehind(lastChanges, steady));
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

/** Clients whose documents are not what the last change in the trail has made of them. */
function changedBehind(
  lastChanges: ReadonlyMap<string, AuditEntry>,
  digests: readonly (readonly [id: string, digest: string])[],
): readonly string[] {
  return digests.flatMap(([id, digest]) => {
    const { number, subject = '' } = lastChanges.get(id) ?? {};
    const [, left] = subject.split(' ');
    // An entry of a release before digests has none.
    if (left === undefined || left === digest) return [];
    return `Client ${id} is not as entry ${number}, its last change, has left it: an older document was put back, or a change is not in the trail. Set its rights anew, and rotate its secret.`;
  });
}

function idOf(number: number): string {
  return String(number).padStart(12, '0');
}

function hashOf(binder: Binder, { _id: id, ...entry }: Omit<AuditEntry, 'hash'>): string {
  return binder.mac(auditCollection.name, id, entry);
}
