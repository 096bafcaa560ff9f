import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../kernel/clock.ts';
import {
  type OutgoingBody,
  type Transport,
  TransportError,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts';

/**
 * A connection that was idle for longer is not used again. A frozen instance does not notice that the
 * other side, or a NAT in between, has dropped it; the clock tells when the instance thaws.
 */
const MAX_IDLE_MS = 15_000;
const MAX_IDLE_SOCKETS = 8;
/**
 * Short enough to leave time for another host. This limit is the transport's own, beside that of the
 * call: it ends with the connection, and then the attempt fails as by the network.
 */
const CONNECT_TIMEOUT_MS = 3_000;

interface Pool {
  readonly request: typeof import('node:http').request;
  readonly kept: Agent;
  readonly fresh: Agent;
}

/**
 * HTTP(S) by Node's own modules, loaded at the first call: they cost a third of what the global
 * `fetch` costs to start, and they say whether a connection was used before.
 */
export function createHttpTransport({ clock }: { readonly clock: Clock }): Transport {
  const pools = new Map<string, Promise<Pool>>();
  const idleSince = new WeakMap<Socket, number>();

  return async (request) => {
    const url = new URL(request.url);
    const pool = await poolFor(url.protocol);
    request.signal.throwIfAborted();
    if (!request.fresh) dropStale(pool.kept);
    return send(pool, url, request, clock);
  };

  function poolFor(protocol: string): Promise<Pool> {
    const existing = pools.get(protocol);
    if (existing) return existing;
    const created = protocol === 'https:' ? import('node:https') : import('node:http');
    const pool = created.then(({ Agent, request }) => {
      const kept: Agent = new Agent({ keepAlive: true, maxFreeSockets: MAX_IDLE_SOCKETS });
      kept.on('free', (socket: Socket) => idleSince.set(socket, clock.now()));
      return { request, kept, fresh: new Agent({ keepAlive: false }) };
    });
    pools.set(protocol, pool);
    return pool;
  }

  function dropStale(agent: Agent): void {
    for (const sockets of Object.values(agent.freeSockets)) {
      for (const socket of sockets ?? []) {
        const since = idleSince.get(socket) ?? Number.NEGATIVE_INFINITY;
        if (clock.now() - since > MAX_IDLE_MS) socket.destroy();
      }
    }
  }
}

function send(
  pool: Pool,
  url: URL,
  { method, headers, body, fresh, signal }: TransportRequest,
  clock: Clock,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const agent = fresh ? pool.fresh : pool.kept;
    const request = pool.request(url, { method, headers, agent });
    let isConnected = false;
    let response: IncomingMessage | undefined;
    const cancelTimer = clock.after(CONNECT_TIMEOUT_MS, () => fail('ETIMEDOUT'));
    signal.addEventListener('abort', abort, { once: true });

    request.on('socket', (socket) => {
      if (request.reusedSocket) return connected();
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'EUNKNOWN', error));
    request.on('close', () => {
      cancelTimer();
      if (!response) signal.removeEventListener('abort', abort);
    });
    request.on('response', (incoming) => {
      response = incoming;
      incoming.on('close', () => {
        signal.removeEventListener('abort', abort);
        // WeChat answered before the whole body was sent and does not wait for the rest.
        if (!request.writableFinished) request.destroy();
      });
      resolve(wrap(incoming, signal));
    });
    write(request, body).catch(giveUp);

    function connected() {
      isConnected = true;
      cancelTimer();
    }
    function abort() {
      giveUp(signal.reason);
      response?.destroy();
    }
    function fail(code: string, cause?: unknown) {
      const wasReused = request.reusedSocket;
      giveUp(new TransportError({ code, maybeSent: isConnected, wasReused, cause }));
    }
    function giveUp(error: unknown) {
      cancelTimer();
      reject(error);
      request.destroy();
    }
  });
}

/** Returns early when the connection ends: the request's own error says why. */
async function write(request: ClientRequest, body: OutgoingBody | undefined): Promise<void> {
  if (body === undefined || body instanceof Uint8Array) {
    request.end(body);
    return;
  }
  for await (const chunk of body) {
    if (request.destroyed) return;
    if (!request.write(chunk)) await drained(request);
  }
  request.end();
}

function drained(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    request.once('drain', done);
    request.once('close', done);
    function done() {
      request.off('drain', done);
      request.off('close', done);
      resolve();
    }
  });
}

function wrap(incoming: IncomingMessage, signal: AbortSignal): TransportResponse {
  return {
    status: incoming.statusCode ?? 0,
    header(name) {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body: {
      async *[Symbol.asyncIterator]() {
        try {
          yield* incoming;
        } catch (cause) {
          if (signal.aborted) throw signal.reason;
          const code = (cause as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
          throw new TransportError({ code, maybeSent: true, wasReused: false, cause });
        }
      },
      destroy: () => incoming.destroy(),
    },
  };
}
