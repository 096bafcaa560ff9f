import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isKeyOf, NEEDS_KEY } from '../own-machine.ts';
import type { Control } from './control/control.ts';
import { answerControl } from './control/control-endpoint.ts';
import { type DispatchWorld, dispatch } from './dispatch.ts';
import type { Answer } from './protocol/envelope.ts';
import { type Handler, readBody } from './server.ts';
import { answerStorage, type StorageWorld } from './storage/storage-endpoint.ts';

export interface RouterWorld extends DispatchWorld, StorageWorld {
  readonly control: Control;
  readonly controlKey: string | undefined;
  /** Where URLs that are handed out start. */
  readonly baseUrl: string;
}

/** `/emulator/…` is control, `/storage/…` is files; everything else is the data plane, as there. */
export function createRouter(world: RouterWorld): Handler {
  const requestsOn = new WeakMap<Socket, number>();

  return async (request, response) => {
    const count = (requestsOn.get(request.socket) ?? 0) + 1;
    requestsOn.set(request.socket, count);
    const url = new URL(request.url ?? '/', world.baseUrl);
    const headers = headersOf(request);
    const method = request.method ?? 'GET';
    if (url.pathname === '/emulator' || url.pathname.startsWith('/emulator/')) {
      const bytes = await readBody(request);
      const { status, body } = isKeyOf(world.controlKey, request.headers)
        ? await answerControl(world.control, { method, url, bytes })
        : { status: 403, body: { error: NEEDS_KEY } };
      send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
    } else if (url.pathname.startsWith('/storage/')) {
      const bytes = await readBody(request, Number.POSITIVE_INFINITY);
      const { status, contentType, body } = await answerStorage(world, {
        method,
        url,
        headers,
        bytes,
      });
      send(response, status, contentType, body);
    } else {
      sendAnswer(
        response,
        await dispatch(world, {
          headers,
          url: request.url ?? '/',
          bytes: await readBody(request),
          isReusedSocket: count > 1,
          clientPort: request.socket.remotePort,
          baseUrl: world.baseUrl,
        }),
      );
    }
  };
}

function sendAnswer(response: ServerResponse, answer: Answer) {
  switch (answer.kind) {
    case 'json':
      send(response, 200, 'application/json; charset=utf-8', JSON.stringify(answer.body));
      return;
    case 'html':
      send(response, answer.status, 'text/html', answer.body);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
  }
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value?.toString()]),
  );
}
