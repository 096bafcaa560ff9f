/**
 * What the gateway and an instance of an HTTP function pass to each other, as the event and the result
 * of an invocation: the request and the response as they stand on the wire.
 */
export interface ForwardedRequest {
  readonly method: string;
  /** Below the function's own path: `/a?x=1`. */
  readonly url: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  /** Base64. */
  readonly body: string;
}

export interface ForwardedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
}

/** An HTTP function has no events: nothing but the gateway can call it. */
export function isForwardedRequest(event: unknown): event is ForwardedRequest {
  const { method, url, rawHeaders, body } = (event ?? {}) as Partial<ForwardedRequest>;
  const isText = [method, url, body].every((each) => typeof each === 'string');
  return isText && Array.isArray(rawHeaders);
}

/** Names that a hop says for itself. */
const HOP_HEADERS = new Set(['connection', 'host', 'keep-alive', 'transfer-encoding', 'expect']);
/** The platform's own; a caller's are not passed on. */
const PLATFORM_HEADERS = /^x-scf-/i;

/** The headers for the server: those of the caller, and what the platform says of the request. */
export function headersFor(
  { rawHeaders, body }: ForwardedRequest,
  platform: Readonly<Record<string, string | undefined>>,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    if (HOP_HEADERS.has(name) || name === 'content-length' || PLATFORM_HEADERS.test(name)) continue;
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  for (const [name, value] of Object.entries(platform)) if (value) headers[name] = value;
  headers['content-length'] = String(Buffer.byteLength(body, 'base64'));
  return headers;
}
