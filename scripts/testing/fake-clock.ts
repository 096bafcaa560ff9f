import type { Clock } from '../../shared/kernel/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time forward; due timers run in order, and what they wake is let run before the next. */
  advance(ms: number): Promise<void>;
  /** Moves time forward until the promise has settled. It fails when `limitMs` were not enough. */
  settle<R>(promise: Promise<R>, limitMs?: number): Promise<R>;
  /** How many timers are waiting: a test of clean-up asserts 0. */
  readonly pending: number;
}

/** Small beside every pause of ours, so that a promise which settles in between is noticed. */
const STEP_MS = 50;

/** A clock that stands still until told to move. It starts at 2026-01-01T00:00:00Z unless told. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  let timers: { at: number; task: () => void }[] = [];

  const clock: FakeClock = {
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
      await letRun();
      for (let timer = earliest(end); timer; timer = earliest(end)) {
        now = Math.max(now, timer.at);
        const due = timer;
        timers = timers.filter((other) => other !== due);
        due.task();
        await letRun();
      }
      now = end;
    },
    async settle(promise, limitMs = 20 * 60_000) {
      let isSettled = false;
      const settled = () => {
        isSettled = true;
      };
      promise.then(settled, settled);
      const end = now + limitMs;
      for (await clock.advance(STEP_MS); !isSettled && now < end; ) await clock.advance(STEP_MS);
      if (!isSettled) throw new Error(`The promise did not settle within ${limitMs} ms.`);
      return promise;
    },
    get pending() {
      return timers.length;
    },
  };
  return clock;

  function earliest(limit: number) {
    return timers.filter(({ at }) => at <= limit).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can already go on do so; `setImmediate` comes after all microtasks. */
function letRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
