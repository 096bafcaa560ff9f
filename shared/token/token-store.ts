import { backoffMs } from '../kernel/backoff.ts';
import { chinaDate } from '../kernel/china-time.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { present } from '../kernel/present.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { CredentialKind } from './credential-kind.ts';
import { type Consequence, decide, type LeasedDocument, type Need } from './decide.ts';
import { createDocumentOpener, type OpenDocument, type Sealer } from './sealing.ts';
import {
  FORCED_APART_MS,
  FORCED_PER_DAY,
  LEASE_MS,
  SKEW_MS,
  STORE_PAUSE,
  STORE_TRIES,
} from './timing.ts';
import { type TokenDocument, type TokenFailure, tokenCollection } from './token-document.ts';

/** `late`: another instance has the lease or has renewed; nothing was written. */
export type WriteOutcome = 'written' | 'late' | 'unknown';

/**
 * The document of one credential. Each write is a transaction that compares generation and holder
 * with what it was granted, and may be run again after an unknown outcome: it finds its own work done.
 */
export interface TokenStore {
  readonly open: OpenDocument;
  read(): Promise<TokenDocument | undefined>;
  /** Decides about the document as it is in the transaction, and takes the lease if that is it. */
  take(need: Need): Promise<Consequence>;
  /** Counts one forced refresh, before it is made, and prolongs the lease for it. */
  countForced(leased: LeasedDocument): Promise<LeasedDocument | WriteOutcome>;
  complete(
    leased: LeasedDocument,
    renewed: Required<Pick<TokenDocument, 'sealedToken' | 'issuedAt' | 'expiresAt'>>,
  ): Promise<WriteOutcome>;
  giveUp(leased: LeasedDocument, failure: TokenFailure): Promise<WriteOutcome>;
}

export function createTokenStore(options: {
  readonly store: Pick<Store, 'get' | 'transaction'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly kind: CredentialKind;
  readonly appid: string;
}): TokenStore {
  const { store, sealer, clock, random, kind, appid } = options;
  const { keyId } = sealer;
  const id = `${kind}.${appid}`;
  const open = createDocumentOpener(options);

  return {
    open,

    read: async () => (await store.get(tokenCollection, id))?.doc,

    take(need) {
      return store.transaction(async (tx): Promise<Consequence> => {
        const doc = (await tx.get(tokenCollection, id))?.doc;
        const credential = open(doc);
        const now = clock.now();
        const decision = decide(doc, credential, need, now);
        if (decision.kind !== 'take') return decision;
        const isRefused = credential && need.refused?.equals(credential.token.reveal());
        const leased = {
          ...(doc ?? { _id: id, kind, generation: 0 }),
          ...(isRefused ? { isRefused: true as const } : {}),
          lease: { holder: need.holder, until: now + LEASE_MS },
        };
        if (doc) await tx.replace(tokenCollection, leased);
        else await tx.create(tokenCollection, leased);
        return { kind: 'ours', leased };
      });
    },

    countForced(leased) {
      const at = clock.now();
      const day = chinaDate(at);
      const lease = { ...leased.lease, until: at + LEASE_MS };
      return persist<LeasedDocument | WriteOutcome>(async (tx) => {
        const doc = await stillOurs(tx, leased);
        if (!doc) return 'late';
        const { forced } = doc;
        if (forced?.at === at) return { ...doc, lease };
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
        return counted;
      });
    },

    complete(leased, renewed) {
      const generation = leased.generation + 1;
      return persist<WriteOutcome>(async (tx) => {
        const now = (await tx.get(tokenCollection, id))?.doc;
        if (now?.generation === generation && now.sealedToken === renewed.sealedToken) {
          return 'written';
        }
        const doc = await stillOurs(tx, leased);
        if (!doc) return 'late';
        const { forced } = doc;
        const kept = { _id: id, kind, ...present({ forced }) };
        await tx.replace(tokenCollection, { ...kept, generation, ...renewed });
        return 'written';
      });
    },

    giveUp(leased, failure) {
      return persist<WriteOutcome>(async (tx) => {
        const doc = await stillOurs(tx, leased);
        if (!doc) return 'late';
        const { lease: _, ...rest } = doc;
        await tx.replace(tokenCollection, { ...rest, failure });
        return 'written';
      });
    },
  };

  async function stillOurs(
    tx: Transaction,
    { generation, lease }: LeasedDocument,
  ): Promise<LeasedDocument | undefined> {
    const now = (await tx.get(tokenCollection, id))?.doc;
    if (now?.generation !== generation || now.lease?.holder !== lease.holder) return;
    return { ...now, lease: now.lease };
  }

  /** A token from WeChat is worth several tries; what cannot be told in the end is `unknown`. */
  async function persist<R>(work: (tx: Transaction) => Promise<R>): Promise<R | 'unknown'> {
    const until = clock.now() + LEASE_MS;
    for (let tries = 1; ; tries++) {
      try {
        return await store.transaction(work);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        if (tries === STORE_TRIES || clock.now() >= until) return 'unknown';
      }
      await sleep(clock, backoffMs(STORE_PAUSE, tries, random()));
    }
  }
}

/** With the forced refreshes of today spent, WeChat's ordinary answer is tried again after this. */
const SPENT_WAIT_MS = 5 * 60_000;

/** A failure that may pass: the store was out of reach, or busy with the write of another instance. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && ['conflict', 'upstream', 'timeout'].includes(error.code);
}
