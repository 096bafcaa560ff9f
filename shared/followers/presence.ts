import type { Clock } from '../kernel/clock.ts';
import { reasonOf } from '../store/failure.ts';
import type { Store } from '../store/store.ts';
import { unpack } from './block.ts';
import { type Book, busy } from './book.ts';
import { type Leaver, leaverCollection } from './collections.ts';
import { type Follower, type Mark, traceOf } from './follower.ts';
import { currentMarks, endOfMarks } from './marks.ts';

/** Keeps the list of followers fresh by what WeChat tells of one at a time. */
export interface Presence {
  /** One follower has come, or come back; `at` in ms by WeChat's clock. Two reads, one write. */
  came(openid: string, at: number): Promise<void>;
  /** One has left: all that is known of them goes, but for a trace with this month's marks. */
  left(openid: string, at: number): Promise<void>;
}

export interface PresenceOptions {
  readonly book: Book;
  readonly store: Store;
  readonly clock: Clock;
}

const TRIES = 8;

/**
 * Events arrive twice, late and in any order. Each says when it happened: one that is older than
 * what we know of the follower is passed over.
 */
export function createPresence({ book, store, clock }: PresenceOptions): Presence {
  async function holder(openid: string) {
    const [block] = await book.find([openid]);
    return block;
  }

  return {
    async came(openid, at) {
      const leaver = await store.get(leaverCollection, traceOf(openid));
      if (leaver && leaver.doc.leftAt.getTime() > at) return;
      const sent = marksOf(leaver?.doc);
      for (let tries = 0; tries < TRIES; tries += 1) {
        const seen = clock.now();
        const block = await holder(openid);
        if (block) {
          return book.edit(block, (followers) =>
            replaced(followers, openid, (one) => ({
              ...one,
              since: Math.max(one.since, at),
              seen,
            })),
          );
        }
        if (await book.add([{ openid, since: at, seen, ...(sent.length > 0 ? { sent } : {}) }])) {
          return;
        }
      }
      throw busy();
    },

    async left(openid, at) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const block = await holder(openid);
        const known = block && unpack(block.doc).find((one) => one.openid === openid);
        if (known && known.since > at) return;
        if (await forget(openid, at, block?.doc._id)) return;
      }
      throw busy();
    },
  };

  /** In one transaction, so that no mark is lost between the row and the trace. */
  async function forget(openid: string, at: number, blockId: string | undefined): Promise<boolean> {
    const trace = traceOf(openid);
    const removeAt = new Date(endOfMarks(clock.now()));
    try {
      await store.transaction(async (tx) => {
        let marks: readonly Mark[] = [];
        if (blockId !== undefined) {
          await book.editIn(tx, blockId, (followers) => {
            marks = currentMarks(followers.find((one) => one.openid === openid)?.sent, clock.now());
            return replaced(followers, openid, () => undefined);
          });
        }
        const before = await tx.get(leaverCollection, trace);
        const sent = marks.length > 0 ? marks : marksOf(before?.doc);
        const leaver: Leaver = {
          _id: trace,
          leftAt: new Date(Math.max(at, before?.doc.leftAt.getTime() ?? 0)),
          ...(sent.length > 0 ? { sent: JSON.stringify(sent) } : {}),
          removeAt,
        };
        if (before) await tx.replace(leaverCollection, leaver);
        else await tx.create(leaverCollection, leaver);
      });
      return true;
    } catch (error) {
      if (reasonOf(error) === 'duplicate') return false;
      throw error;
    }
  }
}

export function marksOf(leaver: Leaver | undefined): readonly Mark[] {
  return leaver?.sent === undefined ? [] : (JSON.parse(leaver.sent) as readonly Mark[]);
}

/** The list with one of them changed or gone; `undefined` if that one is not in it. */
export function replaced(
  followers: readonly Follower[],
  openid: string,
  change: (follower: Follower) => Follower | undefined,
): readonly Follower[] | undefined {
  if (!followers.some((one) => one.openid === openid)) return undefined;
  return followers.flatMap((one) => (one.openid === openid ? (change(one) ?? []) : [one]));
}
