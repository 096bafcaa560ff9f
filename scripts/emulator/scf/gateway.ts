import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';
import { type PortAccess, refuseStranger } from '../own-machine.ts';
import { type HttpAnswer, httpAnswer, jsonAnswer } from './http-answer.ts';
import { BodyTooLarge, type EventShape, httpEvent } from './http-event.ts';
import type { ForwardedResponse } from './http-function.ts';
import type { InvokeOptions, InvokeOutcome } from './invocation.ts';
import { SYNC_EVENT_BYTES } from './limits.ts';
import { answerOf } from './outcome.ts';
import type { FunctionSpec } from './spec.ts';

export interface GatewayOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Default `function-url`. A request chooses another with the header `x-emulator-shape`. */
  readonly shape?: EventShape;
  /** Who is answered; unless given, any host's name will do, as behind a tunnel. */
  readonly access?: PortAccess;
  /** What is said of a path at which there is no function. */
  readonly hint?: string;
}

export interface RunningGateway {
  readonly url: string;
  close(): Promise<void>;
}

interface GatewayWorld extends GatewayOptions {
  /** Milliseconds since the epoch, as the functions have them: a moved clock is everybody's. */
  readonly now: () => number;
  readonly namespace: string;
  readonly specs: () => readonly FunctionSpec[];
  readonly invoke: (name: string, event: unknown, options: InvokeOptions) => Promise<InvokeOutcome>;
}

const SHAPE_HEADER = 'x-emulator-shape';
const shapes: readonly string[] = ['function-url', 'http-access', 'api-gateway'];

/** HTTP statuses of failed invocations; 500 for the rest. */
const statusOf: Readonly<Record<number, number>> = {
  406: 413,
  407: 502,
  432: 503,
  433: 504,
  502: 502,
};

/** Serves the functions that have an `http.path`. @throws Error if the port is taken. */
export async function startGateway(world: GatewayWorld): Promise<RunningGateway> {
  const server = createServer((request, response) => {
    if (refuseStranger(request, response, world.access ?? { isTunnelled: true })) return;
    const target = find((request.url ?? '/').split('?', 1)[0] ?? '/');
    void handle(request, target)
      .catch(refusalOf)
      .then((answer) => send(response, answer, world.now()));
  });
  const { url, close } = await listenOnLoopback(server, world.port);

  return {
    url,
    close,
  };

  async function handle(
    request: IncomingMessage,
    target: ReturnType<typeof find>,
  ): Promise<HttpAnswer> {
    const url = request.url ?? '/';
    if (!target) {
      const message = [`No function at ${url}`, world.hint].filter(Boolean).join('. ');
      return jsonAnswer(404, { code: 'INVALID_PATH', message });
    }
    const shape = shapeOf(request);
    if (!shape) return jsonAnswer(400, { code: 'INVALID_SHAPE', message: `Known: ${shapes}` });
    const method = request.method ?? 'GET';
    const rawHeaders = withoutShape(request.rawHeaders);
    const body = await read(request);
    const event = target.isHttpFunction
      ? { method, url: below(url, target.mount), rawHeaders, body: body.toString('base64') }
      : httpEvent(shape, {
          method,
          url,
          mount: target.mount,
          rawHeaders,
          body,
          remoteAddress: request.socket.remoteAddress ?? '',
          requestId: randomUUID(),
          namespace: world.namespace,
        });
    const outcome = await world.invoke(target.name, event, { source: 'http' });
    const answer = outcome.ok
      ? target.isHttpFunction
        ? forwardedAnswer(outcome.result as ForwardedResponse)
        : httpAnswer(shape, outcome.result)
      : jsonAnswer(statusOf[outcome.error.statusCode] ?? 500, answerOf(outcome));
    return { ...answer, headers: { ...answer.headers, 'x-scf-request-id': outcome.requestId } };
  }

  /** The longest path that the request's path equals or lies below. */
  function find(path: string) {
    return world
      .specs()
      .flatMap(({ name, http, httpFunction }) =>
        http
          ? [
              {
                name,
                mount: http.path.replace(/\/+$/, ''),
                isHttpFunction: httpFunction !== undefined,
              },
            ]
          : [],
      )
      .filter(({ mount }) => path === mount || path.startsWith(`${mount}/`))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
  }

  function shapeOf(request: IncomingMessage): EventShape | undefined {
    const wanted = request.headers[SHAPE_HEADER] ?? world.shape ?? 'function-url';
    return shapes.includes(String(wanted)) ? (wanted as EventShape) : undefined;
  }
}

/** What stands below the function's own path. */
function below(url: string, mount: string): string {
  const rest = url.slice(mount.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** An HTTP function answers for itself; only the length is said anew. */
function forwardedAnswer({ status, headers, body }: ForwardedResponse): HttpAnswer {
  return { status, headers, body: Buffer.from(body, 'base64') };
}

function refusalOf(error: unknown): HttpAnswer {
  return error instanceof BodyTooLarge
    ? jsonAnswer(413, { code: 'EXCEED_MAX_PAYLOAD_SIZE', message: 'The body is too large.' })
    : jsonAnswer(500, { code: 'GATEWAY_ERROR', message: String(error) });
}

function withoutShape(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== SHAPE_HEADER);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > SYNC_EVENT_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `Date` is the time by which a client must sign. */
function send(response: ServerResponse, answer: HttpAnswer, now: number): void {
  // The client may be gone; its function ran to the end all the same.
  if (response.destroyed) return;
  const { status, headers, body } = answer;
  const date = new Date(now).toUTCString();
  response.writeHead(status, { date, ...headers, 'content-length': body.length });
  response.end(body);
}
