import { expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createLog } from '../kernel/log.ts';
import { createRest } from './rest.ts';

function setUp(hasStore: () => boolean) {
  const clock = createFakeClock();
  const flushedAt: number[] = [];
  const startedAt = clock.now();
  const rest = createRest({
    async flush() {
      flushedAt.push(clock.now() - startedAt);
    },
    everyMs: 10_000,
    hasStore,
    clock,
    log: createLog({ write: () => {}, now: clock.now }),
  });
  return { clock, rest, flushedAt };
}

test('an instance that uses the store writes at once, and then when it is due', async () => {
  const { clock, rest, flushedAt } = setUp(() => true);

  await rest();
  await clock.advance(9_999);
  await rest();
  await clock.advance(1);
  await rest();

  expect(flushedAt).toEqual([0, 10_000]);
});

test('one that does not use the store begins to when the first period is over', async () => {
  const { clock, rest, flushedAt } = setUp(() => false);

  await rest();
  await clock.advance(9_999);
  await rest();
  await clock.advance(1);
  await rest();

  expect(flushedAt).toEqual([10_000]);
});

test('one that begins to use the store in between writes then', async () => {
  let isUsed = false;
  const { clock, rest, flushedAt } = setUp(() => isUsed);
  await rest();
  isUsed = true;
  await clock.advance(1_000);

  await rest();

  expect(flushedAt).toEqual([1_000]);
});
