const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** A terminal and npm may both pass on one and the same keystroke. */
const SAME_MS = 1_000;
const INTERRUPTED = 130;

/** A command that was stopped by a signal, after it has left everything in order. */
export class Interrupted extends Error {}

/**
 * Runs what must not be left in the middle: the first signal aborts `signal`, on which the work ends
 * what it has in hand and stops. A second one ends the process at once.
 *
 * The process ends here, because the framework takes a later error for one of its own bugs.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  tell: (line: string) => void,
): Promise<T> {
  const stop = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (stop.signal.aborted) {
      if (Date.now() - firstAt > SAME_MS) process.exit(INTERRUPTED);
      return;
    }
    firstAt = Date.now();
    tell('Stopping when the functions in hand are done (once more: at once) …');
    stop.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    tell((error as Error).message);
    return process.exit(INTERRUPTED);
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
}
