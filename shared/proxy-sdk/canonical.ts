/** The header that proves which client sends a request. */
export const AUTH_HEADER = 'x-fuwuhao-auth';
/** The header by which the proxy recognises a repeat. */
export const KEY_HEADER = 'idempotency-key';
/** The scheme of signing. Another one would have another name, and could live beside it. */
export const SCHEME = 'v1';

export type SignedQuery = Readonly<Record<string, string | undefined>>;

/** The signed parts that are not the request's own. */
export interface Signer {
  readonly client: string;
  /** The time of signing, in seconds since the epoch. */
  readonly timestamp: string;
  /** 16 to 64 of `A-Z a-z 0-9 _ -`, never the same twice. */
  readonly nonce: string;
}

export interface SignedParts {
  /** Upper case. */
  readonly method: string;
  /** From the version on: `/v1/cgi-bin/menu/get`. */
  readonly path: string;
  readonly query: SignedQuery;
  /** SHA-256 of the body's bytes in lower-case hex; that of nothing if there is no body. */
  readonly bodyHash: string;
}

/** The text under a request's HMAC-SHA256: eight lines, the last without a line end. */
export function textToSign({ client, timestamp, nonce }: Signer, parts: SignedParts): string {
  const { method, path, query, bodyHash } = parts;
  const lines = ['fuwuhao', SCHEME, client, timestamp, nonce, `${method} ${path}`];
  return [...lines, canonicalQuery(query), bodyHash].join('\n');
}

/** Sorted by name; everything but `A-Z a-z 0-9 - . _ ~` percent-encoded, as RFC 3986 has it. */
export function canonicalQuery(query: SignedQuery): string {
  return Object.entries(query)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function encode(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(whole).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
