import { isDeepStrictEqual } from 'node:util';
import { reasonOf } from '../../shared/store/failure.ts';
import type { Collection, Doc, Stored } from '../../shared/store/store.ts';
import type { Checkpoint, Progress } from './checkpoint.ts';
import { onlyIn, type Stores } from './compare.ts';
import { type Digest, digestOf } from './digest.ts';
import { counterparts, nameOf, pages } from './pages.ts';

/** What a copy has done to one collection of the target. */
export interface CopyReport {
  readonly collection: string;
  /** Documents of the source that this run looked at. */
  readonly documents: number;
  readonly created: number;
  readonly replaced: number;
  /** Documents of the target that the source does not have. */
  readonly removed: number;
}

export interface CopyOptions extends Stores {
  /** The copy may remove documents that nothing but an operator removes. */
  readonly mayRemove?: boolean;
  /** Without it a copy that is broken off starts from the beginning. */
  readonly checkpoint?: Checkpoint;
  readonly onCollection?: (report: CopyReport) => void;
}

const noCheckpoint: Checkpoint = { load: () => undefined, save: () => {}, clear: () => {} };

/**
 * Makes every collection of the target equal to that of the source. A document that is equal already
 * is only compared, so a second copy takes over what has changed since the first. A copy that is
 * broken off goes on where it was, by its checkpoint; what has changed since in the part that was
 * done, the comparison at the end shows, and the next copy takes over.
 *
 * @throws Error that names the document, or what a store fails with; nothing is lost by that. Also,
 * before anything is changed, if the source has no document at all, or lacks documents of the target
 * that do not expire: then `from` and `to` may have been exchanged.
 */
export async function copyStore(options: CopyOptions): Promise<readonly CopyReport[]> {
  const { collections, checkpoint = noCheckpoint, onCollection } = options;
  const noted = checkpoint.load();
  const start = collections.findIndex(({ name }) => name === noted?.collection);
  const goingOn = start < 0 ? undefined : noted;
  const surplus = goingOn ? new Map<string, readonly string[]>() : await surplusOf(options);
  const reports: CopyReport[] = [];
  for (const collection of collections) {
    // What is unique may have moved to another document, so what is to go goes first.
    for (const id of surplus.get(collection.name) ?? []) {
      await named(collection, id, () => options.to.remove(collection, id));
    }
  }
  for (const collection of collections.slice(Math.max(0, start))) {
    const isNoted = collection.name === goingOn?.collection;
    const copied = await copyCollection(collection, options, isNoted ? goingOn : undefined);
    const removed = surplus.get(collection.name)?.length ?? 0;
    const report = { collection: collection.name, ...copied, removed };
    reports.push(report);
    onCollection?.(report);
  }
  checkpoint.clear();
  return reports;
}

/** What both stores hold of a collection. */
export interface Verified {
  readonly collection: string;
  readonly from: Digest;
  readonly to: Digest;
  readonly isSame: boolean;
}

/** Reads every document of both stores once. */
export async function verifyCopy({ from, to, collections }: Stores): Promise<readonly Verified[]> {
  const verified: Verified[] = [];
  for (const collection of collections) {
    const digests = { from: await digestOf(from, collection), to: await digestOf(to, collection) };
    const isSame = isDeepStrictEqual(digests.from, digests.to);
    verified.push({ collection: collection.name, ...digests, isSame });
  }
  return verified;
}

/** The documents of the target that the source does not have, by collection. */
async function surplusOf({ from, to, collections, mayRemove = false }: CopyOptions) {
  if (await isEmpty({ from, to, collections })) {
    throw new Error(
      'The source holds no document, so a copy would only empty the target. Nothing was changed; check --from and --to.',
    );
  }
  const surplus = new Map<string, readonly string[]>();
  const lasting: string[] = [];
  for (const collection of collections) {
    const ids = await onlyIn(to, from, collection);
    surplus.set(collection.name, ids);
    // Documents that expire come and go by themselves; that these are gone says nothing.
    const expires = collection.indexes?.some(({ expireAfterSeconds: at }) => at !== undefined);
    if (ids.length > 0 && !expires) lasting.push(`${ids.length} of ${collection.name}`);
  }
  if (lasting.length > 0 && !mayRemove) {
    throw new Error(
      `The target holds documents that the source does not have: ${lasting.join(', ')}. A copy would remove them. Nothing was changed; check --from and --to, and if they are right, say --remove.`,
    );
  }
  return surplus;
}

async function isEmpty({ from, collections }: Stores): Promise<boolean> {
  for (const collection of collections) {
    const found = await from.query(collection, { filter: 'all', limit: 1 });
    if (found.length > 0) return false;
  }
  return true;
}

/**
 * A value that is to be unique may still belong to another document of the target, which has a new one
 * in the source. Such a document waits for the end of the collection, and its old version goes at
 * once: then every value is free for the document that has it in the source.
 */
async function copyCollection(
  collection: Collection<Doc>,
  { from, to, checkpoint = noCheckpoint }: CopyOptions,
  noted: Progress | undefined,
): Promise<Omit<CopyReport, 'collection' | 'removed'>> {
  const counts = { documents: 0, created: 0, replaced: 0 };
  const deferred = new Set(noted?.deferred);
  let after = noted?.after;
  const note = () =>
    checkpoint.save({ collection: collection.name, after, deferred: [...deferred] });
  note();
  for await (const page of pages(from, collection, noted?.after)) {
    const there = await counterparts(to, collection, page);
    for (const { doc } of page) {
      const found = there.get(doc._id);
      counts.documents += 1;
      if (found && isDeepStrictEqual(found.doc, doc)) continue;
      if (found) counts.replaced += 1;
      else counts.created += 1;
      if (await named(collection, doc._id, () => put(doc, found))) continue;
      deferred.add(doc._id);
      // Before its old version goes: a copy that goes on from here has to know of it.
      note();
      if (found) await named(collection, doc._id, () => to.remove(collection, doc._id));
    }
    after = page.at(-1)?.doc._id;
    note();
  }
  for (const id of deferred) {
    const stored = await named(collection, id, () => from.get(collection, id));
    if (!stored || (await named(collection, id, () => to.create(collection, stored.doc)))) continue;
    const now = await to.get(collection, id);
    if (!isDeepStrictEqual(now?.doc, stored.doc)) throw writtenMeanwhile(collection, id);
  }
  return counts;

  /** `false`: another document of the target has one of its unique values. */
  async function put(doc: Doc, found: Stored<Doc> | undefined): Promise<boolean> {
    if (!found) return to.create(collection, doc);
    try {
      if (await to.replaceIf(collection, doc, found.rev)) return true;
    } catch (error) {
      if (reasonOf(error) === 'duplicate') return false;
      throw error;
    }
    throw writtenMeanwhile(collection, doc._id);
  }
}

function writtenMeanwhile(collection: Collection<Doc>, id: string): Error {
  return new Error(
    `${nameOf(collection, id)} was written in the target meanwhile. Stop what writes to the target, and run this again.`,
  );
}

/** A failure that says which document it is about. */
async function named<R>(
  collection: Collection<Doc>,
  id: string,
  operation: () => Promise<R>,
): Promise<R> {
  try {
    return await operation();
  } catch (error) {
    const { message } = error as Error;
    const name = nameOf(collection, id);
    if (message.startsWith(name)) throw error;
    throw new Error(`${name}: ${message}`, { cause: error });
  }
}
