import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createLog } from '../kernel/log.ts';
import type { MetricTable } from '../kernel/metrics.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Notice } from './alert-document.ts';
import type { MetricReader } from './metric-reader.ts';
import type { MeasuredRule } from './rule.ts';
import { createWatch, readActive } from './watch.ts';

const MINUTE = 60_000;

const rules = {
  dead: {
    summary: 'There is something dead.',
    advice: 'Look.',
    measure: (metrics) => ({ part: metrics.sum('jobs') }),
    above: 0,
  },
} satisfies Record<string, MeasuredRule<MetricTable>>;

function createFixture() {
  const clock = createFakeClock();
  const store = createMemoryStore({ now: clock.now });
  const queue = new Map<string, Notice>();
  const lines: string[] = [];
  const state = { dead: 0, reads: 0, isQueueDown: false };
  const metrics: MetricReader<MetricTable> = {
    sum: () => state.dead,
    by: () => new Map(),
    count: () => 7,
    largest: () => undefined,
  };
  const instance = () =>
    createWatch({
      store,
      rules,
      now: clock.now,
      log: createLog({ write: (line) => lines.push(line), now: clock.now }),
      today: () => new Date(clock.now()).toISOString().slice(0, 10),
      dayTotal: ({ count }) => count('callback_seconds'),
      async readMetrics() {
        state.reads += 1;
        return metrics;
      },
      async enqueue(notice) {
        if (state.isQueueDown) throw new Error('The worker died.');
        queue.set(notice.key, notice);
      },
    });
  const instances = Array.from({ length: 8 }, instance);
  return { clock, store, queue, lines, state, instances };
}

describe('the watch', () => {
  test('eight workers at the same moment tell once, and they read the metrics once a minute', async () => {
    const { instances, state, queue, lines, store, clock } = createFixture();
    state.dead = 1;

    const reports = await Promise.all(instances.map((watch) => watch()));

    expect(reports.filter(Boolean)).toHaveLength(1);
    expect([...queue.values()]).toMatchObject([{ rule: 'dead', status: 'firing', value: 1 }]);
    expect(lines).toHaveLength(1);
    expect(await readActive(store)).toEqual(['dead']);
    const { reads } = state;
    await clock.advance(30_000);
    expect(await Promise.all(instances.map((watch) => watch()))).toEqual(
      instances.map(() => undefined),
    );
    expect(state.reads).toBe(reads);
  });

  test('a notice survives the death of the worker that decided on it', async () => {
    const { instances, state, queue, clock } = createFixture();
    state.dead = 1;
    state.isQueueDown = true;
    await expect(instances[0]?.()).rejects.toThrow('died');
    state.isQueueDown = false;
    state.dead = 0;

    for (let minute = 0; minute < 7; minute += 1) {
      await clock.advance(MINUTE);
      await instances[minute]?.();
    }

    expect([...queue.values()].map(({ status }) => status)).toEqual(['firing', 'resolved']);
  });

  test('remembers what a counter was when each day began', async () => {
    const { instances, clock } = createFixture();
    const [watch] = instances;

    await watch?.();
    await clock.advance(24 * 60 * MINUTE);

    expect((await watch?.())?.days).toEqual([
      { day: '2026-01-01', total: 7 },
      { day: '2026-01-02', total: 7 },
    ]);
  });
});
