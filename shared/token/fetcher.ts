import type { Secret } from '../kernel/secret.ts';

/** The kinds of credential; each has its own document, so that switching never mixes two. */
export const credentialKinds = ['stable_token', 'classic_token', 'jsapi_ticket'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** One call to WeChat. Secrets are still wrapped: only the transport, which sends them, reveals. */
export interface TokenRequest {
  readonly method: 'GET' | 'POST';
  /** Below the API's address, such as `/cgi-bin/stable_token`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | Secret>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, string | boolean | Secret>>;
}

/**
 * Sends a request and returns the parsed JSON of the answer, whatever its errcode. It throws if no
 * JSON came back, ends when the signal says so, and never repeats a request: the protocol counts.
 */
export type TokenTransport = (request: TokenRequest, signal: AbortSignal) => Promise<unknown>;

export interface Fetched {
  readonly token: Secret;
  readonly expiresInSeconds: number;
}

/** How one kind of credential is got from WeChat. */
export interface Fetcher {
  readonly kind: CredentialKind;
  fetch(signal: AbortSignal): Promise<Fetched>;
  /** Where `fetch` may hand back a credential that was refused: kills it and gets another. */
  force?(signal: AbortSignal): Promise<Fetched>;
}
