import type { LogFields } from './log.ts';
import { type Metric, type MetricTable, OTHER, type Reading, type Series } from './metrics.ts';

/** Counts events of the log, in memory. */
export interface Meter {
  /**
   * Counts one event with its fields, in about a microsecond. It calls nothing outside, and never
   * fails.
   */
  note(event: string, fields: LogFields): void;
  /** Everything since the instance started. */
  totals(): readonly Series[];
}

const NOBODY: readonly never[] = [];

/** A metric of the table with what it has counted so far. */
interface Counted {
  readonly name: string;
  readonly metric: Metric;
  readonly labels: readonly (readonly [name: string, has: (value: string) => boolean])[];
  readonly series: Map<string, { readonly labels: readonly string[]; readonly values: number[] }>;
}

export function createMeter(table: MetricTable, now: () => number): Meter {
  const counted: Counted[] = Object.entries(table).map(([name, metric]) => ({
    name,
    metric,
    labels: Object.entries(metric.labels ?? {}).map(([label, values]) => [label, hasOf(values)]),
    series: new Map(),
  }));
  const byEvent = new Map<string, (readonly [Counted, Reading])[]>();
  for (const each of counted) {
    // The log passes under the name of an event only the fields that this event may have.
    for (const [event, reading] of Object.entries(each.metric.on ?? {}) as [string, Reading][]) {
      byEvent.set(event, [...(byEvent.get(event) ?? []), [each, reading]]);
    }
    // Before the first event the metric is 0, so that Prometheus sees that event as a rise.
    if (each.labels.length === 0 && each.metric.kind !== 'gauge') valuesOf(each);
  }

  return {
    note(event, fields) {
      for (const [each, reading] of byEvent.get(event) ?? NOBODY) {
        const mark = reading(fields);
        if (mark) step(each.metric, valuesOf(each, mark.labels), mark.value, now);
      }
    },
    totals: () =>
      counted.flatMap(({ name: metric, series }) =>
        [...series.values()].map(({ labels, values }) => ({ metric, labels, values: [...values] })),
      ),
  };
}

function hasOf(values: readonly string[] | RegExp): (value: string) => boolean {
  if (values instanceof RegExp) return (value) => values.test(value);
  const set = new Set(values);
  return (value) => set.has(value);
}

function valuesOf({ metric, labels, series }: Counted, given = NO_LABELS): number[] {
  // Of a metric with one label the key is the value itself, and no string is made.
  let key = '';
  for (const [label, has] of labels) {
    const value = given[label];
    const counted = value !== undefined && has(value) ? value : OTHER;
    key = key === '' ? counted : `${key}\n${counted}`;
  }
  let found = series.get(key);
  if (!found) {
    const values = new Array<number>(lengthOf(metric)).fill(0);
    found = { labels: labels.length === 0 ? [] : key.split('\n'), values };
    series.set(key, found);
  }
  return found.values;
}

type MarkLabels = Readonly<Record<string, string | undefined>>;
const NO_LABELS: MarkLabels = {};

function step(metric: Metric, values: number[], value: number | undefined, now: () => number) {
  if (value !== undefined && !Number.isFinite(value)) return;
  switch (metric.kind) {
    case 'counter':
      values[0] = (values[0] ?? 0) + Math.max(0, value ?? 1);
      break;
    case 'gauge':
      values.splice(0, 2, value ?? 0, now());
      break;
    case 'histogram': {
      const seen = value ?? 0;
      const { buckets } = metric;
      let bucket = 0;
      while (bucket < buckets.length && !(seen <= (buckets[bucket] ?? 0))) bucket += 1;
      const at = 1 + bucket;
      values[0] = (values[0] ?? 0) + seen;
      values[at] = (values[at] ?? 0) + 1;
    }
  }
}

/** How many numbers a series of this metric has. */
export function lengthOf(metric: Metric): number {
  return (
    { counter: 1, gauge: 2, histogram: 2 }[metric.kind] +
    ('buckets' in metric ? metric.buckets.length : 0)
  );
}
