import { AppError } from '../kernel/errors.ts';
import type { MetricTable, Series } from '../kernel/metrics.ts';
import { sumOf } from '../kernel/series.ts';
import type { Store, Stored } from '../store/store.ts';
import { type MetricDocument, metricCollection } from './metric-document.ts';

/** How often the documents are read because a fold came in between. */
const TRIES = 5;

/** The store's limit for one query. */
const PAGE = 1_000;

/** What all instances of one function have counted, past instances included. */
export interface FunctionTotals {
  readonly function: string;
  readonly series: readonly Series[];
  /** How many instances have written lately. */
  readonly instances: number;
}

/**
 * The sums over all instances at one moment: an instance that is folded meanwhile is neither missing
 * nor counted twice. Without a fold in between, that takes three queries.
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
      throw new AppError(
        'conflict',
        'Workers folded the metrics each time that they were read; try again.',
      );
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
