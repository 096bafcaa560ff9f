import { spawn } from 'node:child_process';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../free-port.ts';
import { type Failure, failures } from './failure.ts';
import { type ForwardedRequest, headersFor } from './http-function.ts';
import { responseOf } from './http-response.ts';
import type { Completion, Instance, InstanceOptions } from './instance.ts';
import { INIT_TIMEOUT_SECONDS } from './limits.ts';
import { createLineReader } from './lines.ts';
import { residentMb } from './memory.ts';
import type { FunctionSpec } from './spec.ts';
import { takesConnections } from './takes-connections.ts';

export interface HttpInstanceOptions extends Omit<InstanceOptions, 'bootstrap'> {
  /** The file that moves the clock inside the process; see `http-clock.ts`. */
  readonly clockFile: string;
}

const LOOK_MS = 5;
const MEMORY_CHECK_MS = 50;
const CLOCK_TOLERANCE_MS = 20;
/** Between SIGTERM and SIGKILL. */
const END_WITHIN_MS = 3_000;

/**
 * One process of an HTTP function: `scf_bootstrap` is started, and requests are passed on to the port
 * on which its server listens, many at a time. It is stopped while no request is in flight, unless it is
 * a container, or open to a debugger.
 */
export function startHttpInstance(spec: FunctionSpec, options: HttpInstanceOptions): Instance {
  const { memoryMb, timeoutSeconds, initTimeoutSeconds = INIT_TIMEOUT_SECONDS } = spec;
  const { isContainer = false } = spec.httpFunction ?? {};
  const { inspectPort } = spec;
  const runsOn = isContainer || inspectPort !== undefined;
  const inspection = inspectPort === undefined ? '' : ` --inspect=127.0.0.1:${inspectPort}`;
  const startedAt = performance.now();
  let pid = 0;
  let port = 0;
  let inFlight = 0;
  let isHeld = false;
  let peakMb = 0;
  /** Why the process is gone, or is about to be. */
  let end: Failure | undefined;
  let toldOffsetMs = 0;
  let orders: Duplex | undefined;
  /** Settles when the process has heard of all that was told. */
  let told = Promise.resolve();
  let acknowledged: () => void = () => {};
  const aborted = new AbortController();
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  let markGone = () => {};
  const gone = new Promise<void>((resolve) => {
    markGone = resolve;
  });
  const started = start();
  let isCold = true;

  return {
    get pid() {
      return pid;
    },
    async run(event, context) {
      const failed = await started;
      const cold = isCold ? { initMs: performance.now() - startedAt } : {};
      isCold = false;
      if (failed) return { failure: failed, ms: 0, memoryMb: peakMb, isLast: true, ...cold };
      inFlight += 1;
      if (inFlight === 1 && !isHeld) signal('SIGCONT');
      const calledAt = performance.now();
      const outcome = await forward(JSON.parse(event), JSON.parse(context));
      inFlight -= 1;
      peakMb = Math.max(peakMb, residentMb(pid) ?? 0);
      if (inFlight === 0 && !end && !runsOn) signal('SIGSTOP');
      const ms = performance.now() - calledAt;
      return { ...outcome, ms, memoryMb: peakMb, isLast: end !== undefined, ...cold };
    },
    freeze() {
      isHeld = true;
      signal('SIGSTOP');
    },
    thaw() {
      isHeld = false;
      if (inFlight > 0 || runsOn) signal('SIGCONT');
    },
    kill() {
      signal('SIGKILL');
      return gone;
    },
    async end() {
      signal('SIGCONT');
      signal('SIGTERM');
      const late = delay(END_WITHIN_MS, undefined, { ref: false }).then(() => signal('SIGKILL'));
      await Promise.race([gone, late.then(() => gone)]);
    },
    gone,
  };

  /** Resolves when the server takes connections, or with why it never will. */
  async function start(): Promise<Failure | undefined> {
    port = await freePort();
    const [command, ...args] = isContainer ? [process.execPath, 'server.js'] : ['./scf_bootstrap'];
    const child = spawn(command, args, {
      cwd: path.dirname(spec.bundle),
      env: {
        ...options.env,
        PORT: String(port),
        NODE_OPTIONS: `--max-old-space-size=${memoryMb} --require=${options.clockFile}${inspection}`,
      },
      // Makes it the leader of a process group.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, stdout, stderr, channel] = child.stdio as unknown as [
      null,
      Readable,
      Readable,
      Duplex,
    ];
    pid = child.pid ?? 0;
    if (pid) options.onStart?.(pid);
    orders = channel;
    channel.on('error', () => {});
    channel.on('data', () => acknowledged());
    for (const [name, stream] of [
      ['stdout', stdout],
      ['stderr', stderr],
    ] as const) {
      const lines = createLineReader((line) => options.onLine(name, line));
      stream.setEncoding('utf8').on('data', (text: string) => lines.push(text));
      stream.on('end', () => lines.flush());
    }
    const over = (how: string) => {
      end ??= failures.exited(how);
      aborted.abort();
      agent.destroy();
      markGone();
    };
    // Others of its group may hold the pipes, and `close` waits for those.
    child.on('exit', () => signal('SIGKILL'));
    child.on('error', (error) => over(error.message));
    child.on('close', (code, by) => over(by ? `signal ${by}` : `exit code ${code}`));

    const until = startedAt + initTimeoutSeconds * 1_000;
    while (!(await takesConnections(port))) {
      if (end) return end;
      if (performance.now() > until) {
        end = failures.initTimeLimit(initTimeoutSeconds);
        signal('SIGKILL');
        return end;
      }
      await delay(LOOK_MS);
    }
    return undefined;
  }

  async function forward(
    request: ForwardedRequest,
    context: { readonly request_id: string },
  ): Promise<Pick<Completion & { result: unknown }, 'result'> | { readonly failure: Failure }> {
    const late = AbortSignal.timeout(timeoutSeconds * 1_000);
    const watch = setInterval(checkMemory, MEMORY_CHECK_MS);
    try {
      await tellClock();
      const { env } = options;
      const platform = {
        'x-scf-request-id': context.request_id,
        'x-scf-remote-addr': '127.0.0.1',
        'x-scf-secret-id': env.TENCENTCLOUD_SECRETID,
        'x-scf-secret-key': env.TENCENTCLOUD_SECRETKEY,
        'x-scf-session-token': env.TENCENTCLOUD_SESSIONTOKEN,
      };
      const headers = headersFor(request, isContainer ? {} : platform);
      const { method, url: path } = request;
      const signal = AbortSignal.any([late, aborted.signal]);
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const target = { host: '127.0.0.1', port, method, path, headers, agent, signal };
        httpRequest(target, resolve).on('error', reject).end(Buffer.from(request.body, 'base64'));
      });
      return await responseOf(response);
    } catch (error) {
      if (late.aborted) return { failure: failures.timeLimit(timeoutSeconds) };
      // A broken connection is the first sign of a process that has gone.
      await Promise.race([gone, delay(100, undefined, { ref: false })]);
      return { failure: end ?? failures.badGateway(String(error)) };
    } finally {
      clearInterval(watch);
    }
  }

  function checkMemory(): void {
    peakMb = Math.max(peakMb, residentMb(pid) ?? 0);
    if (peakMb <= memoryMb || end) return;
    end = failures.memoryLimit(memoryMb);
    signal('SIGKILL');
  }

  /** Moves the time inside the process, if it has moved outside, before it sees the request. */
  function tellClock(): Promise<unknown> {
    const offsetMs = options.clockOffsetMs?.() ?? 0;
    // Two looks at the clock, one after the other, may lie on either side of a millisecond.
    if (Math.abs(offsetMs - toldOffsetMs) > CLOCK_TOLERANCE_MS) {
      toldOffsetMs = offsetMs;
      told = told.then(
        () =>
          new Promise<void>((resolve) => {
            acknowledged = resolve;
            orders?.write(`${offsetMs}\n`);
          }),
      );
    }
    return Promise.race([told, gone]);
  }

  function signal(name: NodeJS.Signals): void {
    if (!pid) return;
    try {
      process.kill(-pid, name);
    } catch {
      // The whole group is gone already.
    }
  }
}
