/**
 * Runs inside every instance, below the function's code: the Node.js runtime of SCF. It is bundled
 * to a file of its own and may import nothing but Node's modules and constants.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type { FromInstance, ToInstance, Usage } from './channel.ts';
import { RESULT_BYTES } from './limits.ts';
import { moveClock } from './moved-clock.ts';

type Callback = (error: unknown, data?: unknown) => void;
type Handler = (event: unknown, context: object, callback: Callback) => unknown;
type Outcome = { readonly result: string } | { readonly fault: string };

interface Invocation {
  startedAt: number;
  /** The first outcome stands, whatever comes later. */
  outcome?: Outcome;
  isReported: boolean;
}

const CHANNEL = 3;
const chunk = Buffer.alloc(64 * 1024);
let unread = Buffer.alloc(0);
let current: Invocation = { startedAt: 0, isReported: true };

captureOutput();
tellSockets();
const handler = load();
// A callback that waits, a promise that nobody settles, a plain return, a throw: all end here.
process.on('beforeExit', () => report(current, { result: 'null' }));
process.on('uncaughtException', (error) => report(current, faultOf(error)));
waitForEvent();

function load(): Handler {
  const { bundle, exportName } = receive('load');
  try {
    const exports: Record<string, unknown> = createRequire(bundle)(bundle);
    const found = exports[exportName];
    if (typeof found === 'function') {
      send({ kind: 'loaded' });
      return found as Handler;
    }
    send({ kind: 'no-handler' });
  } catch (error) {
    console.error(error);
    send({ kind: 'load-failed', fault: messageOf(error) });
  }
  // The emulator ends this process; nothing of the half-loaded bundle may run until then.
  for (;;) readChunk();
}

/** Blocks, and with it all that the last invocation left behind: this is the freeze. */
function waitForEvent(): void {
  const { event, context, clockOffsetMs } = receive('event');
  moveClock(clockOffsetMs);
  const invocation: Invocation = { startedAt: performance.now(), isReported: false };
  current = invocation;
  // What an earlier invocation left and is due by now runs first, and may fail this one: between
  // the two immediates the event loop goes through all its timers and sockets once.
  setImmediate(() =>
    setImmediate(() => {
      if (!invocation.isReported) invoke(invocation, event, context);
    }),
  );
}

function invoke(invocation: Invocation, event: string, context: string): void {
  const given = JSON.parse(context) as { environ: string };
  copyToProcessEnv(given.environ);
  invocation.startedAt = performance.now();
  let waits = true;
  let isCalled = false;

  const callback: Callback = (error, data) => {
    if (isCalled) return;
    isCalled = true;
    if (invocation !== current) {
      console.error('[emulator] an earlier invocation ended only now; its outcome is dropped');
      return;
    }
    const outcome = error === null || error === undefined ? resultOf(data) : faultOf(error);
    if (waits) invocation.outcome ??= outcome;
    else report(invocation, outcome);
  };
  const done: Callback = (error, data) => {
    waits = false;
    callback(error, data);
  };
  const succeed = (data: unknown) => done(null, data);
  const fail = (error: unknown) => done(error);
  const helpers = {
    get callbackWaitsForEmptyEventLoop() {
      return waits;
    },
    set callbackWaitsForEmptyEventLoop(value: boolean) {
      waits = value;
    },
    getContext: () => given,
    done,
    succeed,
    fail,
  };

  try {
    const returned = handler(JSON.parse(event), Object.assign(helpers, given), callback);
    if (isThenable(returned)) returned.then(succeed, fail);
  } catch (error) {
    console.error(error);
    invocation.outcome ??= { fault: error instanceof Error ? `${error.stack}` : messageOf(error) };
  }
}

function report(invocation: Invocation, outcome: Outcome): void {
  if (invocation.isReported) return;
  invocation.isReported = true;
  invocation.outcome ??= outcome;
  const final = invocation.outcome;
  process.nextTick(() => {
    const usage: Usage = {
      ms: performance.now() - invocation.startedAt,
      rssBytes: process.memoryUsage.rss(),
    };
    if ('fault' in final) send({ kind: 'failed', fault: final.fault, usage });
    else if (Buffer.byteLength(final.result) > RESULT_BYTES) send({ kind: 'too-large', usage });
    else send({ kind: 'done', result: final.result, usage });
    waitForEvent();
  });
}

function resultOf(data: unknown): Outcome {
  try {
    // A function or a symbol has no JSON.
    return { result: JSON.stringify(data) ?? 'null' };
  } catch (error) {
    return { fault: `stringify response to json failed: ${messageOf(error)}` };
  }
}

function faultOf(error: unknown): Outcome {
  if (!(error instanceof Error)) {
    return { fault: `${messageOf(error)}(callback err is not instance of Error)` };
  }
  console.error(error.stack);
  return { fault: error.message };
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return 'a value without a text';
  }
}

/** Keys are never removed, and a value ends at its second "=": so does the platform. */
function copyToProcessEnv(environ: string): void {
  for (const pair of environ.split(';')) {
    const [name, value = ''] = pair.split('=', 2);
    if (name) process.env[name] = value;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    typeof value === 'object' &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

/**
 * What is written goes through the channel, so that it keeps its place between two events. Node
 * makes the two streams when they are first used, which takes some milliseconds; so does this.
 */
function captureOutput(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const make = Object.getOwnPropertyDescriptor(process, name)?.get;
    let stream: NodeJS.WriteStream | undefined;
    const get = () => {
      stream ??= capture(make?.call(process), name);
      return stream;
    };
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get });
  }
}

function capture(stream: NodeJS.WriteStream, name: 'stdout' | 'stderr'): NodeJS.WriteStream {
  stream.write = (
    data: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    onWritten?: (error?: Error | null) => void,
  ) => {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
    send({ kind: 'output', stream: name, text });
    const after = typeof encoding === 'function' ? encoding : onWritten;
    if (after) process.nextTick(after);
    return true;
  };
  return stream;
}

/** Whoever answers this process knows its port, and by that the invocation that has asked. */
function tellSockets(): void {
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once('connect', () => {
      const { localPort: port } = socket;
      if (port === undefined) return;
      send({ kind: 'socket', port, isOpen: true });
      socket.once('close', () => send({ kind: 'socket', port, isOpen: false }));
    });
  });
}

function send(message: FromInstance): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  try {
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(CHANNEL, bytes, sent);
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}

/** Blocks until the emulator has sent a line. Without an emulator there is nothing to live for. */
function receive<Kind extends ToInstance['kind']>(kind: Kind): Extract<ToInstance, { kind: Kind }> {
  const parts: Buffer[] = [];
  for (let end = unread.indexOf(10); ; end = unread.indexOf(10)) {
    if (end >= 0) {
      parts.push(unread.subarray(0, end));
      unread = Buffer.from(unread.subarray(end + 1));
      break;
    }
    parts.push(unread);
    unread = Buffer.from(chunk.subarray(0, readChunk()));
  }
  const order = JSON.parse(Buffer.concat(parts).toString('utf8')) as ToInstance;
  if (order.kind !== kind) throw new Error(`The emulator sent "${order.kind}", not "${kind}".`);
  return order as Extract<ToInstance, { kind: Kind }>;
}

function readChunk(): number {
  for (;;) {
    try {
      const length = readSync(CHANNEL, chunk, 0, chunk.length, null);
      if (length > 0) return length;
      process.kill(process.pid, 'SIGKILL');
    } catch (error) {
      // A blocking call may end early when the process was stopped and continued.
      if ((error as NodeJS.ErrnoException).code !== 'EINTR') process.kill(process.pid, 'SIGKILL');
    }
  }
}
