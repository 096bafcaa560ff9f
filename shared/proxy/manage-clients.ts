import { chinaDate } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Secret } from '../kernel/secret.ts';
import type { Binder } from '../store/binder.ts';
import type { Store, Stored } from '../store/store.ts';
import type { Sealer } from '../token/index.ts';
import {
  type ClientDocument,
  clientCollection,
  clientDigest,
  type ReadVersions,
  secretLabel,
} from './client-document.ts';
import { MAX_CLIENTS } from './clients.ts';
import { type LimitDocument, limitCollection } from './limit-document.ts';
import type { AddRequest, ChangeRequest, RotateRequest } from './requests.ts';

/** A client as an operator sees it: everything but its secret. */
export interface ClientSummary {
  readonly id: string;
  readonly state: 'enabled' | 'disabled' | 'expired';
  readonly allow: readonly string[];
  /** Of the document: the last change in the audit trail has the same. */
  readonly digest: string;
  /** Of the document: how many changes it has seen. */
  readonly version: number;
  readonly [other: string]: unknown;
}

/** What an operator does with clients. No answer has a secret in it, sealed or not. */
export interface ClientManagement {
  add(request: AddRequest): Promise<ClientSummary>;
  list(): Promise<readonly ClientSummary[]>;
  change(request: ChangeRequest): Promise<ClientSummary>;
  rotate(request: RotateRequest): Promise<ClientSummary>;
  disable(id: string): Promise<ClientSummary>;
  /** What all clients, or one, have used today; up to the shares of instances more than they called. */
  usage(id?: string): Promise<readonly UsageSummary[]>;
}

export interface UsageSummary {
  readonly id: string;
  /** In Beijing, where WeChat counts. */
  readonly day: string;
  readonly counters: readonly { readonly name: string; readonly used: number }[];
}

/** All documents, in the order of their ids. */
const all = {
  filter: 'all',
  order: [{ field: '_id', direction: 'asc' }],
  limit: MAX_CLIENTS,
} as const;

/** The terms of a client unless it is agreed otherwise. */
const defaultTerms = {
  deny: [] as string[],
  raw: false,
  staticKey: false,
  perSecond: 10,
  burst: 20,
  budgets: [] as ClientDocument['budgets'],
  quotaShare: 0.5,
};

export function createClientManagement(options: {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf' | 'query' | 'count'>;
  readonly sealer: Sealer;
  readonly binder: Binder;
  readonly clock: Clock;
  readonly readVersions: ReadVersions;
}): ClientManagement {
  const { store, sealer, binder, clock, readVersions } = options;

  return {
    async add({ id, secret, ...terms }) {
      if ((await store.count(clientCollection, 'all')) >= MAX_CLIENTS) {
        throw new AppError(
          'conflict',
          `There are ${MAX_CLIENTS} clients already, which is the limit.`,
        );
      }
      const doc: ClientDocument = {
        _id: id,
        secret: seal(id, 1, secret),
        ...defaultTerms,
        ...terms,
        enabled: true,
        createdAt: clock.now(),
        version: await nextVersion(id, 0),
      };
      const isNew = await store.create(clientCollection, doc);
      if (!isNew) {
        throw new AppError('conflict', `There is a client "${id}" already: change or rotate it.`);
      }
      return summary(doc);
    },

    async list() {
      const found = await store.query(clientCollection, all);
      return found.map(({ doc }) => summary(doc));
    },

    change: ({ id, ...terms }) => update(id, (doc) => ({ ...doc, ...terms })),

    rotate: ({ id, secret, graceSeconds }) =>
      update(id, ({ previous: _, ...doc }) => ({
        ...doc,
        secret: seal(id, doc.secret.number + 1, secret),
        ...(graceSeconds > 0
          ? { previous: { ...doc.secret, until: clock.now() + graceSeconds * 1_000 } }
          : {}),
      })),

    disable: (id) => update(id, (doc) => ({ ...doc, enabled: false })),

    async usage(id) {
      const found = id === undefined ? await store.query(limitCollection, all) : await usageOf(id);
      const today = chinaDate(clock.now());
      return found.map(({ doc }) => {
        const counters = doc.day === today ? doc.counters : [];
        return { id: doc._id, day: today, counters };
      });
    },
  };

  async function update(
    id: string,
    change: (doc: ClientDocument) => ClientDocument,
  ): Promise<ClientSummary> {
    const { doc, rev } = await known(id);
    const changed = { ...change(doc), version: await nextVersion(id, doc.version ?? 0) };
    if (await store.replaceIf(clientCollection, changed, rev)) return summary(changed);
    throw new AppError('conflict', `The client "${id}" was changed at the same moment: try again.`);
  }

  /** Above all that there ever were, also where an older document was put back, or one taken away. */
  async function nextVersion(id: string, present: number): Promise<number> {
    const versions = await readVersions();
    return Math.max(present, versions.get(id) ?? 0) + 1;
  }

  async function usageOf(id: string): Promise<readonly Stored<LimitDocument>[]> {
    await known(id);
    const found = await store.get(limitCollection, id);
    return found ? [found] : [];
  }

  async function known(id: string): Promise<Stored<ClientDocument>> {
    const found = await store.get(clientCollection, id);
    if (!found) throw new AppError('not_found', `There is no client "${id}".`);
    return found;
  }

  function seal(id: string, number: number, secret: string): ClientDocument['secret'] {
    return { number, sealed: sealer.seal(secretLabel(id, number), new Secret(secret)) };
  }

  function summary(doc: ClientDocument): ClientSummary {
    const { _id: id, secret, previous, enabled, version = 0, mac: _, ...rest } = doc;
    const now = clock.now();
    const { expiresAt, createdAt, ...terms } = rest;
    const isExpired = expiresAt !== undefined && now >= expiresAt;
    return {
      id,
      state: enabled ? (isExpired ? 'expired' : 'enabled') : 'disabled',
      ...terms,
      secretNumber: secret.number,
      ...(previous && now < previous.until ? { previousUntil: iso(previous.until) } : {}),
      ...(expiresAt === undefined ? {} : { expiresAt: iso(expiresAt) }),
      createdAt: iso(createdAt),
      version,
      digest: clientDigest(binder, doc),
    };
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
