/** The header that proves which client sends a request. */
export const AUTH_HEADER = 'x-fuwuhao-auth';
/** The header by which the proxy recognises a repeat. */
export const KEY_HEADER = 'idempotency-key';
/** The header by which the proxy proves that an answer is its own, and to which request. */
export const ANSWER_HEADER = 'fuwuhao-signature';

/**
 * The schemes of signing, the newest first. The first one left the idempotency key and the content type
 * unsigned, so that whoever passes a request on could take the one away and change the other.
 */
export const schemes = ['v2', 'v1'] as const;
export type Scheme = (typeof schemes)[number];
/** What this client signs by. */
export const SCHEME = schemes[0];

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
  /** The header `idempotency-key` as it is sent. */
  readonly idempotencyKey?: string | undefined;
  /** The header `content-type` as it is sent. */
  readonly contentType?: string | undefined;
  /** SHA-256 of the body's bytes in lower-case hex; that of nothing if there is no body. */
  readonly bodyHash: string;
}

/** The text under a request's HMAC-SHA256: ten lines (`v1`: eight), the last without a line end. */
export function textToSign(
  { client, timestamp, nonce }: Signer,
  parts: SignedParts,
  scheme: Scheme = SCHEME,
): string {
  const { method, path, query, idempotencyKey = '', contentType = '', bodyHash } = parts;
  const lines = ['fuwuhao', scheme, client, timestamp, nonce, `${method} ${path}`];
  const headers = scheme === 'v1' ? [] : [idempotencyKey, contentType];
  return [...lines, canonicalQuery(query), ...headers, bodyHash].join('\n');
}

export interface AnswerParts {
  readonly client: string;
  /** Of the request that is answered. */
  readonly nonce: string;
  readonly status: number;
  readonly contentType?: string | null | undefined;
  readonly disposition?: string | null | undefined;
  readonly bodyHash: string;
}

/**
 * The text under an answer's HMAC-SHA256: eight lines. Of the content type it holds the media type
 * alone, since some gateways add a character set.
 */
export function answerToSign(parts: AnswerParts): string {
  const { client, nonce, status, contentType, disposition, bodyHash } = parts;
  const mediaType = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const lines = ['fuwuhao', 'v2 answer', client, nonce, String(status), mediaType];
  return [...lines, disposition ?? '', bodyHash].join('\n');
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
