import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';

/** What every invocation needs of its app. */
export interface Invoked {
  readonly clock: Clock;
  readonly log: Log;
  /** Awaited at the end: once the handler's promise settles, the process may be frozen. */
  readonly rest?: (withinMs?: number) => Promise<void>;
}

/**
 * Runs one invocation, tells the log how it ended, and lets the app come to rest.
 * The rest takes no more than what is left of the caller's patience.
 */
export async function invocation<Result>(
  { clock, log, rest }: Invoked,
  requestId: string | undefined,
  run: () => Promise<Result>,
  { patienceMs = Number.POSITIVE_INFINITY, isFailure = (_: Result): boolean => false } = {},
): Promise<Result> {
  const startedAt = clock.now();
  let reason: 'ok' | 'failed' = 'failed';
  try {
    const result = await run();
    if (!isFailure(result)) reason = 'ok';
    return result;
  } finally {
    const ms = clock.now() - startedAt;
    log.debug('invocation over', { requestId, reason, ms });
    await rest?.(patienceMs - ms);
  }
}
