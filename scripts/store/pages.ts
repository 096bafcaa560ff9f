import { createHash } from 'node:crypto';
import type { Collection, Doc, Store, Stored } from '../../shared/store/store.ts';

const PAGE = 200;

/** All documents of a collection, or those whose ids come after one, in the order of their ids. */
export async function* pages(store: Store, collection: Collection<Doc>, start?: string) {
  for (let after = start; ; ) {
    const page = await store.query(collection, {
      filter: after === undefined ? 'all' : { _id: { gt: after } },
      order: [{ field: '_id', direction: 'asc' }],
      limit: PAGE,
    });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.doc._id;
  }
}

/** What another store has under the ids of a page. */
export async function counterparts(
  store: Store,
  collection: Collection<Doc>,
  page: readonly Stored<Doc>[],
): Promise<ReadonlyMap<string, Stored<Doc>>> {
  const ids = page.map(({ doc }) => doc._id);
  const found = await store.query(collection, { filter: { _id: { in: ids } }, limit: PAGE });
  return new Map(found.map((stored) => [stored.doc._id, stored]));
}

/** Names a document in a message. Ids may be openids, so they are told by their hash, as in the log. */
export function nameOf({ name }: Pick<Collection<Doc>, 'name'>, id: string): string {
  return `${name}/#${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}
