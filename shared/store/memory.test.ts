import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { storeContract } from '../../scripts/testing/store/contract/contract.ts';
import {
  failureOf,
  freshId,
  order,
  orders,
} from '../../scripts/testing/store/contract/fixtures.ts';
import { createMemoryStore } from './memory.ts';

const NOW = Date.UTC(2026, 10, 28);

describe('the memory store', () => {
  storeContract(async () => ({ store: createMemoryStore({ now: () => NOW }) }), 300);

  test('ends a transaction after 30 seconds, and runs it again', async () => {
    const clock = createFakeClock();
    const store = createMemoryStore({ now: clock.now });
    const doc = order({ total: 0 });
    await store.create(orders, doc);
    let runs = 0;

    await store.transaction(async (tx) => {
      runs += 1;
      await tx.replace(orders, { ...doc, total: runs });
      if (runs === 1) await clock.advance(30_000);
    });

    expect(runs).toBe(2);
    expect((await store.get(orders, doc._id))?.doc.total).toBe(2);
  });

  test('fails with a conflict when another never lets go', async () => {
    const store = createMemoryStore({ now: () => 0 });
    const doc = order();
    await store.create(orders, doc);
    let holds = () => {};
    const held = new Promise<void>((resolve) => {
      holds = resolve;
    });
    void store.transaction(async (tx) => {
      await tx.replace(orders, doc);
      holds();
      await new Promise(() => {});
    });
    await held;

    const error = await failureOf(store.transaction((tx) => tx.replace(orders, doc)));

    expect([error.code, error.details.outcome]).toEqual(['conflict', 'refused']);
  });

  test('gives the same history for the same schedule', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const step = () => scheduler.schedule(Promise.resolve());
        const store = createMemoryStore({ now: () => 0, step, pause: step });
        const doc = order({ _id: freshId(), total: 0 });
        const add = () =>
          store.transaction(async (tx) => {
            const found = await tx.get(orders, doc._id);
            if (!found) return tx.create(orders, { ...doc, total: 1 });
            await tx.replace(orders, { ...doc, total: found.doc.total + 1 });
          });

        const work = Promise.all([add(), add(), add()]);
        await scheduler.waitFor(work);

        const reading = store.get(orders, doc._id);
        await scheduler.waitFor(reading);
        expect((await reading)?.doc.total).toBe(3);
      }),
      { numRuns: 200 },
    );
  });
});
