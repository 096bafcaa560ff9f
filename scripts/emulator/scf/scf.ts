import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { compileBootstrap } from './compile-bootstrap.ts';
import type { Failure } from './failure.ts';
import { failures } from './failure.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from './gateway.ts';
import type { InvocationRecord, InvokeOptions, InvokeOutcome, LogLine } from './invocation.ts';
import { createInvoker, refused } from './invoker.ts';
import { ASYNC_EVENT_BYTES, SYNC_EVENT_BYTES } from './limits.ts';
import type { InstanceInfo, Member } from './pool.ts';
import type { FunctionSpec } from './spec.ts';
import { startWatchdog } from './watchdog.ts';

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
  instances(): InstanceInfo[];
  /** Kills an instance; an event it was working on fails. */
  kill(id: string): Promise<void>;
  /** Stops an instance by hand, also in the middle of an event; it gets no event until thawed. */
  freeze(id: string): void;
  thaw(id: string): void;
  /** New events go to new instances; running ones end on the old bundle. */
  reload(name: string, changes?: Partial<Omit<FunctionSpec, 'name'>>): Promise<void>;
  /** Ends every process and the gateway. */
  close(): Promise<void>;
}

/** @throws Error if a function is described wrongly or the gateway's port is taken. */
export async function createScf(options: ScfOptions): Promise<ScfEmulator> {
  const namespace = options.namespace ?? 'default';
  const watchdog = startWatchdog();
  const invoker = createInvoker({
    functions: options.functions,
    place: {
      namespace,
      region: options.region ?? 'ap-shanghai',
      platformEnv: options.platformEnv ?? {},
    },
    bootstrap: await compileBootstrap(),
    watchdog,
    clock: options.clock ?? systemClock,
    maxInstances: options.maxInstances ?? 20,
    idleMs: options.idleMs ?? 600_000,
    onLog: options.onLog ?? (() => {}),
    onInvocation: options.onInvocation ?? (() => {}),
  });
  const gateway: RunningGateway | undefined =
    options.gateway && (await startGateway({ ...options.gateway, namespace, specs, invoke }));
  let isClosed = false;

  return {
    url: gateway?.url ?? null,
    invoke,
    instances: () => members().map(({ info }) => info),
    kill: (id) => member(id).kill(),
    freeze: (id) => member(id).freeze(),
    thaw: (id) => member(id).thaw(),
    async reload(name, changes = {}) {
      const pool = invoker.pool(name);
      await pool.replace({ ...pool.spec, ...changes });
    },
    async close() {
      isClosed = true;
      await gateway?.close();
      await Promise.all([...invoker.pools()].map((pool) => pool.close()));
      await watchdog.close();
    },
  };

  async function invoke(name: string, event: unknown, options: InvokeOptions = {}) {
    const { type = 'sync', environ = {}, source = 'invoke' } = options;
    const requestId = randomUUID();
    const refuse = (error: Failure) => refused({ requestId }, error);
    if (isClosed) return refuse(failures.closed());
    const json = toJson(event);
    if (typeof json !== 'string') return refuse(failures.notJson(json.reason));
    const bytes = Buffer.byteLength(json);
    const limit = type === 'sync' ? SYNC_EVENT_BYTES : ASYNC_EVENT_BYTES;
    if (bytes > limit) return refuse(failures.eventTooLarge(bytes, limit));
    return invoker.call({ requestId, function: name, event: json, environ, source, attempt: 1 });
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
