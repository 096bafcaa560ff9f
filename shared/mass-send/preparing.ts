import { type Block, type Book, currentMarks, type Follower, unpack } from '../followers/index.ts';
import { chinaDay } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store, Stored } from '../store/store.ts';
import {
  type Audience,
  audienceOf,
  type BlockPage,
  createEligibility,
  type Eligibility,
  readBlocks,
} from './audience.ts';
import { batchesFor } from './batches.ts';
import { type Broadcast, broadcastCollection } from './broadcast-document.ts';
import { changeBroadcast, moved, readBroadcast, readGate } from './change.ts';
import type { Gate } from './gate.ts';
import { batchIdAt, sliceId } from './ids.ts';
import { BLOCKS_AT_ONCE, type Limits, MAX_BATCH, MIN_BATCH } from './limits.ts';
import { unknownOf } from './plan.ts';
import { cutIntoSlices, sliceCollection } from './slices.ts';

export interface PrepareOptions {
  readonly store: Store;
  readonly book: Book;
  readonly clock: Clock;
  readonly limits: Limits;
}

const DAY_MS = 86_400_000;
/** After so many pages, some thousand followers, the job saves how far it is. */
const PAGES_PER_STEP = { all: 1, openids: 50 } as const;
/** Sorts behind the id of every block. */
const END = '~';
/** Slices name followers, so the store removes those that a fault has left behind. */
const KEPT_MS = 7 * DAY_MS;

/**
 * Lays down which followers get a broadcast. For some blocks at a time, one transaction marks the
 * followers, writes their openids into slices and moves the cursor. So each follower is taken once,
 * by whichever worker, and a worker that resumes goes on where the last one ended.
 */
export function createPreparing({ store, book, clock, limits }: PrepareOptions) {
  return async (doc: Broadcast, hurry: AbortSignal): Promise<void> => {
    const { _id: id } = doc;
    const audience = await audienceOf(store, doc);
    const gate = await readGate(store, clock.now());
    let left: number = PAGES_PER_STEP[audience.kind === 'openids' ? 'openids' : 'all'];
    for (let { cursor } = doc; left > 0 && !hurry.aborted; left -= 1) {
      const page = await readBlocks(book, audience, cursor);
      if (!(await takePage(id, page, gate, cursor))) return;
      if (page.next === undefined) return conclude(id, audience);
      cursor = page.next;
    }
  };

  /** `false` if the broadcast is no longer to be prepared, or another worker is ahead. */
  async function takePage(
    id: string,
    { blocks, audience, next = END }: BlockPage,
    gate: Gate,
    from: string,
  ): Promise<boolean> {
    const day = chinaDay(clock.now());
    const judge = createEligibility({ audience, gate, limits, id, day });
    const meant = blocks.filter(({ doc }) => unpack(doc).some((one) => judge(one) !== 'not meant'));
    let cursor = from;
    do {
      const some = meant.splice(0, BLOCKS_AT_ONCE);
      const to = meant.length === 0 ? next : (some.at(-1)?.doc._id ?? next);
      if (!(await take(id, some, { judge, day, from: cursor, to }))) return false;
      cursor = to;
    } while (meant.length > 0);
    return true;
  }

  async function take(
    id: string,
    blocks: readonly Stored<Block>[],
    step: {
      readonly judge: (one: Follower) => Eligibility;
      readonly day: number;
      readonly from: string;
      readonly to: string;
    },
  ): Promise<boolean> {
    const { judge, day, from, to } = step;
    const now = clock.now();
    return store.transaction(async (tx) => {
      const doc = (await tx.get(broadcastCollection, id))?.doc;
      if (doc?.state !== 'preparing' || doc.cursor !== from || doc.isCancelled) return false;
      const leftOut = { ...doc.leftOut };
      const openids: string[] = [];
      const marked: string[] = [];
      for (const { doc: block } of blocks) {
        await book.editIn(tx, block._id, (followers) => {
          const before = openids.length;
          const next = followers.map((one) => {
            const eligibility = judge(one);
            if (eligibility === 'not meant') return one;
            if (eligibility !== 'taken') {
              leftOut[eligibility] += 1;
              return one;
            }
            openids.push(one.openid);
            return { ...one, sent: [...currentMarks(one.sent, now), [day, id] as const] };
          });
          if (openids.length === before) return undefined;
          marked.push(block._id);
          return next;
        });
      }
      const removeAt = new Date(now + KEPT_MS);
      for (const slice of cutIntoSlices(id, doc.taken, openids)) {
        await tx.create(sliceCollection, { ...slice, blocks: marked, removeAt });
      }
      const taken = doc.taken + openids.length;
      await tx.replace(broadcastCollection, { ...doc, cursor: to, taken, leftOut });
      return true;
    });
  }

  async function conclude(id: string, audience: Audience): Promise<void> {
    const { doc } = await readBroadcast(store, id);
    if (doc.state !== 'preparing') return;
    if (doc.taken > MAX_BATCH && doc.taken % MAX_BATCH === 1) await balance(doc);
    await changeBroadcast(store, id, (current) => {
      if (current.state !== 'preparing') return undefined;
      const { taken, leftOut } = current;
      const known = taken + leftOut.blocked + leftOut.month + leftOut.day;
      const counted = { ...current, leftOut: { ...leftOut, unknown: unknownOf(audience, known) } };
      if (taken >= MIN_BATCH) return { ...moved(counted, 'send'), batches: batchesFor(taken) };
      return { ...moved(counted, 'abandon'), ending: 'stopped', reason: tooFew(taken) };
    });
  }

  /** WeChat refuses a batch of one openid, so the last batch gets one of the batch before. */
  async function balance({ _id: id, taken }: Broadcast): Promise<void> {
    const lastId = sliceId(id, taken - 1);
    const [before] = await store.query(sliceCollection, {
      filter: { batch: { eq: batchIdAt(id, taken - 2) } },
      order: [{ field: '_id', direction: 'desc' }],
      limit: 1,
    });
    if (!before) return;
    await store.transaction(async (tx) => {
      const from = await tx.get(sliceCollection, before.doc._id);
      const to = await tx.get(sliceCollection, lastId);
      const moving = from?.doc.openids.at(-1);
      if (!from || !to || moving === undefined || to.doc.openids.length >= MIN_BATCH) return;
      await tx.replace(sliceCollection, { ...from.doc, openids: from.doc.openids.slice(0, -1) });
      await tx.replace(sliceCollection, {
        ...to.doc,
        openids: [moving, ...to.doc.openids],
        blocks: [...new Set([...from.doc.blocks, ...to.doc.blocks])],
      });
    });
  }
}

function tooFew(taken: number): string {
  return taken === 0
    ? 'no audience: no follower is left who may get it'
    : 'one follower: WeChat sends to two at least; use preview';
}
