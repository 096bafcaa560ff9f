/**
 * A value that is there now, or a promise of it. A stage of the message path gives its result this
 * way: most messages are answered without waiting for anything, and then no promise is made.
 */
export type Eventual<T> = T | Promise<T>;

/** Whether the value is still to come, from a promise of any realm or library. */
export function isPending<T>(value: Eventual<T>): value is Promise<T> {
  return typeof (value as { readonly then?: unknown } | undefined | null)?.then === 'function';
}

/** Goes on with the value: at once if it is there, else when it comes. */
export function whenDone<T, R>(value: Eventual<T>, next: (value: T) => Eventual<R>): Eventual<R> {
  return isPending(value) ? Promise.resolve(value).then(next) : next(value);
}

/** `try` and `catch` around work that may fail at once or later. */
export function rescue<T>(
  work: () => Eventual<T>,
  onFailure: (error: unknown) => Eventual<T>,
): Eventual<T> {
  try {
    const value = work();
    return isPending(value) ? Promise.resolve(value).catch(onFailure) : value;
  } catch (error) {
    return onFailure(error);
  }
}

/**
 * `try` and `finally` around such work. `conclude` is told the value of the work, or nothing if it failed,
 * and what comes of the work comes when `conclude` is done.
 */
export function lastly<T>(
  work: () => Eventual<T>,
  conclude: (result: { readonly value: T } | undefined) => Eventual<void>,
): Eventual<T> {
  let value: Eventual<T>;
  try {
    value = work();
  } catch (error) {
    return failed(error);
  }
  return isPending(value) ? Promise.resolve(value).then(succeeded, failed) : succeeded(value);

  function succeeded(value: T): Eventual<T> {
    return whenDone(conclude({ value }), () => value);
  }

  function failed(error: unknown): Eventual<T> {
    return whenDone(conclude(undefined), () => {
      throw error;
    });
  }
}
