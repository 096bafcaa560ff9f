import * as v from 'valibot';
import type { Act, Audit } from '../kernel/app.ts';
import { AppError, errorCodes } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Binder } from '../store/binder.ts';
import { defineCollection } from '../store/collection.ts';
import type { Store } from '../store/store.ts';

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

/** Others write at the same time; each of them got further by one. */
const TRIES = 20;

type AuditStore = Pick<Store, 'query' | 'create'>;

export interface AuditWorld {
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

/** The digest stands behind the last blank but that of a version: an operator's name may have blanks too. */
export function splitSubject(
  subject: string,
): readonly [id: string, digest: string | undefined, version: number] {
  const [, id, digest, version = '0'] = /^(.*) ([\w-]{16})(?: (\d{1,9}))?$/.exec(subject) ?? [];
  return id === undefined ? [subject, undefined, 0] : [id, digest, Number(version)];
}

/** Ids sort as their numbers do. */
export function idOf(number: number): string {
  return String(number).padStart(12, '0');
}

/** Proves that the entry was written with the key of the account. */
export function hashOf(binder: Binder, { _id: id, ...entry }: Omit<AuditEntry, 'hash'>): string {
  return binder.mac(auditCollection.name, id, entry);
}
