import { isDeepStrictEqual } from 'node:util';
import type { Collection, Doc, Store, Stored } from '../../shared/store/store.ts';

/** What a copy has done to one collection of the target, or would have to do. */
export interface CopyReport {
  readonly collection: string;
  readonly documents: number;
  readonly created: number;
  readonly replaced: number;
  /** Documents of the target that the source no longer has. */
  readonly removed: number;
}

export interface CopyOptions {
  readonly from: Store;
  readonly to: Store;
  readonly collections: readonly Collection<Doc>[];
  /** Compare, change nothing. */
  readonly check: boolean;
  readonly onCollection?: (report: CopyReport) => void;
}

const PAGE = 200;

/**
 * Makes every collection of the target equal to that of the source. A document that is equal already
 * is only compared, so a copy that was broken off goes on when it is run again, and a second one
 * takes over what has changed since the first.
 *
 * @throws what a store fails with; nothing is lost by that. Also where the source holds no document at
 * all: the copy would only empty the target, as when `from` and `to` are exchanged by mistake.
 */
export async function copyStore(options: CopyOptions): Promise<readonly CopyReport[]> {
  if (!options.check && (await isEmpty(options))) {
    throw new Error(
      'The source holds no document, so a copy would only empty the target. Nothing was changed; check --from and --to.',
    );
  }
  const reports: CopyReport[] = [];
  for (const collection of options.collections) {
    const report = await copyCollection(collection, options);
    reports.push(report);
    options.onCollection?.(report);
  }
  return reports;
}

async function isEmpty({ from, collections }: CopyOptions): Promise<boolean> {
  for (const collection of collections) {
    const found = await from.query(collection, { filter: 'all', limit: 1 });
    if (found.length > 0) return false;
  }
  return true;
}

async function copyCollection(
  collection: Collection<Doc>,
  { from, to, check }: CopyOptions,
): Promise<CopyReport> {
  const counts = { documents: 0, created: 0, replaced: 0, removed: 0 };
  // First what is to go: a value that is to be unique may have moved to another document.
  for await (const page of pages(to, collection)) {
    const there = await byId(from, collection, page);
    for (const { doc } of page) {
      if (there.has(doc._id)) continue;
      counts.removed += 1;
      if (!check) await to.remove(collection, doc._id);
    }
  }
  for await (const page of pages(from, collection)) {
    const there = await byId(to, collection, page);
    for (const { doc } of page) {
      counts.documents += 1;
      const found = there.get(doc._id);
      if (found && isDeepStrictEqual(found.doc, doc)) continue;
      if (found) counts.replaced += 1;
      else counts.created += 1;
      if (!check) await put(to, collection, doc, found);
    }
  }
  return { collection: collection.name, ...counts };
}

async function put(
  to: Store,
  collection: Collection<Doc>,
  doc: Doc,
  found: Stored<Doc> | undefined,
): Promise<void> {
  const isDone = found
    ? await to.replaceIf(collection, doc, found.rev)
    : await to.create(collection, doc);
  if (isDone) return;
  throw new Error(
    `A document of ${collection.name} was written in the target meanwhile, or has a unique value that another there has. Stop what writes to the target, and run this again.`,
  );
}

async function* pages(store: Store, collection: Collection<Doc>) {
  for (let after: string | undefined; ; ) {
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

async function byId(
  store: Store,
  collection: Collection<Doc>,
  page: readonly Stored<Doc>[],
): Promise<ReadonlyMap<string, Stored<Doc>>> {
  const ids = page.map(({ doc }) => doc._id);
  const found = await store.query(collection, { filter: { _id: { in: ids } }, limit: PAGE });
  return new Map(found.map((stored) => [stored.doc._id, stored]));
}
