import type { Eventual } from './eventual.ts';

export type HttpBody = string | Uint8Array;

/** A text in UTF-8. */
export function bytesOf(body: HttpBody): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

/** One HTTP request, the same for every gateway. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** The path below the function's own, as it was sent: nothing is decoded. */
  readonly path: string;
  /** Decoded; the first value of a parameter that is given more than once. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** A text where the gateway has read it as UTF-8; else bytes, whose encoding the handler knows. */
  readonly body: HttpBody;
  readonly requestId: string | undefined;
  /** The caller's address by the word of the platform, never by that of the caller. */
  readonly remoteAddress?: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes are sent exactly as they are. */
  readonly body: HttpBody;
}

export type HttpHandler = (request: HttpRequest) => Eventual<HttpResponse>;
