/** Lets one question after the other go out, as fast as this machine can carry all of its parts. */
export interface Pace {
  /** Resolves when the next question may go out. */
  turn(): Promise<void>;
  stop(): void;
  /** For how long no question went out because the machine was busy. */
  readonly heldBackMs: number;
}

/** The least time between two questions. */
const STEP_MS = 20;
/** When timers here are later than this, so are those of the functions, and WeChat's 5 s are not theirs. */
const BUSY_MS = 50;
/** A machine that stays busy with other things is asked all the same, now and then. */
const HELD_AT_MOST_MS = 2_000;
/** What remains of a lateness after a step: a busy machine is in time now and then. */
const FADE = 0.95;

/**
 * WeChat, the database and all functions share the cores of this machine, unlike in the world. A soak that
 * asked faster than they bear would only measure that: pushes would wait here for seconds before a
 * function hears of them, and answers before WeChat does.
 */
export function createPace(): Pace {
  const waiting: (() => void)[] = [];
  let lateMs = 0;
  let heldBackMs = 0;
  let last = performance.now();
  let wentAt = last;
  const timer = setInterval(() => {
    const now = performance.now();
    const passedMs = now - last;
    last = now;
    lateMs = Math.max(passedMs - STEP_MS, lateMs * FADE);
    if (waiting.length === 0) return;
    if (lateMs < BUSY_MS || now - wentAt > HELD_AT_MOST_MS) {
      waiting.shift()?.();
      wentAt = now;
    } else heldBackMs += passedMs;
  }, STEP_MS);

  return {
    turn: () => new Promise((resolve) => waiting.push(resolve)),
    stop() {
      clearInterval(timer);
      for (const go of waiting.splice(0)) go();
    },
    get heldBackMs() {
      return Math.round(heldBackMs);
    },
  };
}
