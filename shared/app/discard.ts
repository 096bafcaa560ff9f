import * as v from 'valibot';
import type { Log } from '../kernel/log.ts';
import type { Binder } from '../store/binder.ts';
import { isBound, traceOfDocument } from '../store/bound-store.ts';
import type { Collection, Doc, Store } from '../store/store.ts';
import { object } from '../wechat/rules.ts';

/** What `worker discard` takes: both as the log line `document refused` has them. */
export const discardSchema = object({
  collection: v.string('must be the name of a collection, the "reason" of the log line'),
  documents: v.pipe(
    v.array(
      v.pipe(
        v.string('must be a text'),
        v.regex(/^#[\w-]{12}$/, 'must be the "id" of a log line: # and 12 characters'),
      ),
      'must be a list',
    ),
    v.minLength(1, 'is empty'),
    v.maxLength(500, 'has more than 500'),
  ),
});

export type DiscardRequest = v.InferOutput<typeof discardSchema>;

type BoundCollection = Pick<Collection<Doc>, 'name' | 'schema' | 'bound'>;

/** What became of the documents that were named. */
export interface Discarded {
  readonly removed: readonly string[];
  /** Those that are not there, or that count. */
  readonly left: readonly string[];
}

const PAGE = 500;

/**
 * Removes documents that somebody has forged, each named by whoever has looked at it: after a reset of the
 * AppSecret every document looks forged, so nothing is removed by itself, and nothing that counts at all.
 */
export async function discardDocuments(
  options: {
    /** Past the check of proofs. */
    readonly store: Pick<Store, 'query' | 'transaction'>;
    readonly binder: Binder;
    readonly collections: readonly BoundCollection[];
    readonly log: Log;
  },
  request: DiscardRequest,
): Promise<Discarded> {
  const { store, binder, log } = options;
  const wanted = new Set(request.documents);
  const removed: string[] = [];
  const collection = options.collections.find(
    ({ name, bound }) => bound && name === request.collection,
  );
  for (let after = ''; collection; ) {
    const page = await store.query(collection, {
      filter: after === '' ? 'all' : { _id: { gt: after } },
      order: [{ field: '_id', direction: 'asc' }],
      limit: PAGE,
    });
    for (const { doc } of page) {
      const trace = traceOfDocument(binder, collection, doc._id);
      if (wanted.has(trace) && (await remove(collection, doc._id))) removed.push(trace);
    }
    after = page.at(-1)?.doc._id ?? '';
    if (page.length < PAGE) break;
  }
  if (removed.length > 0) {
    log.warn('documents discarded', { reason: request.collection, count: removed.length });
  }
  return { removed, left: [...wanted].filter((trace) => !removed.includes(trace)) };

  /** A function may have written the document anew since it was read. */
  function remove(within: BoundCollection, id: string): Promise<boolean> {
    return store.transaction(async (tx) => {
      const found = await tx.get(within, id);
      if (!found || isBound(binder, within, found.doc)) return false;
      await tx.remove(within, id);
      return true;
    });
  }
}
