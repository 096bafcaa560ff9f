import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { createAsyncQueue } from './async-queue.ts';
import { compileBootstrap } from './compile-bootstrap.ts';
import { type Failure, failures } from './failure.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from './gateway.ts';
import { isForwardedRequest } from './http-function.ts';
import type { InvocationRecord, InvokeOptions, InvokeOutcome, LogLine } from './invocation.ts';
import { type Call, createInvoker } from './invoker.ts';
import { ASYNC_EVENT_BYTES, SYNC_EVENT_BYTES } from './limits.ts';
import { accepted, refused } from './outcome.ts';
import type { InstanceInfo, Member } from './pool.ts';
import { type AsyncInvokeSpec, checkSpec, type FunctionSpec, type TimerSpec } from './spec.ts';
import { createTimers, timerEvent } from './timers.ts';
import { createWatchdog } from './watchdog.ts';

export interface ScfOptions {
  readonly functions: readonly FunctionSpec[];
  /** Default `default`; on CloudBase the id of the environment. */
  readonly namespace?: string;
  /** Default `ap-shanghai`. */
  readonly region?: string;
  /** Further variables that the platform sets in every instance (TENCENTCLOUD_…, TCB_…). */
  readonly platformEnv?: Readonly<Record<string, string>>;
  /** For retries, timers and the recycling of idle instances; the limits run in real time. */
  readonly clock?: Clock;
  /** How far the time inside the functions is ahead of the machine's; 0 unless given. */
  readonly clockOffsetMs?: () => number;
  /** Per function; default 20. */
  readonly maxInstances?: number;
  /** How long an idle instance is kept; default 10 minutes. */
  readonly idleMs?: number;
  readonly onLog?: (line: LogLine) => void;
  readonly onInvocation?: (record: InvocationRecord) => void;
  /** No gateway unless given. */
  readonly gateway?: GatewayOptions;
}

export interface ScfEmulator {
  /** Of the gateway, such as `http://127.0.0.1:8800`; null without one. */
  readonly url: string | null;
  /** Never rejects: a failure is an outcome. `event` must be plain JSON. */
  invoke(name: string, event: unknown, options?: InvokeOptions): Promise<InvokeOutcome>;
  /**
   * Fires a timer now, enabled or not, and resolves with the outcome of the first attempt. `name` is
   * the timer's, or `function/timer` where two functions have one of that name.
   *
   * @throws Error unless there is exactly one.
   */
  fireTimer(name: string): Promise<InvokeOutcome>;
  instances(): InstanceInfo[];
  /**
   * The invocation that has sent something from this port of the machine: what its instance works on, or
   * did last. HTTP functions work on many at a time, so theirs are not known.
   */
  requestOf(port: number): string | undefined;
  /** The functions as they run now. */
  functions(): readonly FunctionSpec[];
  /** Kills an instance; an event it was working on fails. */
  kill(id: string): Promise<void>;
  /** Stops an instance by hand, also in the middle of an event; it gets no event until thawed. */
  freeze(id: string): void;
  thaw(id: string): void;
  /** New events go to new instances; running ones end on the old bundle. */
  reload(name: string, changes?: Partial<Omit<FunctionSpec, 'name'>>): Promise<void>;
  /** Deploys one more function. @throws Error if it is described wrongly or is there already. */
  add(spec: FunctionSpec): void;
  /** Ends its timers and instances; an event that it was working on fails. */
  remove(name: string): Promise<void>;
  /** Ends every process and the gateway. */
  close(): Promise<void>;
}

/** @throws Error if a function is described wrongly or the gateway's port is taken. */
export async function createScf(options: ScfOptions): Promise<ScfEmulator> {
  const namespace = options.namespace ?? 'default';
  const clock = options.clock ?? systemClock;
  const watchdog = createWatchdog();
  const invoker = createInvoker({
    functions: options.functions,
    place: {
      namespace,
      region: options.region ?? 'ap-shanghai',
      platformEnv: options.platformEnv ?? {},
    },
    bootstrap: await compileBootstrap('bootstrap'),
    clockFile: await compileBootstrap('http-clock'),
    watchdog,
    clock,
    maxInstances: options.maxInstances ?? 20,
    idleMs: options.idleMs ?? 600_000,
    clockOffsetMs: options.clockOffsetMs ?? (() => 0),
    onLog: options.onLog ?? (() => {}),
    onInvocation: options.onInvocation ?? (() => {}),
  });
  const queue = createAsyncQueue(clock, invoker.attempt);
  const timers = createTimers(clock, (name, timer, at) => void fire(name, timer, at));
  const gateway: RunningGateway | undefined =
    options.gateway &&
    (await startGateway({ ...options.gateway, now: clock.now, namespace, specs, invoke }));
  let closing: Promise<void> | undefined;
  for (const spec of specs()) timers.set(spec);

  return {
    url: gateway?.url ?? null,
    invoke,
    fireTimer,
    requestOf: invoker.requestOf,
    instances: () => members().map(({ info }) => info),
    functions: specs,
    kill: (id) => member(id).kill(),
    freeze: (id) => member(id).freeze(),
    thaw: (id) => member(id).thaw(),
    async reload(name, changes = {}) {
      const pool = invoker.pool(name);
      const spec = { ...pool.spec, ...changes };
      checkSpec(spec);
      timers.set(spec);
      await pool.replace(spec);
    },
    add(spec) {
      invoker.add(spec);
      timers.set(spec);
    },
    async remove(name) {
      timers.forget(name);
      await invoker.remove(name);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    timers.close();
    queue.close();
    await gateway?.close();
    await Promise.all([...invoker.pools()].map((pool) => pool.close()));
    await watchdog.close();
  }

  async function invoke(name: string, event: unknown, options: InvokeOptions = {}) {
    const call = callOf(name, event, options);
    if ('ok' in call) return call;
    if (options.type !== 'async') return invoker.attempt(call, 1);
    void queue.submit(call, rulesOf(name));
    return accepted(call.requestId);
  }

  /** Unlike `invoke`, resolves when the first attempt has ended. */
  async function fire(name: string, timer: TimerSpec, at: number): Promise<InvokeOutcome> {
    const environ = { TRIGGER_SRC: 'timer' };
    const call = callOf(name, timerEvent(timer, at), { type: 'async', environ, source: 'timer' });
    return 'ok' in call ? call : queue.submit(call, rulesOf(name));
  }

  async function fireTimer(name: string): Promise<InvokeOutcome> {
    const known = specs().flatMap(({ name: owner, timers = [] }) =>
      timers.map((timer) => ({ owner, timer, path: `${owner}/${timer.name}` })),
    );
    const [found, ...others] = known.filter(({ timer, path }) => [timer.name, path].includes(name));
    if (!found || others.length > 0) {
      const names = known.map(({ path }) => path).join(', ');
      throw new Error(`"${name}" is not one timer. There is: ${names || 'none'}.`);
    }
    return fire(found.owner, found.timer, clock.now());
  }

  /** The call, or why there can be none. */
  function callOf(name: string, event: unknown, options: InvokeOptions): Call | InvokeOutcome {
    const { type = 'sync', environ = {}, source = 'invoke' } = options;
    const requestId = randomUUID();
    const refuse = (failure: Failure) => refused(requestId, failure);
    if (closing) return refuse(failures.closed());
    const spec = specs().find((each) => each.name === name);
    if (!spec) return refuse(failures.noFunction(name));
    if (spec.httpFunction && !isForwardedRequest(event)) return refuse(failures.notHttp(name));
    const json = toJson(event);
    if (typeof json !== 'string') return refuse(failures.notJson(json.reason));
    const bytes = Buffer.byteLength(json);
    const limit = type === 'sync' ? SYNC_EVENT_BYTES : ASYNC_EVENT_BYTES;
    if (bytes > limit) return refuse(failures.eventTooLarge(bytes, limit));
    return { requestId, function: name, event: json, environ, source };
  }

  function rulesOf(name: string): AsyncInvokeSpec {
    return specs().find((spec) => spec.name === name)?.asyncInvoke ?? {};
  }

  function specs(): FunctionSpec[] {
    return [...invoker.pools()].map(({ spec }) => spec);
  }

  function members(): Member[] {
    return [...invoker.pools()].flatMap((pool) => [...pool.members()]);
  }

  function member(id: string): Member {
    const found = members().find(({ info }) => info.id === id);
    if (!found) throw new Error(`No instance ${id}.`);
    return found;
  }
}

function toJson(event: unknown): string | { reason: string } {
  try {
    return JSON.stringify(event) ?? 'null';
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
