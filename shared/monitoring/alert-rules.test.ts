import { expect, test } from '@jest/globals';
import { evaluate } from '../alerts/evaluate.ts';
import { createMetricReader } from '../alerts/index.ts';
import { alertRules } from './alert-rules.ts';
import { metricTable } from './metric-table.ts';

const MINUTE = 60_000;

test('a mass send that is stopped is told once, and is over after an hour', () => {
  const { massSendFailed } = alertRules;
  const rules = { massSendFailed };
  const minutes = Array.from({ length: 120 }, (_, minute) => minute);
  let state: Parameters<typeof evaluate>[1] = { samples: [], active: [] };

  const told = minutes.flatMap((minute) => {
    const stopped = minute < 5 ? 0 : 1;
    const series = { metric: 'mass_sends_failed_total', labels: ['stopped'], values: [stopped] };
    const metrics = createMetricReader(metricTable, [], [series]);
    const measures = { massSendFailed: massSendFailed.measure(metrics) };
    const { notices, ...next } = evaluate(rules, state, measures, minute * MINUTE);
    state = next;
    return notices.map(({ status }) => [minute, status]);
  });

  expect(told).toEqual([
    [5, 'firing'],
    [expect.any(Number), 'resolved'],
  ]);
  expect(Number(told[1]?.[0])).toBeGreaterThanOrEqual(65);
});
