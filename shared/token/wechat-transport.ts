import { collect } from '../kernel/collect.ts';
import { Secret } from '../kernel/secret.ts';
import type { Transport } from '../wechat/client/index.ts';
import { UnusableAnswer } from './answer.ts';
import type { TokenRequest, TokenTransport } from './fetcher.ts';

/** A credential with all around it is below 1 KB. */
const MAX_BYTES = 64 * 1_024;

/**
 * Sends token requests to the WeChat API, each once and over a connection of its own: one that died
 * while the instance was frozen would cost an attempt, and there are only a dozen requests a day.
 */
export function createTokenTransport(options: {
  readonly transport: Transport;
  /** Without a slash at the end. */
  readonly baseUrl: string;
}): TokenTransport {
  return async ({ method, path, query = {}, body }, signal) => {
    const url = new URL(`${options.baseUrl}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, bare(value));
    const json = body && Buffer.from(JSON.stringify(bareAll(body)), 'utf8');
    const response = await options.transport({
      method,
      url: url.href,
      headers: json
        ? { 'content-type': 'application/json', 'content-length': String(json.length) }
        : {},
      body: json,
      fresh: true,
      signal,
    });
    const bytes = await collect(response.body, MAX_BYTES);
    if (!bytes) throw new UnusableAnswer('too long');
    if (response.status !== 200) throw new UnusableAnswer(`HTTP ${response.status}`);
    return parse(bytes.toString('utf8'));
  };
}

function bareAll(body: NonNullable<TokenRequest['body']>) {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, bare(value)]));
}

function bare<V>(value: V | Secret): V | string {
  return value instanceof Secret ? value.reveal() : value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableAnswer('no JSON');
  }
}
