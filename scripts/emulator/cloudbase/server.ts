import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { refuseStranger } from '../own-machine.ts';
import { MAX_BODY_BYTES } from './limits.ts';

/** Longer than any client keeps an idle connection, so that it is never us who drops it first. */
const KEEP_ALIVE_MS = 75_000;

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface RunningServer {
  readonly baseUrl: string;
  /** Sets who answers; to be called before the event loop turns, so that nobody finds it empty. */
  serve(handler: Handler): void;
  /** Cuts the connections that have no request on them; returns how many there were. */
  killIdleSockets(): number;
  close(): Promise<void>;
}

/**
 * Listens on the loopback interface only.
 *
 * @throws Error that names the port if it is taken
 */
export async function listen(
  port: number,
  onBug: (error: unknown) => void,
): Promise<RunningServer> {
  const requestsOn = new Map<Socket, number>();
  let handle: Handler = async (_, response) => {
    response.writeHead(503).end();
  };
  const server = createServer((request, response) => {
    if (refuseStranger(request, response)) return;
    const { socket } = request;
    requestsOn.set(socket, (requestsOn.get(socket) ?? 0) + 1);
    response.once('close', () => requestsOn.set(socket, (requestsOn.get(socket) ?? 1) - 1));
    handle(request, response).catch((error: unknown) => {
      // A caller that hung up in the middle of its request is no failure of ours.
      if (request.complete) onBug(error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('connection', (socket) => {
    requestsOn.set(socket, 0);
    socket.once('close', () => requestsOn.delete(socket));
  });
  await bind(server, port);
  const { port: bound } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${bound}`,
    serve(handler) {
      handle = handler;
    },
    killIdleSockets() {
      const idle = [...requestsOn].filter(([, requests]) => requests === 0);
      for (const [socket] of idle) socket.resetAndDestroy();
      return idle.length;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      const reason = isTaken ? `port ${port} is already in use` : error.message;
      reject(new Error(`The CloudBase emulator cannot start: ${reason}.`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** @throws Error if the body is larger than any the service takes */
export async function readBody(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Error(`The body is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
