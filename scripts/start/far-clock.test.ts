import { expect, test } from '@jest/globals';
import { createFarClock } from './far-clock.ts';

test('a timer fires when somebody else has moved the time past it', async () => {
  let offset = 0;
  const clock = createFarClock(() => Date.now() + offset);
  const fired = new Promise<void>((resolve) => clock.after(3_600_000, resolve));

  offset = 3_600_000;

  await fired;
});

test('a delay is no longer when somebody else has moved the time back', async () => {
  let offset = 3_600_000;
  const clock = createFarClock(() => Date.now() + offset);
  const fired = new Promise<void>((resolve) => clock.after(1, resolve));

  offset = 0;

  await fired;
});

test('a cancelled timer does not fire', async () => {
  const clock = createFarClock(Date.now);
  let isFired = false;
  const cancel = clock.after(5, () => {
    isFired = true;
  });

  cancel();

  await new Promise<void>((resolve) => clock.after(30, resolve));
  expect(isFired).toBe(false);
});
