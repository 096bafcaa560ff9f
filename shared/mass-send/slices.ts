import type { Book } from '../followers/index.ts';
import type { Store, Stored } from '../store/store.ts';
import { type Slice, sliceCollection } from './collections.ts';
import { batchId } from './prepare.ts';

/** Slices in one query, of up to 2 000 openids each. */
const PAGE = 20;

/** The slices of a batch, in the order in which they were made. */
export async function* slicesOf(
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
  for await (const { doc } of slicesOf(store, id, index)) openids.push(...doc.openids);
  return openids;
}

/** Forgets who got a batch that was sent: only the marks remain. */
export async function forgetSlices(store: Store, id: string, index: number): Promise<void> {
  for await (const { doc } of slicesOf(store, id, index)) {
    await store.remove(sliceCollection, doc._id);
  }
}

/**
 * Gives those of a batch that reached nobody their place in the month back: for each slice its marks
 * and the slice itself go in one transaction, so that it happens once.
 */
export async function releaseSlices(
  { store, book }: { readonly store: Store; readonly book: Book },
  id: string,
  index: number,
): Promise<void> {
  for await (const { doc } of slicesOf(store, id, index)) {
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
