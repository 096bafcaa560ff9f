import { AggregatorRegistry } from 'prom-client';
import type { Metric, MetricTable, Series } from '../kernel/metrics.ts';
import type { FunctionTotals } from './gather.ts';

const PREFIX = 'fuwuhao_';

/** The content type of what {@link exposition} gives. */
export const EXPOSITION_TYPE: string = AggregatorRegistry.PROMETHEUS_CONTENT_TYPE;

interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly metricName?: string;
}

/**
 * All metrics of the table in Prometheus' text format. Series that instances have counted get the
 * label `function`; `readings` are series that were read for this answer.
 */
export function exposition(
  table: MetricTable,
  totals: readonly FunctionTotals[],
  readings: readonly Series[],
): Promise<string> {
  const metrics = Object.entries(table).map(([name, metric]) => {
    const own = (series: readonly Series[]) => series.filter((each) => each.metric === name);
    const counted = totals.flatMap(({ function: where, series }) =>
      own(series).flatMap((each) => samplesOf(name, metric, each, { function: where })),
    );
    const read = own(readings).flatMap((each) => samplesOf(name, metric, each, {}));
    return {
      name: `${PREFIX}${name}`,
      help: metric.help,
      type: metric.kind,
      aggregator: 'first',
      values: [...counted, ...read],
    };
  });
  return AggregatorRegistry.aggregate([metrics]).metrics();
}

function samplesOf(
  name: string,
  metric: Metric,
  series: Series,
  more: Readonly<Record<string, string>>,
): readonly Sample[] {
  const names = Object.keys(metric.labels ?? {});
  const labels = {
    ...more,
    ...Object.fromEntries(names.map((label, i) => [label, series.labels[i] ?? ''])),
  };
  const [first = 0, ...counts] = series.values;
  if (metric.kind !== 'histogram') return [{ labels, value: first }];
  const bounds = [...metric.buckets, '+Inf'];
  const part = (suffix: string, value: number, le = {}) => ({
    metricName: `${PREFIX}${name}_${suffix}`,
    labels: { ...labels, ...le },
    value,
  });
  const upTo = bounds.map((_, i) => counts.slice(0, i + 1).reduce((sum, n) => sum + n, 0));
  return [
    ...bounds.map((le, i) => part('bucket', upTo[i] ?? 0, { le })),
    part('sum', first),
    part('count', upTo.at(-1) ?? 0),
  ];
}
