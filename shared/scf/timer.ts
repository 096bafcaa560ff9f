import type { TimerApp } from '../kernel/app.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { isRecord } from '../kernel/record.ts';
import { startTimeLimit } from '../kernel/time-limit.ts';
import { refuseClients } from './guard.ts';
import { invocation, requestIdOf } from './invocation.ts';

/** The signal comes this long before the platform ends the instance, so that the log can still tell. */
const MARGIN_MS = 2_000;

/**
 * Makes an app into the `main` of a function with a timer, which may also be invoked by hand. A tick
 * that fails throws: no caller reads the answer to a timer, but the platform counts failures, alerts,
 * and tries again. Ticks may overlap.
 *
 * @param createApp called by the first invocation, so that a bad configuration fails that invocation
 * with a message.
 */
export function timerFunction<Report>(
  createApp: () => TimerApp<Report>,
): (event: unknown, context: unknown) => Promise<Report> {
  let app: TimerApp<Report> | undefined;
  return async (_event, context) => {
    const open = () => {
      app ??= createApp();
      return app;
    };
    refuseClients(context, () => open().invokeSources ?? []);
    const current = open();
    const { clock, log, tick } = current;
    const requestId = requestIdOf(context);
    const startedAt = clock.now();
    const limit = startLimit(clock, context);
    try {
      const work = () => tick(limit.signal, limit.untilMs);
      const report = await invocation(current, requestId, work);
      log.info('tick done', { requestId, ms: clock.now() - startedAt });
      return report;
    } catch (error) {
      log.error('tick failed', { requestId, ms: clock.now() - startedAt, error });
      throw error;
    } finally {
      limit.end();
    }
  };
}

function startLimit(clock: Clock, context: unknown) {
  const limitMs = isRecord(context) ? context.time_limit_in_ms : undefined;
  if (typeof limitMs !== 'number') {
    return { signal: new AbortController().signal, untilMs: undefined, end: () => {} };
  }
  const untilMs = clock.now() + limitMs;
  const limit = startTimeLimit(
    clock,
    Math.max(0, limitMs - MARGIN_MS),
    () => new AppError('timeout', `The function's time limit of ${limitMs} ms is about to pass.`),
  );
  return { ...limit, untilMs };
}
