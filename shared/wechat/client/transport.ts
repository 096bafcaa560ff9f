import type { Method } from '../catalogue/endpoint.ts';

export type OutgoingBody = Uint8Array | AsyncIterable<Uint8Array>;

export interface TransportRequest {
  readonly method: Method;
  /** It may hold a token and must not get into an error or a log. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: OutgoingBody | undefined;
  /** Only over a connection that was not used before. */
  readonly fresh: boolean;
  /** Ends the call, and the reading of its answer, at once, with its reason as the error. */
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array> & { destroy(): void };
}

/** Sends one request, once. It fails with a `TransportError` or with the signal's reason. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** The network failed. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** Such as `ECONNRESET`. */
  readonly code: string;
  /** Part of the request may have reached the other side. */
  readonly maybeSent: boolean;
  /** The connection had been used before, and may have died long ago. */
  readonly wasReused: boolean;

  constructor(options: { code: string; maybeSent: boolean; wasReused: boolean; cause?: unknown }) {
    super(options.code, { cause: options.cause });
    this.code = options.code;
    this.maybeSent = options.maybeSent;
    this.wasReused = options.wasReused;
  }
}
