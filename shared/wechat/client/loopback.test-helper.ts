import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFakeClock } from '../../../scripts/testing/fake-clock.ts';
import { createLog } from '../../kernel/log.ts';
import { Secret } from '../../kernel/secret.ts';
import {
  type CallerOptions,
  createClient,
  createHttpTransport,
  type TokenSource,
} from './index.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A reply: a value is sent as JSON; a function may do as it likes with request and response. */
export type LoopbackReply =
  | object
  | ((response: ServerResponse, request: IncomingMessage, received: ReceivedRequest) => void);

export interface Loopback {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  /** How many connections were opened. */
  readonly connections: number;
  close(): Promise<void>;
}

/** A server on a free port of this machine: the replies in order, the last one again and again. */
export async function startLoopback(...replies: LoopbackReply[]): Promise<Loopback> {
  const received: ReceivedRequest[] = [];
  let connections = 0;
  const server: Server = createServer((request, response) => {
    void readAll(request).then(
      (body) => {
        const reply = replies[Math.min(received.length, replies.length - 1)] ?? {};
        const url = new URL(request.url ?? '', 'http://x');
        const one: ReceivedRequest = {
          method: request.method ?? '',
          path: url.pathname,
          query: Object.fromEntries(url.searchParams),
          headers: request.headers,
          body,
        };
        received.push(one);
        if (typeof reply === 'function') reply(response, request, one);
        else response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
      },
      () => {},
    );
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get connections() {
      return connections;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A port on which nothing listens. */
export async function closedUrl(): Promise<string> {
  const server = await startLoopback({});
  await server.close();
  return server.url;
}

export function bytes(data: Uint8Array, headers: Record<string, string>): LoopbackReply {
  return (response) => {
    response.writeHead(200, headers).end(data);
  };
}

export function text(body: string, type = 'text/plain', status = 200): LoopbackReply {
  return (response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
}

/** Breaks the connection when the request has come in whole. */
export const reset: LoopbackReply = (response) => {
  response.socket?.destroy();
};

export const silence: LoopbackReply = () => {};

export function createTestClient(baseUrl: string, overrides: Partial<CallerOptions> = {}) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const log = createLog({
    now: clock.now,
    write: (line) => {
      lines.push(line);
      for (const wake of waiting.splice(0)) wake();
    },
  });
  const token = createCountingTokens();
  const api = createClient({
    transport: createHttpTransport({ clock }),
    baseUrl,
    token,
    clock,
    random: () => 1,
    log,
    ...overrides,
  });
  return {
    api,
    clock,
    lines,
    token,
    /** When the client next says that it repeats a call. */
    nextLine: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}

/** Hands out token-1, then, when that is refused, token-2, and so on. */
export function createCountingTokens(): TokenSource & { readonly refused: string[] } {
  const refused: string[] = [];
  let renewal: Promise<Secret> | undefined;
  return {
    refused,
    async get() {
      return new Secret(`token-${refused.length + 1}`);
    },
    async reject(token) {
      const value = token.reveal();
      if (value === `token-${refused.length + 1}`) {
        refused.push(value);
        renewal = Promise.resolve(new Secret(`token-${refused.length + 1}`));
      }
      return renewal ?? token;
    },
  };
}
