import { Abort } from './abort.ts';
import type { Clock } from './clock.ts';
import { AppError } from './errors.ts';

/** What `withinTime` throws unless its caller brings an error of its own. */
export class TimeLimitError extends AppError {
  override readonly name = 'TimeLimitError';

  constructor(limitMs: number) {
    super('timeout', `No answer within ${limitMs} ms.`);
  }
}

/**
 * Ends when `work` does, or after `limitMs` with `onTimeout`'s error. Then the signal that `work` may
 * ask for is aborted; an answer that comes later is ignored, and a late failure is not an unhandled
 * rejection. The signal is made only if it is asked for: the SDKs of CloudBase take none.
 */
export function withinTime<R>(
  clock: Clock,
  limitMs: number,
  work: (limit: Pick<Abort, 'signal'>) => Promise<R>,
  onTimeout: () => Error = () => new TimeLimitError(limitMs),
): Promise<R> {
  return new Promise((resolve, reject) => {
    const limit = new Abort();
    const cancel = clock.after(limitMs, () => {
      const error = onTimeout();
      reject(error);
      limit.abort(error);
    });
    // `async` also turns what an SDK throws at once into a rejection.
    (async () => work(limit))().finally(cancel).then(resolve, reject);
  });
}

/** Gives what `work` gives, or `undefined` after `limitMs`: for a caller that goes on while it runs. */
export function waitAtMost<R>(
  clock: Clock,
  limitMs: number,
  work: () => Promise<R>,
): Promise<R | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => resolve(undefined));
    work().finally(cancel).then(resolve, reject);
  });
}

/** A limit that outlives the function that set it: it lasts until `end` is called. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** In ms. */
  left(): number;
  /** Cancels the timer, and leaves the caller's signal. */
  readonly end: () => void;
}

/** Its signal is aborted when the time is over, with `onTimeout`'s error, or when `outer` is. */
export function startTimeLimit(
  clock: Clock,
  limitMs: number,
  onTimeout: () => Error,
  outer?: AbortSignal,
): TimeLimit {
  const controller = new AbortController();
  const until = clock.now() + limitMs;
  const cancel = clock.after(limitMs, () => controller.abort(onTimeout()));
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

/**
 * Gives what the promise gives, unless the signal is aborted first, which ends the waiting and not the
 * work. For work that takes no signal, or for which other callers wait too.
 */
export function unlessAborted<R>(promise: Promise<R>, signal: AbortSignal | undefined): Promise<R> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.finally(() => signal.removeEventListener('abort', abort)).then(resolve, reject);
  });
}
