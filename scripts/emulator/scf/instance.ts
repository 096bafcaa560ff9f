import path from 'node:path';
import { type Failure, failures } from './failure.ts';
import { INIT_TIMEOUT_SECONDS } from './limits.ts';
import type { FunctionSpec } from './spec.ts';
import { type Answer, startWorker, type WorkerOptions } from './worker-process.ts';

/** How one event ended. */
export type Completion = {
  /** From handing over the event to its answer, without the cold start. */
  readonly ms: number;
  /** Only for the event that waited for the cold start: from starting the process to being ready. */
  readonly initMs?: number;
  readonly memoryMb: number;
  /** The process is of no more use and must be killed, if it still lives. */
  readonly isLast: boolean;
} & ({ readonly result: unknown } | { readonly failure: Failure });

/** One process of a function: cold until its first event, then frozen between events. */
export interface Instance {
  readonly pid: number;
  /**
   * Takes one event, or one request of an HTTP function. The event before must have ended; there may be
   * as many requests at a time as the function allows. Both arguments are JSON. Never rejects.
   */
  run(event: string, context: string): Promise<Completion>;
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** As the platform ends an instance that it no longer needs: with SIGTERM first, where it does that. */
  end(): Promise<void>;
  /** Resolves when the process is gone, for whatever reason. */
  readonly gone: Promise<void>;
}

export interface InstanceOptions
  extends Pick<WorkerOptions, 'bootstrap' | 'env' | 'onLine' | 'onSocket'> {
  /** How far the function's time is ahead of the machine's; 0 unless given. */
  readonly clockOffsetMs?: () => number;
  /** Hears the id of the process as soon as there is one. */
  readonly onStart?: (pid: number) => void;
}

export function startInstance(spec: FunctionSpec, options: InstanceOptions): Instance {
  const startedAt = performance.now();
  const { memoryMb, timeoutSeconds, initTimeoutSeconds = INIT_TIMEOUT_SECONDS } = spec;
  const worker = startWorker({ ...options, memoryMb, cwd: path.dirname(spec.bundle) });
  let isLoaded = false;
  if (worker.pid) options.onStart?.(worker.pid);

  return {
    pid: worker.pid,
    async run(event, context) {
      const cold: ColdStart = isLoaded ? {} : await load();
      const { initMs } = cold;
      const start = initMs === undefined ? {} : { initMs };
      if (cold.failure)
        return {
          ...start,
          failure: cold.failure,
          ms: 0,
          memoryMb: cold.memoryMb ?? 0,
          isLast: true,
        };
      worker.signal('SIGCONT');
      const calledAt = performance.now();
      const { answer, peakMb } = await worker.exchange(
        { kind: 'event', event, context, clockOffsetMs: options.clockOffsetMs?.() ?? 0 },
        timeoutSeconds * 1000,
      );
      const elapsedMs = performance.now() - calledAt;
      if (!('usage' in answer)) {
        const failure = failureOf(answer, timeoutSeconds, failures.timeLimit);
        return { failure, ms: elapsedMs, memoryMb: peakMb, isLast: true, ...start };
      }
      worker.signal('SIGSTOP');
      const { ms, rssBytes } = answer.usage;
      const memoryMb = Math.max(peakMb, rssBytes / (1024 * 1024));
      return { ...outcomeOf(answer), ms, memoryMb, isLast: false, ...start };
    },
    freeze: () => worker.signal('SIGSTOP'),
    thaw: () => worker.signal('SIGCONT'),
    kill: worker.kill,
    end: worker.kill,
    gone: worker.gone,
  };

  async function load(): Promise<ColdStart> {
    const exportName = spec.handler.slice(spec.handler.indexOf('.') + 1);
    const { answer, peakMb } = await worker.exchange(
      { kind: 'load', bundle: spec.bundle, exportName },
      initTimeoutSeconds * 1000,
    );
    const initMs = performance.now() - startedAt;
    if (answer.kind !== 'loaded') {
      const failure = failureOf(answer, initTimeoutSeconds, failures.initTimeLimit);
      return { failure, initMs, memoryMb: peakMb };
    }
    isLoaded = true;
    return { initMs };
  }

  function failureOf(answer: Answer, seconds: number, late: (seconds: number) => Failure): Failure {
    switch (answer.kind) {
      case 'late':
        return late(seconds);
      case 'out-of-memory':
        return failures.memoryLimit(memoryMb);
      case 'load-failed':
        return failures.userCode(answer.fault);
      case 'no-handler':
        return failures.noHandler(spec.handler);
      case 'exit':
        return failures.exited(answer.how);
      default:
        throw new Error(`An instance answered "${answer.kind}" out of turn.`);
    }
  }
}

interface ColdStart {
  readonly initMs?: number;
  readonly failure?: Failure;
  readonly memoryMb?: number;
}

function outcomeOf(answer: Extract<Answer, { usage: unknown }>) {
  switch (answer.kind) {
    case 'done':
      return { result: JSON.parse(answer.result) as unknown };
    case 'failed':
      return { failure: failures.userCode(answer.fault) };
    case 'too-large':
      return { failure: failures.resultTooLarge() };
  }
}
