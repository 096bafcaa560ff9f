import type { Clock } from './clock.ts';

/** What `withinTime` throws; its code reads like the network's own. */
export class TimeLimitError extends Error {
  readonly code = 'ESOCKETTIMEDOUT';
}

/**
 * Ends when `work` does, or after `limitMs`. The SDKs neither abort a request nor always settle its
 * promise; an answer that comes later is ignored, and a late failure is nobody's unhandled rejection.
 */
export function withinTime<R>(clock: Clock, limitMs: number, work: () => Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () =>
      reject(new TimeLimitError(`No answer within ${limitMs} ms.`)),
    );
    // `async` also turns what the SDK throws at once into a rejection.
    (async () => work())().then(resolve, reject).finally(cancel);
  });
}
