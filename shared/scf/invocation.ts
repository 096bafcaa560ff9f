import type { App } from '../kernel/app.ts';
import { type Eventual, lastly } from '../kernel/eventual.ts';
import type { HttpResponse } from '../kernel/http.ts';
import { isRecord } from '../kernel/record.ts';

/** WeChat hangs up after 5 s, and the other callers wait no longer than that either. */
const PATIENCE_MS = 4_800;

/** How a request by HTTP is judged, and how long its caller waits. */
export const httpInvocation = {
  patienceMs: PATIENCE_MS,
  isFailure: ({ status }: HttpResponse) => status >= 500,
};

/** The platform's id of an invocation, out of the `context` argument. */
export function requestIdOf(context: unknown): string | undefined {
  return isRecord(context) && typeof context.request_id === 'string'
    ? context.request_id
    : undefined;
}

/**
 * Runs one invocation, logs how it ended, and lets the app finish. Finishing takes no longer than
 * what is left of the time that the caller waits.
 */
export function invocation<Result>(
  { clock, log, finish }: App,
  requestId: string | undefined,
  run: () => Eventual<Result>,
  { patienceMs = Number.POSITIVE_INFINITY, isFailure = (_: Result): boolean => false } = {},
): Eventual<Result> {
  const startedAt = clock.now();
  return lastly(run, (result) => {
    const ms = clock.now() - startedAt;
    const reason = result && !isFailure(result.value) ? 'ok' : 'failed';
    log.debug('invocation over', { requestId, reason, ms });
    return finish?.(patienceMs - ms);
  });
}
