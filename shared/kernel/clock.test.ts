import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { sleep } from './clock.ts';

describe('sleep', () => {
  test('ends when its time has come', async () => {
    const clock = createFakeClock();
    let done = false;
    const sleeping = sleep(clock, 100).then(() => {
      done = true;
    });

    await clock.advance(99);
    expect(done).toBe(false);
    await clock.advance(1);
    await sleeping;

    expect(done).toBe(true);
  });

  test('ends at once on abort, with the reason, and leaves no timer', async () => {
    const clock = createFakeClock();
    const abort = new AbortController();
    const sleeping = sleep(clock, 100, abort.signal);

    abort.abort(new Error('enough'));

    await expect(sleeping).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
  });
});
