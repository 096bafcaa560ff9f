import type { Clock } from '../../../shared/kernel/clock.ts';
import { containerEnv, contextOf, type Place, processEnv } from './environment.ts';
import { failures } from './failure.ts';
import { startHttpInstance } from './http-instance.ts';
import { startInstance } from './instance.ts';
import type { InvocationRecord, InvokeOutcome, LogLine } from './invocation.ts';
import { answerOf, outcomeOf, refused, reportOf } from './outcome.ts';
import { createPool, type Member, type Pool } from './pool.ts';
import { checkSpec, type FunctionSpec } from './spec.ts';
import { tellLine, tellSecrets } from './told.ts';
import type { Watchdog } from './watchdog.ts';

/** WeChat itself calls a cloud function: its result is the reply to a follower. */
export const WECHAT_SOURCE = 'wechat';

export interface InvokerOptions {
  readonly functions: readonly FunctionSpec[];
  readonly place: Place;
  readonly bootstrap: string;
  /** What moves the clock in HTTP functions. */
  readonly clockFile: string;
  readonly watchdog: Watchdog;
  readonly clock: Clock;
  readonly maxInstances: number;
  readonly idleMs: number;
  readonly clockOffsetMs: () => number;
  readonly onLog: (line: LogLine) => void;
  readonly onInvocation: (record: InvocationRecord) => void;
}

/** An event for a function, and what the platform knows about where it comes from. */
export interface Call {
  readonly requestId: string;
  readonly function: string;
  /** JSON. */
  readonly event: string;
  readonly environ: Readonly<Record<string, string>>;
  readonly source: string;
}

/** Finds or starts an instance for each call, and writes the platform's part of the log. */
export interface Invoker {
  /** Makes one attempt, numbered from 1, at a call of a function that exists. Never rejects. */
  attempt(call: Call, number: number): Promise<InvokeOutcome>;
  /** @throws Error if the function is described wrongly or is there already. */
  add(spec: FunctionSpec): void;
  /** Ends its instances. @throws Error for an unknown name. */
  remove(name: string): Promise<void>;
  /** The invocation that an event function works on, or did last, by the port of a connection of its. */
  requestOf(port: number): string | undefined;
  /** @throws Error for an unknown name. */
  pool(name: string): Pool;
  pools(): Iterable<Pool>;
}

export function createInvoker(options: InvokerOptions): Invoker {
  const { place, bootstrap, watchdog, clock, maxInstances, idleMs, onLog, onInvocation } = options;
  const pools = new Map<string, Pool>();
  /** What each instance is working on, or did last. */
  const requestIds = new Map<string, string>();
  /** Which instance has opened a connection from each port. */
  const sockets = new Map<number, string>();

  for (const spec of options.functions) add(spec);

  return {
    add,
    async remove(name) {
      const pool = poolOf(name);
      pools.delete(name);
      await pool.close();
    },
    async attempt(call, number) {
      const outcome = await attempt(call);
      const { source } = call;
      onInvocation({ function: call.function, source, attempt: number, outcome });
      return outcome;
    },
    requestOf(port) {
      const instance = sockets.get(port);
      return instance === undefined ? undefined : requestIds.get(instance);
    },
    pool: poolOf,
    pools: () => pools.values(),
  };

  function add(spec: FunctionSpec): void {
    checkSpec(spec);
    tellSecrets({ ...spec.environment, ...place.platformEnv });
    if (pools.has(spec.name)) throw new Error(`Function ${spec.name} is given twice.`);
    pools.set(
      spec.name,
      createPool({ spec, start, maxInstances, idleMs, clock, onGone: watchdog.forget }),
    );
  }

  function poolOf(name: string): Pool {
    const pool = pools.get(name);
    if (!pool) throw new Error(`No function ${name}. There is: ${[...pools.keys()].join(', ')}.`);
    return pool;
  }

  function start(spec: FunctionSpec, id: string) {
    const { isContainer } = spec.httpFunction ?? {};
    const common = {
      env: isContainer ? containerEnv(spec, place) : processEnv(spec, place),
      clockOffsetMs: options.clockOffsetMs,
      onLine: (stream: 'stdout' | 'stderr', line: string) => log(id, spec.name, stream, line),
      onStart: watchdog.watch,
    };
    if (spec.httpFunction) {
      return startHttpInstance(spec, { ...common, clockFile: options.clockFile });
    }
    const onSocket = (port: number, isOpen: boolean) => {
      if (isOpen) sockets.set(port, id);
      else if (sockets.get(port) === id) sockets.delete(port);
    };
    const instance = startInstance(spec, { ...common, bootstrap, onSocket });
    // A process that was killed has closed its connections without a word.
    void instance.gone.then(() => {
      for (const [port, owner] of sockets) if (owner === id) sockets.delete(port);
    });
    return instance;
  }

  async function attempt(call: Call): Promise<InvokeOutcome> {
    const { requestId } = call;
    const pool = pools.get(call.function);
    // A retry may come after its function was removed.
    if (!pool) return refused(requestId, failures.noFunction(call.function));
    const member = pool.take();
    if (!member) return refused(requestId, failures.noInstance(call.function, maxInstances));
    return run(call, member, pool.spec);
  }

  async function run(call: Call, member: Member, spec: FunctionSpec): Promise<InvokeOutcome> {
    const { requestId } = call;
    const { id } = member.info;
    requestIds.set(id, requestId);
    const platform = (line: string, isReply = false) =>
      log(id, spec.name, 'platform', line, isReply);
    platform(`START RequestId:${requestId}`);
    const context = contextOf(spec, place, requestId, call.environ);
    const completion = await member.run(call.event, JSON.stringify(context));
    const outcome = outcomeOf(requestId, id, completion);
    // SCF writes what an event function returns into its log, and that cannot be switched off.
    const response = `Response RequestId:${requestId} RetMsg:${JSON.stringify(answerOf(outcome))}`;
    if (!spec.httpFunction?.isContainer) platform(response, call.source === WECHAT_SOURCE);
    platform(`END RequestId:${requestId}`);
    platform(reportOf(outcome, spec.memoryMb));
    return outcome;
  }

  /** `isReply`: a passive reply of a cloud function names the follower, which no code can keep out of it. */
  function log(
    instance: string,
    name: string,
    stream: LogLine['stream'],
    line: string,
    isReply = false,
  ) {
    // An instance that works on many requests tells of which by itself.
    const [, named] = /"requestId":"([^"]+)"/.exec(line) ?? [];
    const requestId = named ?? requestIds.get(instance) ?? '';
    onLog({ function: name, instance, requestId, stream, line });
    if (!isReply) tellLine(line);
  }
}
