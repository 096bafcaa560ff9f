/** One HTTP request, whatever gateway brought it. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Below the function's own path, as it was sent: nothing is decoded. */
  readonly path: string;
  /** Decoded; of a parameter that is given more than once, the first. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Bytes until someone who knows the encoding decodes them. */
  readonly body: Uint8Array;
  readonly requestId: string | undefined;
  /** Who called, as the platform says; missing if it does not, and no part of what the caller says. */
  readonly remoteAddress?: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes go out exactly as they are. */
  readonly body: string | Uint8Array;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;
