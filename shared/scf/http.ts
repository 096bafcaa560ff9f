import { isUtf8 } from 'node:buffer';
import type { HttpApp } from '../kernel/app.ts';
import { isPending } from '../kernel/eventual.ts';
import type { HttpBody, HttpRequest, HttpResponse } from '../kernel/http.ts';
import { emptyRecord, isRecord } from '../kernel/record.ts';
import { plainAddress } from './address.ts';
import { httpInvocation, invocation, requestIdOf } from './invocation.ts';

/** A shorter text fits into the 6 MB of a result however much of it is escaped. */
const LONG_TEXT_BYTES = 2_500_000;

/** An HTTP response as SCF and CloudBase take it; without `statusCode` they would guess the rest. */
export interface HttpEnvelope {
  readonly isBase64Encoded: boolean;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type HttpFunction = (event: unknown, context: unknown) => Promise<HttpEnvelope>;

/**
 * Makes a handler of HTTP requests into the `main` of an event function behind any HTTP gateway.
 *
 * @param addressHeader where the gateway writes the caller's address, if it is not where we expect it
 */
export function httpFunction(app: HttpApp, addressHeader?: string): HttpFunction {
  const { handle, log } = app;
  return async (event, context) => {
    const requestId = requestIdOf(context);
    const request = toHttpRequest(event, requestId, addressHeader);
    if (!request) {
      log.warn('event is not an HTTP request', { requestId, status: 400 });
      return toEnvelope({ status: 400, headers: {}, body: '' });
    }
    try {
      const response = invocation(app, requestId, () => handle(request), httpInvocation);
      return toEnvelope(isPending(response) ? await response : response);
    } catch (error) {
      log.error('request failed', { requestId, status: 500, error });
      return toEnvelope({ status: 500, headers: {}, body: '' });
    }
  };
}

/**
 * One request out of the three shapes that a gateway may send: Function URL (`queryString`), the
 * HTTP access service of CloudBase (`queryStringParameters`) and the old API Gateway (both, header
 * names as sent). `undefined` for anything else. The shape proves nothing about the sender: any
 * caller that may invoke the function can send it.
 */
export function toHttpRequest(
  event: unknown,
  requestId: string | undefined,
  addressHeader?: string,
): HttpRequest | undefined {
  if (!isRecord(event) || typeof event.httpMethod !== 'string') return undefined;
  const body = bodyOf(event.body, event.isBase64Encoded === true);
  if (body === undefined) return undefined;
  const headers = firstValues([event.headers], (name) => name.toLowerCase());
  return {
    method: event.httpMethod.toUpperCase(),
    path: pathOf(event),
    // API Gateway sends both, and one of them may be empty.
    query: firstValues([event.queryString, event.queryStringParameters], (name) => name),
    headers,
    body,
    requestId,
    remoteAddress: addressHeader ? addressIn(headers[addressHeader]) : addressOf(event),
  };
}

/**
 * The caller's address where the gateway of this shape writes it, and nowhere else: what another gateway
 * writes, a caller of this one may have written himself. API Gateway tells it in `sourceIp`, and so do
 * some Function URLs; the others write `x-scf-remote-addr`, and the HTTP access service of CloudBase,
 * which names its environment, `x-real-ip`. No document of CloudBase promises the last one, so that
 * an operator can name another header. One that came twice is no address.
 */
function addressOf({ requestContext, headers }: Record<string, unknown>): string | undefined {
  const context = isRecord(requestContext) ? requestContext : {};
  if (context.sourceIp !== undefined) return addressIn(context.sourceIp);
  const name = context.envId === undefined ? 'x-scf-remote-addr' : 'x-real-ip';
  return addressIn(isRecord(headers) ? headers[name] : undefined);
}

function addressIn(written: unknown): string | undefined {
  return written === undefined ? undefined : plainAddress(String(written));
}

/** Only API Gateway sends the whole path, and beside it the part that led to the function. */
function pathOf({ path, requestContext }: Record<string, unknown>): string {
  if (typeof path !== 'string') return '/';
  const mount = isRecord(requestContext) ? requestContext.path : undefined;
  if (typeof mount !== 'string' || mount === '/') return path;
  return path.startsWith(`${mount}/`) ? path.slice(mount.length) : path;
}

function bodyOf(body: unknown, isBase64: boolean): HttpBody | undefined {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') return undefined;
  return isBase64 ? Buffer.from(body, 'base64') : body;
}

function firstValues(
  sources: readonly unknown[],
  rename: (name: string) => string,
): Readonly<Record<string, string | undefined>> {
  const first = emptyRecord<string>();
  for (const source of sources) {
    if (!isRecord(source)) continue;
    for (const name in source) {
      const value = source[name];
      const one: unknown = Array.isArray(value) ? value[0] : value;
      if (typeof one === 'string') first[rename(name)] = one;
      else if (typeof one === 'number' || typeof one === 'boolean') {
        first[rename(name)] = String(one);
      }
    }
  }
  return first;
}

/** Text is sent as text, because gateways treat base64 differently; other bytes need base64. */
function toEnvelope({ status: statusCode, headers, body }: HttpResponse): HttpEnvelope {
  if (typeof body === 'string') return { isBase64Encoded: false, statusCode, headers, body };
  const bytes = Buffer.from(body);
  const text = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  const isBase64Encoded = text === undefined || isLongerAsJson(text, bytes.length);
  return {
    isBase64Encoded,
    statusCode,
    headers,
    body: isBase64Encoded ? bytes.toString('base64') : text,
  };
}

/** Whether JSON escapes so much of a long text that the text would not fit into a result. */
function isLongerAsJson(text: string, bytes: number): boolean {
  return bytes > LONG_TEXT_BYTES && Buffer.byteLength(JSON.stringify(text)) > (bytes * 4) / 3;
}
