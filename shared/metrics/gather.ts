import { AppError } from '../kernel/errors.ts';
import type { MetricTable, Series } from '../kernel/metrics.ts';
import { sumOf } from '../kernel/series.ts';
import type { Store, Stored } from '../store/store.ts';
import { type MetricDocument, metricCollection } from './metric-document.ts';

/** How often it is read again because a fold came in between. */
const TRIES = 5;

/** The store's own limit for one query. */
const PAGE = 1_000;

/** What all instances of one function have counted, the past ones too. */
export interface FunctionTotals {
  readonly function: string;
  readonly series: readonly Series[];
  /** How many have counted something lately. */
  readonly instances: number;
}

/**
 * The sums over all instances, as they were at one moment: nothing is missing or counted twice
 * because an instance was folded meanwhile. Three queries, if none was.
 *
 * @throws AppError `conflict` if folds never cease; what the store fails with
 */
export async function gather(
  store: Pick<Store, 'query'>,
  table: MetricTable,
): Promise<readonly FunctionTotals[]> {
  for (let tries = 1; ; tries += 1) {
    const archives = await documents('archive');
    const live = await documents('live');
    const isQuiet = foldsIn(archives) === foldsIn(await documents('archive'));
    if (isQuiet) return sums([...archives, ...live]);
    if (tries === TRIES)
      throw new AppError('conflict', 'The metrics kept being folded; try again.');
  }

  async function documents(state: 'archive' | 'live'): Promise<readonly MetricDocument[]> {
    const all: MetricDocument[] = [];
    for (;;) {
      const page: readonly Stored<MetricDocument>[] = await store.query(metricCollection, {
        filter: { state: { eq: state } },
        order: [{ field: '_id', direction: 'asc' }],
        limit: PAGE,
        skip: all.length,
      });
      all.push(...page.map(({ doc }) => doc));
      if (page.length < PAGE) return all;
    }
  }

  function sums(documents: readonly MetricDocument[]): readonly FunctionTotals[] {
    const names = [...new Set(documents.map((document) => document.function))].sort();
    return names.map((name) => {
      const own = documents.filter((document) => document.function === name);
      return {
        function: name,
        series: sumOf(
          table,
          own.map(({ series }) => series),
        ),
        instances: own.filter(({ state }) => state === 'live').length,
      };
    });
  }
}

function foldsIn(archives: readonly MetricDocument[]): number {
  return archives.reduce((folds, { count }) => folds + count, 0);
}
