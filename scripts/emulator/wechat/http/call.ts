import { type FormPart, readForm } from '../../multipart.ts';
import { ApiError } from '../errors/errors.ts';
import { redact } from './redact.ts';

/** Lets a caller on this machine play one from elsewhere. WeChat would not look at it. */
export const CLIENT_IP_HEADER = 'x-emulator-client-ip';

/** One request to the API, read to its end. */
export interface Call {
  readonly method: string;
  /** Without host and query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** As the caller wrote it; empty if there is none. */
  readonly contentType: string;
  /** The parts of an upload; `undefined` for a body that is no form, or not to its end. */
  readonly form: readonly FormPart[] | undefined;
  /** Whether the caller said how long the body is; a chunked one does not. */
  readonly hasLength: boolean;
  readonly clientIp: string;
  /** Of the connection; missing for a call in process. */
  readonly clientPort?: number | undefined;
  /** It came by the relay that WeChat Cloud runs beside a container. */
  readonly isRelayed: boolean;
  /** Scheme, host and port that the caller used, such as `http://127.0.0.1:8801`. */
  readonly origin: string;
  /** Path and query with secrets masked, as kept for `openapi/rid/get`. */
  readonly url: string;
}

/** The connection that a request came by. */
export interface Peer {
  readonly ip: string;
  readonly port?: number | undefined;
  readonly hasLength: boolean;
  /** The relay of WeChat Cloud, beside a container. */
  readonly isRelay?: boolean;
}

export async function readCall(request: Request, peer: Peer): Promise<Call> {
  const { origin, pathname, search, searchParams } = new URL(request.url);
  const body = new Uint8Array(await request.arrayBuffer());
  const contentType = request.headers.get('content-type') ?? '';
  return {
    method: request.method,
    path: pathname,
    query: Object.fromEntries(searchParams),
    body,
    contentType,
    form: await readForm(contentType, body),
    hasLength: peer.hasLength,
    clientIp: request.headers.get(CLIENT_IP_HEADER) ?? peer.ip,
    clientPort: peer.port,
    isRelayed: peer.isRelay ?? false,
    origin,
    url: redact(pathname + search),
  };
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The body as a JSON object. @throws ApiError 44002, 47001 */
export function jsonOf({ body }: Call): JsonObject {
  if (body.length === 0) throw new ApiError(44002);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new ApiError(47001);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(47001);
  }
  return value as JsonObject;
}

/** A field that should be text; anything else counts as missing. */
export function textIn(fields: JsonObject, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
