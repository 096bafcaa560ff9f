import { AppError } from '../kernel/errors.ts';
import type { Meter } from '../kernel/meter.ts';
import type { MetricTable, Series } from '../kernel/metrics.ts';
import { since } from '../kernel/series.ts';
import type { Store } from '../store/store.ts';
import { type MetricDocument, metricCollection } from './metric-document.ts';

/** How many writes of unknown outcome an instance remembers. */
const MAX_DOUBTS = 20;

export interface FlushOptions {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
  readonly meter: Meter;
  readonly table: MetricTable;
  readonly now: () => number;
  readonly function: string;
  /** The id of this instance, which no other instance has. */
  readonly instance: string;
}

/** What this instance had counted at its flush number `count`, which may have failed. */
interface Written {
  readonly count: number;
  readonly totals: readonly Series[];
}

/**
 * Writes what this instance has counted into the document of the instance. That is one write, and one
 * read more after a write of unknown outcome or after a fold. A flush always writes everything since
 * the start, less what an archive has taken over. So a write that is repeated, lost or late changes no
 * sum.
 *
 * @throws AppError what the store fails with; the next call makes up for it
 */
export function createFlush(options: FlushOptions): () => Promise<void> {
  const { store, meter, table, now, function: name, instance } = options;
  /** The part that an archive holds of this instance. */
  let base: readonly Series[] = [];
  /** The last flush that was certainly written, and the later ones that may have been. */
  let known: Written = { count: 0, totals: [] };
  let doubts: readonly Written[] = [];
  /** The revision of the document, if it is known. */
  let rev: number | undefined;
  let count = 0;

  return async () => {
    count += 1;
    const flush = { count, totals: meter.totals() };
    try {
      if (rev !== undefined && (await store.replaceIf(metricCollection, documentOf(flush), rev))) {
        rev += 1;
      } else rev = await overwrite(flush);
      known = flush;
      doubts = [];
    } catch (error) {
      rev = undefined;
      const isRefused = error instanceof AppError && error.details.outcome === 'refused';
      if (!isRefused) doubts = [...doubts, flush].slice(-MAX_DOUBTS);
      throw error;
    }
  };

  /** Gives the new revision of the document, if it is known. */
  async function overwrite(flush: Written): Promise<number | undefined> {
    // Before the first flush there is no document.
    for (let mayExist = flush.count > 1; ; mayExist = true) {
      const found = mayExist ? await store.get(metricCollection, instance) : undefined;
      // The document was folded so long ago that no trace of it is left.
      if (!found) base = known.totals;
      else if (found.doc.state === 'folded') base = totalsAt(found.doc.count);
      const document = documentOf(flush);
      if (!found) {
        if (await store.create(metricCollection, document)) return undefined;
      } else if (await store.replaceIf(metricCollection, document, found.rev)) return found.rev + 1;
      // A fold, or a late write of this instance, came in between: read again.
    }
  }

  function totalsAt(folded: number): readonly Series[] {
    return [known, ...doubts].findLast(({ count }) => count <= folded)?.totals ?? known.totals;
  }

  function documentOf({ count, totals }: Written): MetricDocument {
    return {
      _id: instance,
      function: name,
      state: 'live',
      count,
      at: new Date(now()),
      series: since(table, totals, base),
    };
  }
}
