import { isDeepStrictEqual } from 'node:util';
import type { Collection, Doc, Store } from '../../shared/store/store.ts';
import { counterparts, pages } from './pages.ts';

/** What a copy would have to do to one collection of the target. */
export interface Difference {
  readonly collection: string;
  readonly documents: number;
  readonly created: number;
  readonly replaced: number;
  /** Documents of the target that the source does not have. */
  readonly removed: number;
}

export interface Stores {
  readonly from: Store;
  readonly to: Store;
  readonly collections: readonly Collection<Doc>[];
}

/** Compares document by document, and changes nothing. */
export async function compareStores({
  from,
  to,
  collections,
}: Stores): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const collection of collections) {
    const counts = { documents: 0, created: 0, replaced: 0 };
    for await (const page of pages(from, collection)) {
      const there = await counterparts(to, collection, page);
      counts.documents += page.length;
      for (const { doc } of page) {
        const found = there.get(doc._id);
        if (!found) counts.created += 1;
        else if (!isDeepStrictEqual(found.doc, doc)) counts.replaced += 1;
      }
    }
    const removed = (await onlyIn(to, from, collection)).length;
    differences.push({ collection: collection.name, ...counts, removed });
  }
  return differences;
}

/** The ids of the documents that one store has and the other has not. */
export async function onlyIn(
  store: Store,
  other: Store,
  collection: Collection<Doc>,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const page of pages(store, collection)) {
    const there = await counterparts(other, collection, page);
    for (const { doc } of page) if (!there.has(doc._id)) ids.push(doc._id);
  }
  return ids;
}
