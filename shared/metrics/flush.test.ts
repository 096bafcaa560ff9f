import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../kernel/errors.ts';
import { createMeter } from '../kernel/meter.ts';
import type { MetricTable } from '../kernel/metrics.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { createFlush, FOLD_AFTER_MS, foldSilent, gather, metricCollection } from './index.ts';

const table = {
  messages_total: { kind: 'counter', help: 'Messages.', on: { answered: () => ({}) } },
  seconds: {
    kind: 'histogram',
    help: 'Time.',
    buckets: [1],
    on: { answered: ({ ms }) => ({ value: ms ?? 0 }) },
  },
} as const satisfies MetricTable;

/** What happens to the next write of an instance. */
type Fault = 'none' | 'refused' | 'lost' | 'done but unanswered' | 'done later';

function createFixture() {
  let now = Date.UTC(2026, 0, 1);
  const calls: string[] = [];
  const store = createMemoryStore({ now: () => now });
  let late: (() => Promise<unknown>)[] = [];
  let fault: Fault = 'none';

  /** The store as an instance sees it: each write may meet one fault. */
  const faulty: Pick<Store, 'get' | 'create' | 'replaceIf'> = {
    async get(...args) {
      calls.push('get');
      return store.get(...args);
    },
    create: (...args) => write('create', () => store.create(...args)),
    replaceIf: (...args) => write('replace', () => store.replaceIf(...args)),
  };

  async function write<R>(name: string, run: () => Promise<R>): Promise<R> {
    calls.push(name);
    const kind = fault;
    fault = 'none';
    if (kind === 'none') return run();
    if (kind === 'done but unanswered') await run();
    if (kind === 'done later') late.push(run);
    const outcome = kind === 'refused' ? 'refused' : 'unknown';
    throw new AppError('upstream', 'The store failed.', { details: { outcome } });
  }

  function createInstance(instance: string) {
    const meter = createMeter(table, () => now);
    const flush = createFlush({
      store: faulty,
      meter,
      table,
      now: () => now,
      function: 'callback',
      instance,
    });
    return { meter, flush };
  }

  return {
    calls,
    store,
    createInstance,
    failNext: (kind: Fault) => {
      fault = kind;
    },
    async arrive() {
      for (const run of late.splice(0)) await run();
      late = [];
    },
    pass: (ms: number) => {
      now += ms;
    },
    fold: () => foldSilent({ store, table, now: () => now }),
    async total() {
      const [all] = await gather(store, table);
      const of = (metric: string) => all?.series.find((series) => series.metric === metric);
      const count = of('messages_total')?.values[0] ?? 0;
      expect(of('seconds')?.values ?? [0, 0, 0]).toEqual([count, count, 0]);
      return count;
    },
  };
}

describe('flush', () => {
  test('one write each, and a single read for the first revision', async () => {
    const { createInstance, calls, total } = createFixture();
    const { meter, flush } = createInstance('a');

    for (let i = 0; i < 4; i += 1) {
      meter.note('answered', { ms: 1 });
      await flush();
    }

    expect(calls).toEqual(['create', 'get', 'replace', 'replace', 'replace']);
    expect(await total()).toBe(4);
  });

  test('a frozen instance that was folded meanwhile goes on where it was, and no trace is left', async () => {
    const { createInstance, fold, pass, total, store } = createFixture();
    const { meter, flush } = createInstance('a');
    meter.note('answered', { ms: 1 });
    await flush();
    meter.note('answered', { ms: 1 });
    pass(FOLD_AFTER_MS + 1);

    expect(await fold()).toBe(1);
    expect(await fold()).toBe(0);
    expect(await total()).toBe(1);
    await flush();
    expect(await total()).toBe(2);

    pass(FOLD_AFTER_MS + 1);
    await fold();
    pass(48 * 3_600_000);
    meter.note('answered', { ms: 1 });
    await flush();
    expect(await total()).toBe(3);
    expect(await store.count(metricCollection, 'all')).toBe(2);
  });

  test('whatever happens to writes, freezes and folds: no sum is too high, none goes back, and at the end it is exact', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('note' as const), who: fc.nat(2) }) },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('flush' as const),
          who: fc.nat(2),
          fault: fc.constantFrom<Fault>(
            'none',
            'refused',
            'lost',
            'done but unanswered',
            'done later',
          ),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constantFrom('fold' as const, 'arrive' as const) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), who: fc.nat(2) }) },
    );

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const fixture = createFixture();
        let born = 0;
        const create = () => {
          born += 1;
          return { ...fixture.createInstance(`i${born}`), noted: 0 };
        };
        const instances = [create(), create(), create()];
        let noted = 0;
        let least = 0;
        for (const each of steps) {
          const instance = 'who' in each ? instances[each.who] : undefined;
          if (each.do === 'note') {
            instance?.meter.note('answered', { ms: 1 });
            noted += 1;
            if (instance) instance.noted += 1;
          } else if (each.do === 'flush') {
            fixture.failNext(each.fault);
            await instance?.flush().catch(() => {});
            fixture.failNext('none');
          } else if (each.do === 'arrive') await fixture.arrive();
          else if (each.do === 'fold') {
            fixture.pass(FOLD_AFTER_MS + 1);
            await fixture.fold();
          } else if ('who' in each) {
            // Ended in order: all that it has is written. What a kill may lose is another matter.
            await instance?.flush();
            instances[each.who] = create();
          }
          const sum = await fixture.total();
          expect(sum).toBeLessThanOrEqual(noted);
          expect(sum).toBeGreaterThanOrEqual(least);
          least = sum;
        }
        for (const { flush } of instances) await flush();
        await fixture.arrive();
        expect(await fixture.total()).toBe(noted);
        fixture.pass(FOLD_AFTER_MS + 1);
        await fixture.fold();
        expect(await fixture.total()).toBe(noted);
      }),
      { numRuns: 300 },
    );
  });
});
