import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createLog } from '../kernel/log.ts';
import { createFinish } from './end-of-invocation.ts';

function setUp(
  flush: () => Promise<void> = () => Promise.resolve(),
  hasStore: () => boolean = () => true,
) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const flushes: number[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const finish = createFinish({
    async flush() {
      flushes.push(clock.now());
      await flush();
    },
    everyMs: 10_000,
    hasStore,
    clock,
    log,
  });
  return { finish, clock, lines, flushes };
}

describe('the end of an invocation', () => {
  test('writes at once after the first, then at most every ten seconds', async () => {
    const { finish, clock, flushes } = setUp();
    const start = clock.now();

    for (let second = 0; second < 25; second += 1) {
      await finish();
      await clock.advance(1_000);
    }

    expect(flushes.map((at) => at - start)).toEqual([0, 10_000, 20_000]);
    expect(clock.pending).toBe(0);
  });

  test('of the last one writes what is there, due or not, unless no store was ever needed', async () => {
    const { finish, clock, flushes } = setUp();
    await finish();
    await clock.advance(1_000);
    await finish(5_000, true);
    expect(flushes).toHaveLength(2);

    const other = setUp(undefined, () => false);
    await other.finish(5_000, true);
    expect(other.flushes).toEqual([]);
  });

  test('delays no answer for a store that does not answer, and writes one flush at a time', async () => {
    let answer = () => {};
    const { finish, clock, flushes } = setUp(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );

    const finished = finish();
    await clock.advance(300);
    await finished;
    await clock.advance(60_000);
    await finish();
    expect(flushes).toHaveLength(1);
    answer();
    await clock.advance(0);
    const next = finish();
    await clock.advance(300);
    await next;
    expect(flushes).toHaveLength(2);
  });

  test('does not begin what there is no time for, and makes up for it', async () => {
    const { finish, flushes } = setUp();

    await finish(20);
    await finish(-100);
    expect(flushes).toHaveLength(0);
    await finish(4_000);
    expect(flushes).toHaveLength(1);
  });

  test('never fails: what could not be written is told, and written the next time', async () => {
    const { finish, clock, lines, flushes } = setUp(() => Promise.reject(new Error('no store')));

    await finish();
    await clock.advance(10_000);
    await finish();

    expect(flushes).toHaveLength(2);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual([
      'metrics not written',
      'metrics not written',
    ]);
  });

  test('keeps an instance that does not use the store from it for the first period', async () => {
    const { finish, clock, flushes } = setUp(undefined, () => false);
    const start = clock.now();

    await finish();
    await clock.advance(9_999);
    await finish();
    await clock.advance(1);
    await finish();

    expect(flushes.map((at) => at - start)).toEqual([10_000]);
  });

  test('writes as soon as the instance begins to use the store', async () => {
    let isUsed = false;
    const { finish, clock, flushes } = setUp(undefined, () => isUsed);
    const start = clock.now();
    await finish();
    isUsed = true;
    await clock.advance(1_000);

    await finish();

    expect(flushes.map((at) => at - start)).toEqual([1_000]);
  });
});
