import { type Backoff, backoffMs } from '../kernel/backoff.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { InboxStep } from '../kernel/log-events.ts';
import { withinTime } from '../kernel/time-limit.ts';
import type { Store, Stored } from '../store/store.ts';
import { claimedBy, done, type InboxDocument, inboxCollection, isOver } from './inbox-document.ts';
import {
  ANSWER_WITHIN_MS,
  AT_LEAST_MS,
  CLAIM_WITHIN_MS,
  FOLLOW_WITHIN_MS,
  UNHANDLED_KEPT_MS,
} from './timing.ts';

export interface ClaimOptions {
  readonly store: Pick<Store, 'get' | 'insert' | 'patchIf'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Holders that live, though their claims may be over. */
  readonly atWork: ReadonlySet<string>;
  readonly id: string;
  /** The delivery that wants the message. */
  readonly holder: string;
  /** Serialized, for the worker. */
  readonly message: string;
  /** The trace of the follower. */
  readonly follower: string | undefined;
  /** The handler that is about to run must not run twice. */
  readonly hasBegun: boolean;
  /** The handler may be at work when the responses are over. */
  readonly isSlow: boolean;
  /** When the push came in, in ms since the epoch. */
  readonly pushedAt: number;
  readonly keptMs: number;
}

export type Claim =
  /** The message is ours, in the revision that our claim made. */
  | { readonly standing: 'new' | 'taken over'; readonly rev: number }
  /** Another delivery has handled the message; without `doc` it is at it, or has tried to. */
  | { readonly standing: 'repeat'; readonly doc?: InboxDocument };

const PAUSE: Backoff = { firstMs: 50, lastMs: 400 };

/**
 * Claims a message by creating its document: one write. If another delivery was first, waits until
 * that one is done, or takes the message over when its lease is over.
 *
 * @throws what the store fails with when the document is created; later failures are only logged, for
 * then another delivery has a claim, and the message is not lost
 */
export async function claimMessage(options: ClaimOptions): Promise<Claim> {
  const { store, clock, log, id, holder, message, follower, pushedAt, keptMs } = options;
  const { hasBegun, isSlow, atWork } = options;
  const leftMs = (untilMs: number) => Math.max(0, pushedAt + untilMs - clock.now());

  const created = await withinTime(clock, CLAIM_WITHIN_MS, () =>
    store.insert(inboxCollection, {
      _id: id,
      state: 'claimed',
      ...claimedBy(holder, clock.now(), hasBegun),
      message,
      ...(isSlow ? { isSlow } : {}),
      ...(follower === undefined ? {} : { follower }),
      removeAt: new Date(clock.now() + UNHANDLED_KEPT_MS),
    }),
  );
  if (created !== undefined) return { standing: 'new', rev: created };

  for (let looks = 1; ; looks += 1) {
    const found = await look();
    const claim = found && (await claimFound(found));
    if (claim) return claim;
    if (leftMs(FOLLOW_WITHIN_MS) === 0) return { standing: 'repeat' };
    await sleep(clock, Math.min(backoffMs(PAUSE, looks), leftMs(FOLLOW_WITHIN_MS)));
  }

  async function look(): Promise<Stored<InboxDocument> | undefined> {
    // The last look comes when time is up.
    const limitMs = Math.max(AT_LEAST_MS, leftMs(FOLLOW_WITHIN_MS));
    return attempt('follow', () =>
      withinTime(clock, limitMs, () => store.get(inboxCollection, id)),
    );
  }

  /** `undefined`: another delivery is at the message, and this one waits for it. */
  async function claimFound({ doc, rev }: Stored<InboxDocument>): Promise<Claim | undefined> {
    if (doc.state !== 'claimed' || doc.told !== undefined) return { standing: 'repeat', doc };
    // This delivery has taken the message over, but the store's confirmation was lost.
    if (doc.holder === holder) return { standing: 'taken over', rev };
    if (!isOver(doc, clock.now()) || atWork.has(doc.holder ?? '')) return undefined;
    const now = clock.now();
    // A slow one that has begun goes to the worker, which tells the follower that there is no answer.
    if (doc.hasBegun && doc.isSlow) return { standing: 'repeat', doc };
    const patch = doc.hasBegun
      ? { ...done(undefined), removeAt: new Date(now + keptMs) }
      : claimedBy(holder, now, hasBegun);
    const isOurs = await attempt('take over', () =>
      withinTime(clock, leftMs(ANSWER_WITHIN_MS), () =>
        store.patchIf(inboxCollection, id, patch, rev),
      ),
    );
    if (!isOurs) return undefined;
    if (!doc.hasBegun) return { standing: 'taken over', rev: rev + 1 };
    log.error('message given up', { reason: 'must not run twice' });
    return { standing: 'repeat' };
  }

  /** `undefined` if the store failed. */
  async function attempt<R>(step: InboxStep, operation: () => Promise<R>): Promise<R | undefined> {
    try {
      return await operation();
    } catch (error) {
      log.warn('inbox unavailable', { reason: step, error });
      return undefined;
    }
  }
}
