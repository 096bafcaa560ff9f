import type { MetricTable, Series } from '../kernel/metrics.ts';
import type { FunctionTotals } from '../metrics/index.ts';

/** Which series: the labels that they must have; of `function`, the function that counted. */
export type Where = Readonly<Record<string, string>>;

/** The metrics as a rule reads them. */
export interface Seen {
  /** The first numbers of all series of a metric that fit, added up: counts of a counter or a gauge. */
  sum(metric: string, where?: Where): number;
  /** How many values of a histogram were above a bound of its buckets; without one, how many there are. */
  count(metric: string, where?: Where, above?: number): number;
  /** The same as `sum`, for each value of one label. */
  by(metric: string, label: string): ReadonlyMap<string, number>;
  /** The largest value of a gauge; `undefined` if there is none. */
  largest(metric: string, where?: Where): number | undefined;
}

export function createSeen(
  table: MetricTable,
  totals: readonly FunctionTotals[],
  readings: readonly Series[],
): Seen {
  const all = [{ function: '', series: readings }, ...totals].flatMap(
    ({ function: where, series }) => series.map((each) => ({ where, ...each })),
  );

  function find(metric: string, where: Where = {}) {
    const names = ['function', ...Object.keys(table[metric]?.labels ?? {})];
    return all.filter(
      (each) =>
        each.metric === metric &&
        Object.entries(where).every(
          ([name, value]) => [each.where, ...each.labels][names.indexOf(name)] === value,
        ),
    );
  }

  return {
    sum: (metric, where) => find(metric, where).reduce((sum, { values: [n = 0] }) => sum + n, 0),
    count(metric, where, above = Number.NEGATIVE_INFINITY) {
      const row = table[metric];
      const bounds = row?.kind === 'histogram' ? row.buckets : [];
      const first = 1 + bounds.filter((bound) => bound <= above).length;
      return find(metric, where)
        .flatMap(({ values }) => values.slice(first))
        .reduce((sum, n) => sum + n, 0);
    },
    by(metric, label) {
      const at = Object.keys(table[metric]?.labels ?? {}).indexOf(label);
      const sums = new Map<string, number>();
      for (const { labels, values } of find(metric)) {
        const value = labels[at] ?? '';
        sums.set(value, (sums.get(value) ?? 0) + (values[0] ?? 0));
      }
      return sums;
    },
    largest(metric, where) {
      const found = find(metric, where).map(({ values: [value = 0] }) => value);
      return found.length === 0 ? undefined : Math.max(...found);
    },
  };
}
