import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createLog } from '../kernel/log.ts';
import { createRest } from './rest.ts';

function setUp(
  flush: () => Promise<void> = () => Promise.resolve(),
  hasStore: () => boolean = () => true,
) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const flushes: number[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const rest = createRest({
    async flush() {
      flushes.push(clock.now());
      await flush();
    },
    everyMs: 10_000,
    hasStore,
    clock,
    log,
  });
  return { rest, clock, lines, flushes };
}

describe('the end of an invocation', () => {
  test('writes at once after the first, then at most every ten seconds', async () => {
    const { rest, clock, flushes } = setUp();
    const start = clock.now();

    for (let second = 0; second < 25; second += 1) {
      await rest();
      await clock.advance(1_000);
    }

    expect(flushes.map((at) => at - start)).toEqual([0, 10_000, 20_000]);
    expect(clock.pending).toBe(0);
  });

  test('keeps nobody waiting for a store that does not answer, and writes one at a time', async () => {
    let answer = () => {};
    const { rest, clock, flushes } = setUp(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );

    const rested = rest();
    await clock.advance(300);
    await rested;
    await clock.advance(60_000);
    await rest();
    expect(flushes).toHaveLength(1);
    answer();
    await clock.advance(0);
    const next = rest();
    await clock.advance(300);
    await next;
    expect(flushes).toHaveLength(2);
  });

  test('does not begin what there is no time for, and makes up for it', async () => {
    const { rest, flushes } = setUp();

    await rest(20);
    await rest(-100);
    expect(flushes).toHaveLength(0);
    await rest(4_000);
    expect(flushes).toHaveLength(1);
  });

  test('never fails: what could not be written is told, and written the next time', async () => {
    const { rest, clock, lines, flushes } = setUp(() => Promise.reject(new Error('no store')));

    await rest();
    await clock.advance(10_000);
    await rest();

    expect(flushes).toHaveLength(2);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual([
      'metrics not written',
      'metrics not written',
    ]);
  });

  test('keeps an instance that does not use the store from it for the first period', async () => {
    const { rest, clock, flushes } = setUp(undefined, () => false);
    const start = clock.now();

    await rest();
    await clock.advance(9_999);
    await rest();
    await clock.advance(1);
    await rest();

    expect(flushes.map((at) => at - start)).toEqual([10_000]);
  });

  test('writes as soon as the instance begins to use the store', async () => {
    let isUsed = false;
    const { rest, clock, flushes } = setUp(undefined, () => isUsed);
    const start = clock.now();
    await rest();
    isUsed = true;
    await clock.advance(1_000);

    await rest();

    expect(flushes.map((at) => at - start)).toEqual([1_000]);
  });
});
