import * as v from 'valibot';
import type { Book } from '../followers/index.ts';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';
import type { Store, Stored } from '../store/store.ts';
import { batchId, batchIdAt, sliceId } from './ids.ts';
import { MAX_BATCH } from './limits.ts';

const sliceSchema = v.strictObject({
  _id: v.string(),
  /** The batch that it is part of. */
  batch: v.string(),
  openids: v.array(v.string()),
  /** The blocks of followers in which these are marked. */
  blocks: v.array(v.string()),
  removeAt: v.date(),
  mac: macField,
});
export type Slice = v.InferOutput<typeof sliceSchema>;

/** Which followers get a batch: laid down before it is sent, and removed when it is over. */
export const sliceCollection = defineCollection<Slice>({
  name: 'mass_send_slices',
  schema: sliceSchema,
  bound: 'all',
  indexes: [
    { fields: [{ name: 'batch', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});

/** Slices in one query, of up to 2 000 openids each. */
const PAGE = 20;

/** Cuts openids into slices, none of which reaches over the end of a batch. */
export function* cutIntoSlices(
  id: string,
  taken: number,
  openids: readonly string[],
): Generator<Pick<Slice, '_id' | 'batch' | 'openids'>> {
  for (let at = 0; at < openids.length; ) {
    const place = taken + at;
    const some = openids.slice(at, at + MAX_BATCH - (place % MAX_BATCH));
    yield { _id: sliceId(id, place), batch: batchIdAt(id, place), openids: some };
    at += some.length;
  }
}

/** Reads the slices of a batch, in the order in which they were made. */
async function* readSlices(
  store: Pick<Store, 'query'>,
  id: string,
  index: number,
): AsyncGenerator<Stored<Slice>> {
  for (let after = ''; ; ) {
    const page = await store.query(sliceCollection, {
      filter: { batch: { eq: batchId(id, index) }, _id: { gt: after } },
      order: [{ field: '_id', direction: 'asc' }],
      limit: PAGE,
    });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.doc._id;
  }
}

export async function openidsOf(
  store: Pick<Store, 'query'>,
  id: string,
  index: number,
): Promise<string[]> {
  const openids: string[] = [];
  for await (const { doc } of readSlices(store, id, index)) openids.push(...doc.openids);
  return openids;
}

/** Removes the openids of a batch that was sent: only the followers' marks remain. */
export async function forgetSlices(store: Store, id: string, index: number): Promise<void> {
  for await (const { doc } of readSlices(store, id, index)) {
    await store.remove(sliceCollection, doc._id);
  }
}

/**
 * Gives the followers of a batch that was not sent their place in the month back. The marks of a
 * slice and the slice itself go in one transaction, so that it happens once.
 */
export async function releaseSlices(
  { store, book }: { readonly store: Store; readonly book: Book },
  id: string,
  index: number,
): Promise<void> {
  for await (const { doc } of readSlices(store, id, index)) {
    const released = new Set(doc.openids);
    await store.transaction(async (tx) => {
      if (!(await tx.get(sliceCollection, doc._id))) return;
      for (const block of doc.blocks) {
        await book.editIn(tx, block, (followers) =>
          followers.map((one) => {
            if (!one.sent || !released.has(one.openid)) return one;
            const { sent, ...rest } = one;
            const left = sent.filter(([, by]) => by !== id);
            return left.length > 0 ? { ...rest, sent: left } : rest;
          }),
        );
      }
      await tx.remove(sliceCollection, doc._id);
    });
  }
}
