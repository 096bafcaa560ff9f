import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import type { HttpRequest } from '../kernel/http.ts';
import { emptyRecord } from '../kernel/record.ts';
import { Secret } from '../kernel/secret.ts';
import type { Credentials } from '../store/credentials.ts';
import { plainAddress } from './address.ts';

/** As large as an event of SCF may be. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

/**
 * What the platform says of a request, in headers. Nothing proves that it was the platform: a caller
 * can write the same headers where the platform does not replace them.
 */
export interface PlatformWord {
  readonly requestId: string | undefined;
  readonly remoteAddress: string | undefined;
  /** The temporary keys of the function's role. */
  readonly credentials: Credentials | undefined;
}

/** The headers in which SCF says it. No handler sees them, so none can log them or pass them on. */
const SCF_HEADERS = 'x-scf-';

/** Reads what the platform says. Without an `addressHeader` it says nothing of the caller's address. */
export function platformWord(
  { headers }: Pick<IncomingMessage, 'headers'>,
  addressHeader: string | undefined,
): PlatformWord {
  const one = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const secretId = one('x-scf-secret-id');
  const secretKey = one('x-scf-secret-key');
  const sessionToken = one('x-scf-session-token');
  const address = addressHeader && one(addressHeader);
  return {
    requestId: one('x-scf-request-id')?.slice(0, 64),
    remoteAddress: address && plainAddress(address),
    credentials:
      secretId && secretKey
        ? {
            secretId,
            secretKey: new Secret(secretKey),
            ...(sessionToken ? { sessionToken: new Secret(sessionToken) } : {}),
          }
        : undefined,
  };
}

/**
 * The request as every handler knows it, with what the platform said of it. Headers, of which a proxy
 * in front adds many, are only gone through if a handler asks for them.
 */
export class ServerRequest implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: HttpRequest['query'];
  readonly body: Uint8Array;
  readonly requestId: string;
  readonly remoteAddress: string | undefined;
  readonly #incoming: Pick<IncomingMessage, 'headers'>;
  #headers: HttpRequest['headers'] | undefined;

  constructor(
    incoming: IncomingMessage,
    body: Uint8Array,
    requestId: string,
    remoteAddress: string | undefined,
  ) {
    const { method = 'GET', url = '/' } = incoming;
    const mark = url.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.query = mark < 0 ? {} : firstValues(parse(url.slice(mark + 1)));
    this.body = body;
    this.requestId = requestId;
    this.remoteAddress = remoteAddress;
    this.#incoming = incoming;
  }

  get headers(): HttpRequest['headers'] {
    this.#headers ??= firstValues(this.#incoming.headers, SCF_HEADERS);
    return this.#headers;
  }
}

/**
 * Lists give way to their first values: the handlers take one value of a name. Names that begin with
 * `hidden` are left out.
 */
function firstValues(
  values: Readonly<Record<string, string | readonly string[] | undefined>>,
  hidden?: string,
): Readonly<Record<string, string | undefined>> {
  const first = emptyRecord<string | undefined>();
  for (const name in values) {
    if (hidden !== undefined && name.startsWith(hidden)) continue;
    const value = values[name];
    first[name] = typeof value === 'object' ? value[0] : value;
  }
  return first;
}

/** What came of reading a body: it, or why there is none. */
export type ReadBody = Uint8Array | 'too large' | 'gone';

/** Calls back once; with `gone` if the caller goes away before the end of the body. */
export function readBody(incoming: IncomingMessage, done: (body: ReadBody) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  const end = (body: ReadBody) => {
    if (isOver) return;
    isOver = true;
    done(body);
  };
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      // What still comes is thrown away, so that the caller reads the answer.
      incoming.removeAllListeners('data').resume();
      end('too large');
    } else chunks.push(chunk);
  });
  incoming.on('end', () => {
    const [only] = chunks;
    end(chunks.length === 1 && only ? only : Buffer.concat(chunks, bytes));
  });
  // Comes after the end too, and after an error, which tells no more: nobody is there to hear it.
  incoming.on('close', () => end('gone'));
  incoming.on('error', () => {});
}
