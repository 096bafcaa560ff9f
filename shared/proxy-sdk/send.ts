import { type Backoff, backoffMs } from '../kernel/backoff.ts';
import {
  ANSWER_HEADER,
  AUTH_HEADER,
  answerToSign,
  canonicalQuery,
  KEY_HEADER,
  SCHEME,
  type SignedQuery,
  textToSign,
} from './canonical.ts';
import { hmac, newNonce, sha256 } from './crypto.ts';
import { ProxyError } from './error.ts';
import type { SendOptions } from './options.ts';

export interface ProxyRequest {
  readonly method: string;
  /** From the version on. */
  readonly path: string;
  readonly query?: SignedQuery;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly contentType?: string;
  /** The same for every attempt, so that the proxy makes the call once. */
  readonly idempotencyKey?: string;
}

export interface ProxyResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The nonce of the request that this answers. */
  readonly nonce: string;
  /** The answer is signed with the client's secret. Only refusals may do without. */
  readonly isAuthentic: boolean;
}

/** An answer, or why there is none and when to try again. */
type Asked =
  | { readonly incoming: ProxyResponse; readonly failure?: never; readonly waitMs?: never }
  | { readonly incoming?: never; readonly failure: ProxyError; readonly waitMs: number };

/** The request did not arrive, or came too early, so the same request may pass later. */
const PASSING: readonly number[] = [408, 429, 500, 502, 503, 504];
/** A longer pause is left to the caller. */
const LONGEST_PAUSE_MS = 3_000;
const PAUSE: Backoff = { firstMs: 150, lastMs: LONGEST_PAUSE_MS };
const EMPTY = new Uint8Array(0);

/** Signs a request and sends it, to one proxy after the other until one has answered. */
export function createSend(
  options: SendOptions,
): (request: ProxyRequest) => Promise<ProxyResponse> {
  const { client, secret, timeoutMs = 20_000, tries = 4, now = Date.now } = options;
  const urls = options.urls.map((url) => url.replace(/\/+$/, ''));
  const fetchOnce = options.fetch ?? globalThis.fetch.bind(globalThis);
  let preferred = 0;

  return async (request) => {
    const most = Math.max(tries, urls.length);
    for (let attempt = 0; ; attempt += 1) {
      const index = (preferred + attempt) % urls.length;
      const { incoming, failure, waitMs } = await ask(urls[index] ?? '', request);
      if (incoming) {
        preferred = index;
        return incoming;
      }
      if (attempt + 1 >= most || waitMs > LONGEST_PAUSE_MS) throw failure;
      // The next proxy may be up, so there is no need to wait.
      const isOther = failure.status === 0 && attempt + 1 < urls.length;
      await pause(isOther ? 0 : Math.max(waitMs, backoffMs(PAUSE, attempt + 1, Math.random())));
    }
  };

  async function ask(url: string, request: ProxyRequest): Promise<Asked> {
    try {
      const incoming = await sendOnce(url, request);
      const waitMs = pauseAsked(incoming);
      return waitMs === undefined ? { incoming } : { failure: readFailure(incoming), waitMs };
    } catch (error) {
      return { failure: unreachable(error), waitMs: 0 };
    }
  }

  async function sendOnce(url: string, request: ProxyRequest): Promise<ProxyResponse> {
    const { method, path, query = {}, body = EMPTY, contentType, idempotencyKey } = request;
    const timestamp = String(Math.floor(now() / 1_000));
    const nonce = await newNonce();
    const text = textToSign(
      { client, timestamp, nonce },
      { method, path, query, idempotencyKey, contentType, bodyHash: await sha256(body) },
    );
    const proof = [SCHEME, client, timestamp, nonce, await hmac(secret, text)].join(' ');
    const search = canonicalQuery(query);
    const response = await fetchOnce(`${url}${path}${search ? `?${search}` : ''}`, {
      method,
      headers: {
        [AUTH_HEADER]: proof,
        ...(contentType ? { 'content-type': contentType } : {}),
        ...(idempotencyKey ? { [KEY_HEADER]: idempotencyKey } : {}),
      },
      ...(body.length > 0 ? { body } : {}),
      redirect: 'manual',
      // The limit is the runtime's: the SDK also runs in places to which no clock of ours comes.
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { status, headers } = response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isAuthentic = await isFromProxy({ status, headers, bytes, nonce });
    return { status, headers, bytes, nonce, isAuthentic };
  }

  /** Whether the proxy itself gave this answer, to this very request. */
  async function isFromProxy(answer: Omit<ProxyResponse, 'isAuthentic'>): Promise<boolean> {
    const { status, headers, bytes, nonce } = answer;
    const text = answerToSign({
      client,
      nonce,
      status,
      contentType: headers.get('content-type'),
      disposition: headers.get('content-disposition'),
      bodyHash: await sha256(bytes),
    });
    // Nobody learns from our time here: only we ever compare, and with an answer that we were given.
    return headers.get(ANSWER_HEADER) === `v2 ${await hmac(secret, text)}`;
  }
}

/** How many ms to wait if the answer says "not now"; `undefined` for every other answer. */
function pauseAsked({ status, headers, bytes }: ProxyResponse): number | undefined {
  const isBusy = status === 409 && reasonIn(bytes) === 'in_progress';
  if (!isBusy && !PASSING.includes(status)) return undefined;
  return Number(headers.get('retry-after') ?? 0) * 1_000;
}

function reasonIn(bytes: Uint8Array): unknown {
  return (readFailureBody(bytes).details as { reason?: unknown } | undefined)?.reason;
}

/** The refusal of the proxy, or of the gateway in front of it, as an error. */
export function readFailure({ status, bytes, isAuthentic }: ProxyResponse): ProxyError {
  const { code, message, details, requestId } = readFailureBody(bytes);
  return new ProxyError(
    typeof message === 'string'
      ? message
      : `HTTP ${status} is not the proxy's own answer: a gateway gave it, or the URL is not that of api-proxy.`,
    {
      code: typeof code === 'string' ? code : 'upstream',
      status,
      details: { ...Object(details), ...(isAuthentic ? {} : { isAuthentic }) },
      ...(typeof requestId === 'string' ? { requestId } : {}),
    },
  );
}

function readFailureBody(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const { error, requestId } = JSON.parse(new TextDecoder().decode(bytes));
    return { ...Object(error), requestId };
  } catch {
    return {};
  }
}

function unreachable(cause: unknown): ProxyError {
  const reason = reasonOf(cause);
  return new ProxyError(
    `No proxy could be reached${reason ? ` (${reason})` : ''}: check the URLs and the network.`,
    { code: 'network', status: 0 },
    cause,
  );
}

/** Such as ENOTFOUND, which Node has in the cause, or TimeoutError. */
function reasonOf(error: unknown): string | undefined {
  const { name, cause } = Object(error);
  const { code } = Object(cause);
  if (typeof code === 'string') return code;
  return name === 'TimeoutError' ? name : undefined;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
