import type { Clock } from '../kernel/clock.ts';
import { present } from '../kernel/present.ts';
import type { TraceOf } from '../kernel/trace.ts';
import { reasonOf } from '../store/failure.ts';
import type { Store } from '../store/store.ts';
import { unpack } from './block.ts';
import { type Book, busy } from './book.ts';
import { currentMarks, endOfMarks, type Follower, type SentMark } from './follower.ts';
import { hasLeftSince, type Leaver, leaverCollection, marksOf } from './leavers.ts';

/** Keeps our copy of the followers fresh by the events about single followers. */
export interface Presence {
  /**
   * A follower has come, or come back; `at` in ms by WeChat's clock, `code` the scene of the QR code that
   * they scanned. Three reads, one write.
   */
  came(openid: string, at: number, code?: string): Promise<void>;
  /** A follower has left: all data about them goes, but for a trace with this month's marks. */
  left(openid: string, at: number): Promise<void>;
}

export interface PresenceOptions {
  readonly book: Book;
  readonly store: Store;
  readonly clock: Clock;
  readonly traceOf: TraceOf;
}

const TRIES = 8;

/**
 * Events arrive twice, late and in any order. Each says when it happened: an event that is older than
 * what we know of the follower changes nothing.
 */
export function createPresence({ book, store, clock, traceOf }: PresenceOptions): Presence {
  return { came, left };

  async function came(openid: string, at: number, code?: string): Promise<void> {
    const by = present({ code });
    const before = await leaverOf(openid);
    if (hasLeftSince(before, at)) return;
    const sent = marksOf(before);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const seen = clock.now();
      const [block] = await book.find([openid]);
      if (block) {
        return book.edit(block, (followers) =>
          replaced(followers, openid, (one) => ({
            ...one,
            since: Math.max(one.since, at),
            seen,
            ...by,
          })),
        );
      }
      const follower = { openid, since: at, seen, ...by, ...(sent.length > 0 ? { sent } : {}) };
      if (!(await book.add([follower]))) continue;
      // If the follower leaves at this moment, `left` writes the trace and may miss this row.
      const after = await leaverOf(openid);
      if (after && hasLeftSince(after, at)) await left(openid, after.leftAt.getTime());
      return;
    }
    throw busy();
  }

  async function left(openid: string, at: number): Promise<void> {
    let isNoted = false;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [block] = await book.find([openid]);
      const known = block && unpack(block.doc).find((one) => one.openid === openid);
      if (known && known.since > at) return;
      if (!known && isNoted) return;
      // Then once more: another instance may have added the row meanwhile.
      if (await forget(openid, at, block?.doc._id)) isNoted = true;
    }
    throw busy();
  }

  async function leaverOf(openid: string): Promise<Leaver | undefined> {
    return (await store.get(leaverCollection, traceOf(openid)))?.doc;
  }

  /** One transaction moves the marks from the row to the trace, so that none is lost. */
  async function forget(openid: string, at: number, blockId: string | undefined): Promise<boolean> {
    const trace = traceOf(openid);
    const removeAt = new Date(endOfMarks(clock.now()));
    try {
      await store.transaction(async (tx) => {
        let marks: readonly SentMark[] = [];
        if (blockId !== undefined) {
          await book.editIn(tx, blockId, (followers) => {
            marks = currentMarks(followers.find((one) => one.openid === openid)?.sent, clock.now());
            // A follower who came back meanwhile stays.
            return replaced(followers, openid, (one) => (one.since > at ? one : undefined));
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

/** The list with one follower changed or gone; `undefined` if that follower is not in it. */
function replaced(
  followers: readonly Follower[],
  openid: string,
  change: (follower: Follower) => Follower | undefined,
): readonly Follower[] | undefined {
  if (!followers.some((one) => one.openid === openid)) return undefined;
  return followers.flatMap((one) => (one.openid === openid ? (change(one) ?? []) : [one]));
}
