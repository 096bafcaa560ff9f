import { expect, test } from '@jest/globals';
import { createFakeClock } from '../../testing/fake-clock.ts';
import type { FunctionSpec } from './spec.ts';
import { createTimers } from './timers.ts';

const spec: FunctionSpec = {
  name: 'f',
  bundle: '/f/index.js',
  handler: 'index.main',
  memoryMb: 128,
  timeoutSeconds: 3,
  environment: {},
  timers: [{ name: 'every-minute', cron: '0 * * * * * *', enabled: true }],
};

test('a timer fires every time, and once for all the times that a jump of the clock left out', async () => {
  const steady = createFakeClock();
  let jumpMs = 0;
  const clock = { ...steady, now: () => steady.now() + jumpMs };
  const fired: number[] = [];
  const timers = createTimers(clock, (_, __, at) => fired.push(at - Date.UTC(2026, 0, 1)));
  timers.set(spec);

  await steady.advance(120_000);
  expect(fired).toEqual([60_000, 120_000]);

  jumpMs = 3_600_000;
  await steady.advance(60_000);
  expect(fired).toEqual([60_000, 120_000, 180_000]);

  await steady.advance(60_000);
  expect(fired).toHaveLength(4);

  // Back to where it was, which is noticed within a minute: the times that come again fire again.
  jumpMs = 0;
  await steady.advance(180_000);
  expect(fired.slice(4)).toEqual([360_000, 420_000]);
  timers.close();
});
