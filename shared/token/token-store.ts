import { chinaDate } from '../kernel/china-time.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { CredentialKind } from './fetcher.ts';
import { pauseMs } from './pause.ts';
import {
  FORCED_APART_MS,
  FORCED_PER_DAY,
  LEASE_MS,
  SKEW_MS,
  STORE_PAUSE_MS,
  STORE_TRIES,
} from './timing.ts';
import { type TokenDocument, type TokenFailure, tokenCollection } from './token-document.ts';

/** The part of the store that tokens need. */
export type TokenStore = Pick<Store, 'get' | 'transaction'>;

/** A lease that was granted: the document as it stands under it. */
export interface Taken {
  readonly doc: TokenDocument & Required<Pick<TokenDocument, 'lease'>>;
}

/** `late`: somebody else has the lease or has renewed, nothing was written. */
export type Outcome = 'written' | 'late' | 'unknown';

/**
 * The writes of the protocol, each a transaction that compares generation and holder with what it
 * was granted. Each may be run again after an unknown outcome: it finds its own work done.
 */
export interface Ledger {
  read(): Promise<TokenDocument | undefined>;
  /** Takes the lease if `decide` says so about the document as it is in the transaction. */
  take<D>(
    holder: string,
    decide: (doc: TokenDocument | undefined) => Decision<D>,
  ): Promise<D | Taken>;
  /** Counts one forced refresh, before it is made, and prolongs the lease for it. */
  countForced(taken: Taken): Promise<Taken | Outcome>;
  complete(
    taken: Taken,
    renewed: Required<Pick<TokenDocument, 'sealedToken' | 'issuedAt' | 'expiresAt'>>,
  ): Promise<Outcome>;
  giveUp(taken: Taken, failure: TokenFailure): Promise<Outcome>;
}

export type Decision<D> =
  | { readonly take: true; readonly isRefused: boolean }
  | { readonly take: false; readonly decision: D };

export function createLedger(options: {
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly kind: CredentialKind;
  readonly appid: string;
  readonly keyId: string;
}): Ledger {
  const { store, clock, random, kind, appid, keyId } = options;
  const id = `${kind}.${appid}`;

  return {
    read: async () => (await store.get(tokenCollection, id))?.doc,

    take(holder, decide) {
      return store.transaction(async (tx) => {
        const doc = (await tx.get(tokenCollection, id))?.doc;
        const decided = decide(doc);
        if (!decided.take) return decided.decision;
        const leased = {
          ...(doc ?? { _id: id, kind, generation: 0 }),
          ...(decided.isRefused ? { isRefused: true as const } : {}),
          lease: { holder, until: clock.now() + LEASE_MS },
        };
        if (doc) await tx.replace(tokenCollection, leased);
        else await tx.create(tokenCollection, leased);
        return { doc: leased };
      });
    },

    countForced(taken) {
      const at = clock.now();
      const day = chinaDate(at);
      const lease = { ...taken.doc.lease, until: at + LEASE_MS };
      return persist<Taken | Outcome>(async (tx) => {
        const doc = await stillOurs(tx, taken);
        if (!doc) return 'late';
        const { forced } = doc;
        if (forced?.at === at) return { doc: { ...doc, lease } };
        const count = forced?.day === day ? forced.count : 0;
        const nextAt = (forced?.at ?? Number.NEGATIVE_INFINITY) + FORCED_APART_MS + SKEW_MS;
        if (count >= FORCED_PER_DAY || at < nextAt) {
          // WeChat vouches for the token: it goes on serving, and only this refusal fails.
          const { lease: _, isRefused: __, ...rest } = doc;
          const until = count >= FORCED_PER_DAY ? at + SPENT_WAIT_MS : nextAt;
          const failure = { at, until, count: 1, keyId, reason: 'forced' as const };
          await tx.replace(tokenCollection, { ...rest, failure });
          return 'written';
        }
        const counted = { ...doc, lease, forced: { day, count: count + 1, at } };
        await tx.replace(tokenCollection, counted);
        return { doc: counted };
      });
    },

    complete(taken, renewed) {
      const generation = taken.doc.generation + 1;
      return persist<Outcome>(async (tx) => {
        const now = (await tx.get(tokenCollection, id))?.doc;
        if (now?.generation === generation && now.sealedToken === renewed.sealedToken) {
          return 'written';
        }
        const doc = await stillOurs(tx, taken);
        if (!doc) return 'late';
        const { forced } = doc;
        const kept = { _id: id, kind, ...(forced ? { forced } : {}) };
        await tx.replace(tokenCollection, { ...kept, generation, ...renewed });
        return 'written';
      });
    },

    giveUp(taken, failure) {
      return persist<Outcome>(async (tx) => {
        const doc = await stillOurs(tx, taken);
        if (!doc) return 'late';
        const { lease: _, ...rest } = doc;
        await tx.replace(tokenCollection, { ...rest, failure });
        return 'written';
      });
    },
  };

  async function stillOurs(tx: Transaction, { doc }: Taken): Promise<Taken['doc'] | undefined> {
    const now = (await tx.get(tokenCollection, id))?.doc;
    if (now?.generation !== doc.generation || now.lease?.holder !== doc.lease.holder) return;
    return { ...now, lease: now.lease };
  }

  /** What was got from WeChat is worth several tries; what cannot be told in the end is `unknown`. */
  async function persist<R>(work: (tx: Transaction) => Promise<R>): Promise<R | 'unknown'> {
    const until = clock.now() + LEASE_MS;
    for (let tries = 1; ; tries++) {
      try {
        return await store.transaction(work);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        if (tries === STORE_TRIES || clock.now() >= until) return 'unknown';
      }
      await sleep(clock, pauseMs(STORE_PAUSE_MS, tries, random));
    }
  }
}

/** With the forced refreshes of today spent, WeChat's ordinary answer is tried again after this. */
const SPENT_WAIT_MS = 5 * 60_000;

/** A failure that may pass: the store was out of reach, or busy with somebody else's write. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && ['conflict', 'upstream', 'timeout'].includes(error.code);
}
