import type { Clock } from '../../../shared/kernel/clock.ts';
import { contextOf, type Place, processEnv } from './environment.ts';
import { type Failure, failures } from './failure.ts';
import { type Completion, startInstance } from './instance.ts';
import type { InvocationRecord, InvokeOutcome, LogLine } from './invocation.ts';
import { createPool, type Member, type Pool } from './pool.ts';
import { checkSpec, type FunctionSpec } from './spec.ts';
import type { Watchdog } from './watchdog.ts';

export interface InvokerOptions {
  readonly functions: readonly FunctionSpec[];
  readonly place: Place;
  readonly bootstrap: string;
  readonly watchdog: Watchdog;
  readonly clock: Clock;
  readonly maxInstances: number;
  readonly idleMs: number;
  readonly onLog: (line: LogLine) => void;
  readonly onInvocation: (record: InvocationRecord) => void;
}

/** One attempt at one event. */
export interface Call {
  readonly requestId: string;
  readonly function: string;
  /** JSON. */
  readonly event: string;
  readonly environ: Readonly<Record<string, string>>;
  readonly source: string;
  readonly attempt: number;
}

/** Finds or starts an instance for each call, and writes the platform's part of the log. */
export interface Invoker {
  /** Never rejects. */
  call(call: Call): Promise<InvokeOutcome>;
  /** @throws Error for an unknown name. */
  pool(name: string): Pool;
  pools(): Iterable<Pool>;
}

export function createInvoker(options: InvokerOptions): Invoker {
  const { place, bootstrap, watchdog, clock, maxInstances, idleMs, onLog, onInvocation } = options;
  const pools = new Map<string, Pool>();
  /** What each instance is working on, or did last. */
  const requestIds = new Map<string, string>();

  for (const spec of options.functions) {
    checkSpec(spec);
    if (pools.has(spec.name)) throw new Error(`Function ${spec.name} is given twice.`);
    pools.set(
      spec.name,
      createPool({ spec, start, maxInstances, idleMs, clock, onGone: watchdog.forget }),
    );
  }

  return {
    async call(call) {
      const pool = pools.get(call.function);
      if (!pool) return record(call, refused(call, failures.noFunction(call.function)));
      const member = pool.take();
      if (!member) {
        return record(call, refused(call, failures.noInstance(call.function, maxInstances)));
      }
      return record(call, await run(call, member, pool.spec));
    },
    pool(name) {
      const pool = pools.get(name);
      if (!pool) throw new Error(`No function ${name}. There is: ${[...pools.keys()].join(', ')}.`);
      return pool;
    },
    pools: () => pools.values(),
  };

  function start(spec: FunctionSpec, id: string) {
    const instance = startInstance(spec, {
      bootstrap,
      env: processEnv(spec, place),
      onLine: (stream, line) => log(id, spec.name, stream, line),
    });
    watchdog.watch(instance.pid);
    return instance;
  }

  async function run(call: Call, member: Member, spec: FunctionSpec): Promise<InvokeOutcome> {
    const { requestId } = call;
    const { id } = member.info;
    requestIds.set(id, requestId);
    const platform = (line: string) => log(id, spec.name, 'platform', line);
    platform(`START RequestId:${requestId}`);
    const context = contextOf(spec, place, requestId, call.environ);
    const completion = await member.run(call.event, JSON.stringify(context));
    const outcome = outcomeOf(requestId, id, completion);
    // SCF writes what an event function returns into its log, and that cannot be switched off.
    platform(`Response RequestId:${requestId} RetMsg:${JSON.stringify(answerOf(outcome))}`);
    platform(`END RequestId:${requestId}`);
    platform(reportOf(outcome, spec.memoryMb));
    return outcome;
  }

  function log(instance: string, name: string, stream: LogLine['stream'], line: string) {
    onLog({ function: name, instance, requestId: requestIds.get(instance) ?? '', stream, line });
  }

  function record(call: Call, outcome: InvokeOutcome): InvokeOutcome {
    const { source, attempt } = call;
    onInvocation({ function: call.function, source, attempt, outcome });
    return outcome;
  }
}

/** An outcome without an instance. */
export function refused({ requestId }: { requestId: string }, error: Failure): InvokeOutcome {
  return { ok: false, error, requestId, ms: 0, billedMs: 0, memoryMb: 0, cold: false, initMs: 0 };
}

function outcomeOf(requestId: string, instance: string, completion: Completion): InvokeOutcome {
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

function reportOf(outcome: InvokeOutcome, memoryMb: number): string {
  const { requestId, ms, cold, initMs } = outcome;
  return [
    `Report RequestId:${requestId}`,
    `Duration:${ms.toFixed(0)}ms`,
    `Memory:${memoryMb}MB`,
    `MemUsage:${outcome.memoryMb.toFixed(2)}MB`,
    ...(cold ? [`Coldstart:${initMs.toFixed(0)}ms`] : []),
  ].join(' ');
}
