import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';

/**
 * Ends after `ms` whatever the task does; the task hears of it by its signal.
 *
 * @throws AppError `timeout`
 */
export function withTimeout<R>(
  clock: Clock,
  ms: number,
  task: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const cancel = clock.after(ms, () => {
      const error = new AppError('timeout', `No answer within ${ms} ms.`);
      reject(error);
      controller.abort(error);
    });
    task(controller.signal).then(resolve, reject).finally(cancel);
  });
}

/** The promise for one of many who wait for it: the signal ends the waiting, not the work. */
export function abortable<R>(promise: Promise<R>, signal: AbortSignal | undefined): Promise<R> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
