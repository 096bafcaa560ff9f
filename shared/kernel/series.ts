import { lengthOf } from './meter.ts';
import type { MetricTable, Series } from './metrics.ts';

/**
 * Adds up what several instances have counted. Series that the table does not know, or knew otherwise
 * when they were written, are left out.
 */
export function sumOf(
  table: MetricTable,
  parts: readonly (readonly Series[])[],
): readonly Series[] {
  const sums = new Map<string, Series>();
  for (const series of parts.flat()) {
    if (!fits(table, series)) continue;
    const key = keyOf(series);
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, values: joined(table, sum, series) } : series);
  }
  return [...sums.values()];
}

/** The counts since `base`; gauges stay as they are. */
export function since(
  table: MetricTable,
  totals: readonly Series[],
  base: readonly Series[],
): readonly Series[] {
  const before = new Map(base.map((series) => [keyOf(series), series.values]));
  return totals.map((series) => {
    const subtrahend =
      table[series.metric]?.kind === 'gauge' ? undefined : before.get(keyOf(series));
    if (!subtrahend) return series;
    return { ...series, values: series.values.map((value, i) => value - (subtrahend[i] ?? 0)) };
  });
}

/** Tells a series of a metric from the others by its labels. */
function keyOf({ metric, labels }: Series): string {
  return [metric, ...labels].join('\n');
}

function fits(table: MetricTable, { metric: name, labels, values }: Series): boolean {
  const metric = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!metric || values.length !== lengthOf(metric)) return false;
  return labels.length === Object.keys(metric.labels ?? {}).length;
}

function joined(table: MetricTable, a: Series, b: Series): readonly number[] {
  const metric = table[a.metric];
  if (metric?.kind !== 'gauge') return a.values.map((value, i) => value + (b.values[i] ?? 0));
  const by = metric.over === 'max' ? 0 : 1;
  return (b.values[by] ?? 0) > (a.values[by] ?? 0) ? b.values : a.values;
}
