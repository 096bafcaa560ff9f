import { describe, expect, test } from '@jest/globals';
import { quantile } from '../report/stats.ts';
import { type Load, simulate } from './model.ts';
import { firstLimit } from './report.ts';

const load: Load = {
  messagesPerSecond: 50,
  seconds: 40,
  seed: 1,
  cpuMs: 2,
  handlerMs: 100,
  coldMs: 400,
  storeMs: 10,
  storeSpread: 0,
  storeWrites: 2,
  storeOperationsPerSecond: 1_000_000,
  warmInstances: 0,
  maxInstances: 1_000,
  instancesPerSecond: 1_000,
  concurrency: 1,
};

describe('simulate', () => {
  test('an idle deployment answers in the time that the steps take', () => {
    const { latencies, messages, repeats, lost } = simulate({ ...load, warmInstances: 100 });

    expect(quantile(latencies, 0.5)).toBeCloseTo(10 + 2 + 100 + 10, 1);
    expect(latencies).toHaveLength(messages);
    expect({ repeats, lost }).toEqual({ repeats: 0, lost: 0 });
  });

  test('the messages of Poisson come at their rate', () => {
    const { messages } = simulate(load);

    expect(Math.abs(messages - 2_000)).toBeLessThan(4 * Math.sqrt(2_000));
  });

  test('as many instances are busy as Little says', () => {
    const { instances } = simulate({ ...load, warmInstances: 0, coldMs: 0 });

    // 50/s × 0.122 s = 6.1 busy on average; the most at any moment is a few deviations above.
    expect(instances).toBeGreaterThan(6.1);
    expect(instances).toBeLessThan(6.1 + 6 * Math.sqrt(6.1));
  });

  test('each message costs the store two writes', () => {
    const { messages, storeOperations } = simulate(load);

    expect(storeOperations).toBe(2 * messages);
  });

  test('no more instances than allowed: the others are refused', () => {
    const full = { ...load, maxInstances: 2 };
    const outcome = simulate(full);

    expect(outcome.instances).toBe(2);
    expect(outcome.refused).toBeGreaterThan(0);
    expect(outcome.latencies.length + outcome.lost).toBe(outcome.messages);
    expect(firstLimit(full, outcome)).toBe('instances at once');
  });

  test('what takes longer than 5 s comes again, and a third time, and is lost', () => {
    const { messages, repeats, lost, latencies } = simulate({
      ...load,
      handlerMs: 60_000,
      maxInstances: 100_000,
    });

    expect({ repeats, lost, answered: latencies.length }).toEqual({
      repeats: 2 * messages,
      lost: messages,
      answered: 0,
    });
  });

  test('a handler of 7 s is answered at the repeat, from the stored reply', () => {
    const { messages, repeats, lost, latencies } = simulate({ ...load, handlerMs: 7_000 });

    expect(repeats).toBeGreaterThanOrEqual(messages);
    expect(lost + latencies.length).toBe(messages);
  });

  test('a store that is too slow is named', () => {
    const slow = { ...load, storeOperationsPerSecond: 60 };

    expect(firstLimit(slow, simulate(slow))).toBe('operations of the store');
  });

  test('instances that take many at a time are fewer, until their CPU is used up', () => {
    const many = { ...load, coldMs: 0, concurrency: 50, messagesPerSecond: 400 };
    const one = simulate({ ...many, concurrency: 1 });

    const outcome = simulate(many);

    // 400/s × 0.122 s = 49 in hand, and 400/s × 2 ms of CPU: one thread has just enough of both.
    expect(outcome.instances).toBeLessThanOrEqual(3);
    expect(one.instances).toBeGreaterThan(49);
    expect(outcome.lost).toBe(0);
    // Twice the CPU, and what one thread computes is no longer enough.
    const busy = simulate({ ...many, cpuMs: 4, maxInstances: 1 });
    expect(busy.refused).toBeGreaterThan(0);
  });

  test('the same seed, the same world', () => {
    const spread = { ...load, storeSpread: 0.6 };

    expect(simulate(spread)).toEqual(simulate(spread));
    expect(simulate({ ...spread, seed: 2 })).not.toEqual(simulate(spread));
  });
});
