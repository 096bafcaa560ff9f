import type { MetricTable, Series } from '../kernel/metrics.ts';
import { sumOf } from '../kernel/series.ts';
import type { Store } from '../store/store.ts';
import { type MetricDocument, metricCollection } from './metric-document.ts';

/** An instance that has written nothing for this long has ended, or is idle. */
export const FOLD_AFTER_MS = 15 * 60_000;

/** An instance that was only frozen can find out for this long that it was folded. */
const TRACE_KEPT_MS = 24 * 3_600_000;

/** How many documents are folded at a time. */
const AT_ONCE = 50;

export interface FoldOptions {
  readonly store: Pick<Store, 'query' | 'transaction'>;
  readonly table: MetricTable;
  readonly now: () => number;
}

/**
 * Adds the documents of silent instances to the archive of their function, each in a transaction, so
 * that what was counted stands either in the document or in the archive.
 *
 * @returns how many documents were folded; one that its instance writes at this moment is left out
 */
export async function foldSilent({ store, table, now }: FoldOptions): Promise<number> {
  const before = new Date(now() - FOLD_AFTER_MS);
  const silent = await store.query(metricCollection, {
    filter: { state: { eq: 'live' }, at: { lt: before } },
    limit: AT_ONCE,
  });
  let folded = 0;
  for (const { doc } of silent) if (await fold(doc._id)) folded += 1;
  return folded;

  function fold(id: string): Promise<boolean> {
    return store.transaction(async (tx) => {
      const instance = (await tx.get(metricCollection, id))?.doc;
      if (instance?.state !== 'live' || instance.at >= before) return false;
      const archiveId = `archive.${instance.function}`;
      const archive = (await tx.get(metricCollection, archiveId))?.doc;
      const kept: MetricDocument = {
        _id: archiveId,
        function: instance.function,
        state: 'archive',
        count: (archive?.count ?? 0) + 1,
        at: new Date(now()),
        series: sumOf(table, [archive?.series ?? [], lasting(table, instance.series)]),
      };
      await (archive ? tx.replace(metricCollection, kept) : tx.create(metricCollection, kept));
      await tx.replace(metricCollection, {
        ...instance,
        state: 'folded',
        series: [],
        removeAt: new Date(now() + TRACE_KEPT_MS),
      });
      return true;
    });
  }
}

/** Leaves out what ends with its instance, such as its memory, and keeps what it has counted. */
function lasting(table: MetricTable, series: readonly Series[]): readonly Series[] {
  return series.filter(({ metric: name }) => {
    const metric = table[name];
    return metric?.kind !== 'gauge' || metric.over === 'latest';
  });
}
