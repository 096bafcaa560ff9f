import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import {
  startTimeLimit,
  TimeLimitError,
  unlessAborted,
  waitAtMost,
  withinTime,
} from './time-limit.ts';

const never = () => new Promise<never>(() => {});

describe('withinTime', () => {
  test('gives what the work gives, and leaves no timer', async () => {
    const clock = createFakeClock();

    expect(await withinTime(clock, 100, () => Promise.resolve('done'))).toBe('done');

    expect(clock.pending).toBe(0);
  });

  test('ends with the time, and tells the work so by its signal', async () => {
    const clock = createFakeClock();
    let told: AbortSignal | undefined;
    const waiting = withinTime(clock, 100, ({ signal }) => {
      told = signal;
      return never();
    });
    const rejected = expect(waiting).rejects.toThrow(new TimeLimitError(100));

    await clock.advance(99);
    expect(told?.aborted).toBe(false);
    await clock.advance(1);

    await rejected;
    expect(told?.reason).toBeInstanceOf(TimeLimitError);
  });

  test('ends with the words of its caller', async () => {
    const clock = createFakeClock();
    const waiting = withinTime(clock, 100, never, () => new Error('The printer sleeps.'));
    const rejected = expect(waiting).rejects.toThrow('The printer sleeps.');

    await clock.advance(100);

    await rejected;
  });

  test('turns what is thrown at once into a rejection', async () => {
    const clock = createFakeClock();
    const broken = () => {
      throw new Error('broken');
    };

    await expect(withinTime(clock, 100, broken)).rejects.toThrow('broken');

    expect(clock.pending).toBe(0);
  });

  test('ignores work that fails afterwards', async () => {
    const clock = createFakeClock();
    let fail = (_: Error) => {};
    const work = () => new Promise<never>((_, reject) => (fail = reject));
    const rejected = expect(withinTime(clock, 100, work)).rejects.toThrow('100 ms');

    await clock.advance(100);
    fail(new Error('too late to matter'));

    await rejected;
  });
});

describe('waitAtMost', () => {
  test('gives what the work gives, and its failure', async () => {
    const clock = createFakeClock();

    expect(await waitAtMost(clock, 100, () => Promise.resolve('done'))).toBe('done');
    await expect(waitAtMost(clock, 100, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );

    expect(clock.pending).toBe(0);
  });

  test('gives nothing when the time is over', async () => {
    const clock = createFakeClock();
    const waiting = waitAtMost(clock, 100, never);

    await clock.advance(100);

    expect(await waiting).toBeUndefined();
  });
});

describe('startTimeLimit', () => {
  const late = () => new Error('late');

  test('aborts when its time is over, and says how much is left', async () => {
    const clock = createFakeClock();
    const limit = startTimeLimit(clock, 100, late);

    await clock.advance(60);
    expect({ left: limit.left(), aborted: limit.signal.aborted }).toEqual({
      left: 40,
      aborted: false,
    });
    await clock.advance(40);

    expect(limit.signal.reason).toEqual(late());
  });

  test.each(['before', 'after'])('aborts as a signal that is aborted %s it does', (when) => {
    const outer = new AbortController();
    if (when === 'before') outer.abort('stop');
    const limit = startTimeLimit(createFakeClock(), 100, late, outer.signal);
    if (when === 'after') outer.abort('stop');

    expect(limit.signal.reason).toBe('stop');
  });

  test('aborts no more once it has ended', async () => {
    const clock = createFakeClock();
    const outer = new AbortController();
    const limit = startTimeLimit(clock, 100, late, outer.signal);

    limit.end();
    outer.abort();
    await clock.advance(100);

    expect(limit.signal.aborted).toBe(false);
    expect(clock.pending).toBe(0);
  });
});

describe('unlessAborted', () => {
  test('waits without a signal as well', async () => {
    expect(await unlessAborted(Promise.resolve('done'), undefined)).toBe('done');
  });

  test.each(['before', 'while'])(
    'ends with the reason of a signal aborted %s it waits',
    async (when) => {
      const stop = new AbortController();
      if (when === 'before') stop.abort(new Error('stop'));
      const waiting = unlessAborted(never(), stop.signal);
      stop.abort(new Error('stop'));

      await expect(waiting).rejects.toThrow('stop');
    },
  );

  test('ends with the work', async () => {
    const { signal } = new AbortController();

    expect(await unlessAborted(Promise.resolve('done'), signal)).toBe('done');
    await expect(unlessAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow(
      'broken',
    );
  });
});
