import type { LabelValue, MetricTable, Series } from '../kernel/metrics.ts';
import type { FunctionTotals } from '../metrics/index.ts';

type LabelsOf<Table extends MetricTable, Name extends keyof Table> = NonNullable<
  Table[Name]['labels']
>;

/** The labels that a series must have; `function` is the function that counted. */
export type Where<Table extends MetricTable, Name extends keyof Table> = {
  readonly [Label in keyof LabelsOf<Table, Name>]?: LabelValue<LabelsOf<Table, Name>[Label]>;
} & { readonly function?: string };

/** The metrics of a table as a rule reads them. */
export interface MetricReader<Table extends MetricTable> {
  /** The sum of a counter or a gauge over all series that fit. */
  sum<Name extends keyof Table>(metric: Name, where?: Where<Table, Name>): number;
  /** How many values of a histogram were above a bound of its buckets; without one, all of them. */
  count<Name extends keyof Table>(metric: Name, where?: Where<Table, Name>, above?: number): number;
  /** The same as `sum`, for each value of one label. */
  by<Name extends keyof Table>(
    metric: Name,
    label: keyof LabelsOf<Table, Name>,
  ): ReadonlyMap<string, number>;
  /** The largest value of a gauge; `undefined` if there is none. */
  largest<Name extends keyof Table>(metric: Name, where?: Where<Table, Name>): number | undefined;
}

export function createMetricReader<Table extends MetricTable>(
  table: Table,
  totals: readonly FunctionTotals[],
  readings: readonly Series[],
): MetricReader<Table> {
  const all = [{ function: '', series: readings }, ...totals].flatMap(
    ({ function: counter, series }) => series.map((each) => ({ counter, ...each })),
  );
  const labelsOf = (metric: keyof Table) => Object.keys(table[metric]?.labels ?? {});

  function find(metric: keyof Table, where: Readonly<Record<string, string | undefined>> = {}) {
    const names = ['function', ...labelsOf(metric)];
    return all.filter(
      (each) =>
        each.metric === metric &&
        Object.entries(where).every(
          ([name, value]) => [each.counter, ...each.labels][names.indexOf(name)] === value,
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
      const at = labelsOf(metric).indexOf(String(label));
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
