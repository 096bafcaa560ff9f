import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../kernel/clock.ts';
import { collect } from '../kernel/collect.ts';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import { withinTime } from '../kernel/time-limit.ts';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

export interface WebFile {
  /** `undefined` if the file has more than `maxBytes`. */
  readonly bytes: Buffer | undefined;
  /** The last part of the path; may be empty. */
  readonly name: string;
}

export type FetchWebFile = (url: string, maxBytes: number) => Promise<WebFile>;

export interface WebOptions {
  /** All addresses of a host, as `dns.lookup` with `all` gives them. */
  readonly resolve: (host: string) => Promise<readonly HostAddress[]>;
  /** Whether we may connect to an address. */
  readonly isPublic: (address: string) => boolean;
  readonly clock: Clock;
}

const TIME_LIMIT_MS = 20_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Fetches a file that a caller names by its address. No caller may use this to reach a host that only
 * we can reach: a host is resolved once, all its addresses must be public, and the connection goes
 * to these very addresses. Every redirect is checked like the first address.
 */
export function createWebFetch({ resolve, isPublic, clock }: WebOptions): FetchWebFile {
  return async (address, maxBytes) => {
    const work = ({ signal }: { readonly signal: AbortSignal }) => load(address, maxBytes, signal);
    const onTimeout = () => failure('timeout', `did not come within ${TIME_LIMIT_MS / 1000} s`);
    return withinTime(clock, TIME_LIMIT_MS, work, onTimeout);
  };

  async function load(address: string, maxBytes: number, signal: AbortSignal): Promise<WebFile> {
    try {
      const { response, url } = await follow(address, signal);
      try {
        return { bytes: await read(response, maxBytes), name: nameIn(url) };
      } finally {
        // The connection may still be open if the file is too large.
        response.destroy();
      }
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw failure('upstream', `cannot be fetched: ${codeOf(error)}`, error);
    }
  }

  async function follow(first: string, signal: AbortSignal) {
    let url = readUrl(first);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const addresses = await publicAddresses(url);
      const response = await get(url, addresses, signal);
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) return { response, url };
      response.destroy();
      if (!REDIRECTS.includes(statusCode) || !headers.location) {
        throw failure('upstream', `cannot be fetched: its server answered ${statusCode}`);
      }
      url = readUrl(headers.location, url);
    }
    throw failure('upstream', `leads on and on: more than ${MAX_REDIRECTS} redirects`);
  }

  async function publicAddresses({ hostname }: URL) {
    const host = hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const addresses = family ? [{ address: host, family }] : await resolve(host);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublic(address))) {
      throw failure(
        'invalid',
        'leads to an address that is not public: only public hosts are asked',
      );
    }
    return addresses;
  }
}

function readUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw failure('invalid', 'must be, and lead to, an http:// or https:// address');
  }
  if (url.username || url.password) throw failure('invalid', 'must hold no name and password');
  return url;
}

function get(url: URL, addresses: readonly HostAddress[], signal: AbortSignal) {
  const pinned: LookupFunction = (_host, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const options = {
      lookup: pinned,
      signal,
      // A connection of its own: a shared one was checked for another caller's address.
      agent: false,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'fuwuhao' },
    };
    request(url, options, resolve).on('error', reject).end();
  });
}

async function read(response: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  // We asked for an unpacked file; one that comes packed could unpack to any size.
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw failure('upstream', `comes packed (${encoding.slice(0, 20)})`);
  const length = Number(response.headers['content-length'] ?? Number.NaN);
  if (length > maxBytes) return undefined;
  return collect(response, maxBytes, Number.isSafeInteger(length) ? length : undefined);
}

function nameIn({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The message leaves the address out: it may hold a secret of its owner. */
function failure(code: ErrorCode, message: string, cause?: unknown): AppError {
  return new AppError(code, `file.url ${message}.`, {
    details: { issues: [{ path: 'file.url', message: `file.url ${message}` }] },
    ...present({ cause }),
  });
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : 'the connection failed';
}
