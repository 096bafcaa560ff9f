import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLog } from './log.ts';
import { createMeter } from './meter.ts';
import type { MetricTable, Series } from './metrics.ts';
import { since, sumOf } from './series.ts';

const table = {
  orders_total: {
    kind: 'counter',
    help: 'Orders.',
    labels: { size: ['big', 'small'] },
    on: { 'wechat called': ({ reason }) => ({ labels: { size: reason } }) },
  },
  errors_total: { kind: 'counter', help: 'Errors.', on: { failed: () => ({}) } },
  codes_total: {
    kind: 'counter',
    help: 'Codes.',
    labels: { code: /^\d+$/ },
    on: { 'token not renewed': ({ errcode }) => ({ labels: { code: String(errcode) } }) },
  },
  order_seconds: {
    kind: 'histogram',
    help: 'Time.',
    buckets: [1, 5],
    on: { 'wechat called': ({ ms }) => (ms === undefined ? undefined : { value: ms / 1_000 }) },
  },
  memory_bytes: {
    kind: 'gauge',
    over: 'max',
    help: 'Memory.',
    on: { 'memory measured': ({ count }) => ({ value: count ?? 0 }) },
  },
  quota_left: {
    kind: 'gauge',
    over: 'latest',
    help: 'Quota.',
    on: { 'quota read': ({ count }) => ({ value: count ?? 0 }) },
  },
} as const satisfies MetricTable;

function createTestMeter(at = 0) {
  const clock = { at };
  const meter = createMeter(table, () => clock.at);
  const values = (metric: string) =>
    meter
      .totals()
      .filter((series) => series.metric === metric)
      .map(({ labels, values }) => [labels.join(), ...values]);
  return { meter, values, clock };
}

describe('meter', () => {
  test('counts by closed labels; whatever is outside of them is "other"', () => {
    const { meter, values } = createTestMeter();

    for (const reason of ['big', 'big', 'small', 'oXyz-a-secret', undefined]) {
      meter.note('wechat called', { ...(reason === undefined ? {} : { reason }) });
    }
    meter.note('unknown event', {});

    expect(values('orders_total')).toEqual([
      ['big', 2],
      ['small', 1],
      ['other', 2],
    ]);
    expect(JSON.stringify(meter.totals())).not.toContain('oXyz');
  });

  test('sorts what it sees into buckets: a bound belongs to its own', () => {
    const { meter, values } = createTestMeter();

    for (const ms of [500, 1_000, 1_001, 5_000, 60_000, Number.NaN])
      meter.note('wechat called', { ms });

    expect(values('order_seconds')).toEqual([['', 67.501, 2, 2, 1]]);
  });

  test('counts by labels of a form; a value of another form is "other"', () => {
    const { meter, values } = createTestMeter();

    for (const errcode of [40001, 40001, undefined]) meter.note('token not renewed', { errcode });

    expect(values('codes_total')).toEqual([
      ['40001', 2],
      ['other', 1],
    ]);
  });

  test('shows 0 for what has not happened yet, and the last value of a gauge with its time', () => {
    const { meter, values, clock } = createTestMeter(5);

    expect(values('errors_total')).toEqual([['', 0]]);
    expect(values('quota_left')).toEqual([]);
    meter.note('quota read', { count: 9 });
    clock.at = 7;
    meter.note('quota read', { count: 3 });

    expect(values('quota_left')).toEqual([['', 3, 7]]);
  });

  test('hears what a log is told, also below its level and from its children', () => {
    const { meter, values } = createTestMeter();
    const lines: string[] = [];
    const log = createLog({
      write: (line) => lines.push(line),
      now: () => 0,
      level: 'error',
      onEvent: meter.note,
    });

    log.child({ reason: 'small' }).debug('wechat called', { ms: 10 });

    expect(lines).toEqual([]);
    expect(values('orders_total')).toEqual([['small', 1]]);
  });
});

describe('series', () => {
  const noted = fc.array(
    fc.record({ event: fc.constantFrom('wechat called', 'failed'), ms: fc.nat(9_000) }),
  );

  test('what was counted before and after a moment is all that was counted', () => {
    fc.assert(
      fc.property(noted, noted, (before, after) => {
        const { meter } = createTestMeter();
        for (const { event, ms } of before) meter.note(event, { ms });
        const base = meter.totals();
        for (const { event, ms } of after) meter.note(event, { ms });
        const sum = sumOf(table, [base, since(table, meter.totals(), base)]);

        expect(rounded(sum)).toEqual(rounded(meter.totals()));
      }),
    );
  });

  test('of gauges the largest stands for all, or the one that was set last', () => {
    const gauges = (memory: number, quota: number, at: number): Series[] => [
      { metric: 'memory_bytes', labels: [], values: [memory, at] },
      { metric: 'quota_left', labels: [], values: [quota, at] },
    ];

    expect(sumOf(table, [gauges(7, 1, 2), gauges(5, 9, 3), gauges(6, 4, 1)])).toEqual([
      { metric: 'memory_bytes', labels: [], values: [7, 2] },
      { metric: 'quota_left', labels: [], values: [9, 3] },
    ]);
  });

  test('what an older or newer table has written is left out', () => {
    const odd: Series[] = [
      { metric: 'gone_total', labels: [], values: [1] },
      { metric: 'toString', labels: [], values: [1] },
      { metric: 'orders_total', labels: ['big', 'more'], values: [1] },
      { metric: 'order_seconds', labels: [], values: [1, 2] },
    ];

    expect(sumOf(table, [odd])).toEqual([]);
  });
});

/** By name; sums of fractions depend on their order in the last digit. */
function rounded(series: readonly Series[]): unknown {
  const named = series.map(({ metric, labels, values }) => [
    [metric, ...labels].join(),
    values.map((value) => Number(value.toFixed(6))),
  ]);
  return Object.fromEntries(named);
}
