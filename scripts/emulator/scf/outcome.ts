import type { Failure } from './failure.ts';
import type { Completion } from './instance.ts';
import type { InvokeOutcome } from './invocation.ts';

/** An outcome without an instance. */
export function refused(requestId: string, error: Failure): InvokeOutcome {
  return { ok: false, error, requestId, ...UNUSED };
}

/** What the caller of an async event gets: it will run, its result will be known to nobody. */
export function accepted(requestId: string): InvokeOutcome {
  return { ok: true, result: null, requestId, ...UNUSED };
}

const UNUSED = { ms: 0, billedMs: 0, memoryMb: 0, cold: false, initMs: 0 } as const;

export function outcomeOf(
  requestId: string,
  instance: string,
  completion: Completion,
): InvokeOutcome {
  const { ms, initMs, memoryMb } = completion;
  const measures = {
    requestId,
    instance,
    ms,
    billedMs: Math.ceil(ms),
    memoryMb,
    cold: initMs !== undefined,
    initMs: initMs ?? 0,
  };
  return 'failure' in completion
    ? { ...measures, ok: false, error: completion.failure }
    : { ...measures, ok: true, result: completion.result };
}

/** What a caller gets: the result, or the failure as JSON. */
export function answerOf(outcome: InvokeOutcome): unknown {
  if (outcome.ok) return outcome.result;
  const { errorCode, errorMessage, statusCode, stackTrace } = outcome.error;
  const { requestId } = outcome;
  return { errorCode, errorMessage, requestId, statusCode, ...(stackTrace ? { stackTrace } : {}) };
}

/** The line that SCF writes last. */
export function reportOf(outcome: InvokeOutcome, memoryMb: number): string {
  const { requestId, ms, cold, initMs } = outcome;
  return [
    `Report RequestId:${requestId}`,
    `Duration:${ms.toFixed(0)}ms`,
    `Memory:${memoryMb}MB`,
    `MemUsage:${outcome.memoryMb.toFixed(2)}MB`,
    ...(cold ? [`Coldstart:${initMs.toFixed(0)}ms`] : []),
  ].join(' ');
}
