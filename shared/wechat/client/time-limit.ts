import type { Clock } from '../../kernel/clock.ts';

export interface TimeLimit {
  readonly signal: AbortSignal;
  /** In ms. */
  left(): number;
  /** Lets go of the timer and of the caller's signal. */
  readonly end: () => void;
}

/** A signal that is aborted when the time is over, with `onTimeout`'s error, or when the caller's is. */
export function startTimeLimit(
  clock: Clock,
  timeoutMs: number,
  outer: AbortSignal | undefined,
  onTimeout: () => Error,
): TimeLimit {
  const controller = new AbortController();
  const until = clock.now() + timeoutMs;
  const cancel = clock.after(timeoutMs, () => controller.abort(onTimeout()));
  const abort = () => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    left: () => until - clock.now(),
    end() {
      cancel();
      outer?.removeEventListener('abort', abort);
    },
  };
}

/** The result of `start`, unless the signal is aborted first: for work that does not heed the signal itself. */
export async function unlessAborted<T>(start: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([start(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
