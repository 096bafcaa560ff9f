import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import { isRecord, requestIdOf } from './context.ts';
import { type Invoked, invocation } from './invocation.ts';

/** WeChat hangs up after 5 s, and others are as impatient. */
const PATIENCE_MS = 4_800;

/** What SCF and CloudBase take for an HTTP response; without `statusCode` they would guess. */
export interface HttpEnvelope {
  readonly isBase64Encoded: false;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type HttpFunction = (event: unknown, context: unknown) => Promise<HttpEnvelope>;

/** Makes a handler of HTTP requests into the `main` of an event function behind any HTTP gateway. */
export function httpFunction(app: Invoked & { readonly handle: HttpHandler }): HttpFunction {
  const { handle, log } = app;
  return async (event, context) => {
    const requestId = requestIdOf(context);
    const request = toHttpRequest(event, requestId);
    if (!request) {
      log.warn('event is not an HTTP request', { requestId, status: 400 });
      return toEnvelope({ status: 400, headers: {}, body: '' });
    }
    try {
      return toEnvelope(await invocation(app, requestId, () => handle(request), PATIENCE_MS));
    } catch (error) {
      log.error('request failed', { requestId, status: 500, error });
      return toEnvelope({ status: 500, headers: {}, body: '' });
    }
  };
}

/**
 * One request out of the three shapes that a gateway may send: Function URL (`queryString`), the
 * HTTP access service of CloudBase (`queryStringParameters`) and the old API Gateway (both, header
 * names as sent). `undefined` for anything else. The shape proves nothing about the sender: whoever
 * may invoke the function can send one.
 */
export function toHttpRequest(
  event: unknown,
  requestId: string | undefined,
): HttpRequest | undefined {
  if (!isRecord(event) || typeof event.httpMethod !== 'string') return undefined;
  const body = toBytes(event.body, event.isBase64Encoded === true);
  if (!body) return undefined;
  return {
    method: event.httpMethod.toUpperCase(),
    path: typeof event.path === 'string' ? event.path : '/',
    // API Gateway sends both, and one of them may be empty.
    query: firstValues([event.queryString, event.queryStringParameters], (name) => name),
    headers: firstValues([event.headers], (name) => name.toLowerCase()),
    body,
    requestId,
  };
}

function toBytes(body: unknown, isBase64: boolean): Uint8Array | undefined {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body !== 'string') return undefined;
  return Buffer.from(body, isBase64 ? 'base64' : 'utf8');
}

function firstValues(
  sources: readonly unknown[],
  rename: (name: string) => string,
): Readonly<Record<string, string | undefined>> {
  const first: Record<string, string | undefined> = Object.create(null);
  for (const [name, value] of sources.filter(isRecord).flatMap(Object.entries)) {
    const one: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof one === 'string') first[rename(name)] = one;
    else if (typeof one === 'number' || typeof one === 'boolean') first[rename(name)] = String(one);
  }
  return first;
}

function toEnvelope({ status, headers, body }: HttpResponse): HttpEnvelope {
  return { isBase64Encoded: false, statusCode: status, headers, body };
}
