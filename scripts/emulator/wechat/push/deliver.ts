import { type Clock, sleep } from '../../../../shared/kernel/clock.ts';
import type { Answer } from './answer.ts';
import { isJson } from './envelope.ts';

/** One HTTP request to the callback and what came of it. */
export interface Delivery {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly url: string;
  /** What was posted; empty for the GET of a URL check. */
  readonly requestBody: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Missing, like `responseBody`, when no whole answer came in time. */
  readonly status?: number;
  readonly responseBody?: string;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** What was inside the ciphertext of the answer. */
  readonly decrypted?: string;
  readonly ms: number;
  readonly problem?: string;
}

export interface Wire {
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
}

export interface Letter {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body: string;
  /** What the platform says of the request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request and waits for the whole answer, `timeoutMs` at most. Never throws. */
export async function deliver(
  { clock, fetch, timeoutMs }: Wire,
  { method, url, body, headers = {} }: Letter,
): Promise<{ readonly delivery: Delivery; readonly answer?: Answer }> {
  const at = clock.now();
  const abort = new AbortController();
  const cancel = clock.after(timeoutMs, () => abort.abort());
  const requestHeaders = {
    'user-agent': 'Mozilla/4.0',
    accept: '*/*',
    pragma: 'no-cache',
    ...(method === 'POST' ? { 'content-type': typeOf(body) } : {}),
    ...headers,
  };
  const start = { at, url, requestBody: body, requestHeaders: masked(requestHeaders) };
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: abort.signal,
      headers: requestHeaders,
      ...(method === 'POST' ? { body: new Blob([body]) } : {}),
    });
    const answer = { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
    const ms = clock.now() - at;
    const responseBody = new TextDecoder().decode(answer.body);
    const responseHeaders = Object.fromEntries(response.headers);
    const { status } = answer;
    return { delivery: { ...start, status, responseHeaders, responseBody, ms }, answer };
  } catch (error) {
    const problem = abort.signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
    return { delivery: { ...start, ms: clock.now() - at, problem } };
  } finally {
    cancel();
  }
}

/** Repeats come at the pace of the time limit, also when the connection broke at once. */
export async function waitForNextTurn({ clock, timeoutMs }: Wire, last: Delivery): Promise<void> {
  const rest = last.at + timeoutMs - clock.now();
  if (rest > 0) await sleep(clock, rest);
}

/** Deliveries are shown and kept, where no token belongs. */
function masked(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, /-access-token$/.test(name) ? '***' : value]),
  );
}

function typeOf(body: string): string {
  return isJson(body) ? 'application/json' : 'text/xml';
}

/** fetch says no more than "fetch failed"; why stands in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return `no answer: ${cause?.message ?? message ?? String(error)}`;
}
