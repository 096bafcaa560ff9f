import type { Clock } from '../../shared/kernel/clock.ts';

const LOOK_EVERY_MS = 500;

/**
 * The machine's timers on a clock that somebody else moves: each looks now and then whether its
 * time has come sooner than it thought. When the clock is moved back, what is left of a delay is
 * still waited for, and no more. None of them keeps the process alive.
 */
export function createFarClock(now: () => number): Clock {
  return {
    now,
    after(delayMs, task) {
      let seen = now();
      let due = seen + delayMs;
      let timer: NodeJS.Timeout;
      wait();
      return () => clearTimeout(timer);

      function wait(): void {
        const at = now();
        due -= Math.max(0, seen - at);
        seen = at;
        const rest = due - at;
        timer = setTimeout(rest > 0 ? wait : task, Math.min(Math.max(0, rest), LOOK_EVERY_MS));
        timer.unref();
      }
    },
  };
}
