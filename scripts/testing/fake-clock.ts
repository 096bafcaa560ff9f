import type { Clock } from '../../shared/kernel/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time forward; due timers run in order, and what they wake is let run before the next. */
  advance(ms: number): Promise<void>;
  /** How many timers are waiting: a test of clean-up asserts 0. */
  readonly pending: number;
}

/** A clock that stands still until told to move. It starts at 2026-01-01T00:00:00Z unless told. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  let timers: { at: number; task: () => void }[] = [];

  return {
    now: () => now,
    after(delayMs, task) {
      const timer = { at: now + delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let timer = earliest(end); timer; timer = earliest(end)) {
        now = Math.max(now, timer.at);
        const due = timer;
        timers = timers.filter((other) => other !== due);
        due.task();
        await settle();
      }
      now = end;
    },
    get pending() {
      return timers.length;
    },
  };

  function earliest(limit: number) {
    return timers.filter(({ at }) => at <= limit).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can already go on do so; `setImmediate` comes after all microtasks. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
