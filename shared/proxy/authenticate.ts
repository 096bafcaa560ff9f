import { chinaDate } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import { Secret } from '../kernel/secret.ts';
import {
  AUTH_HEADER,
  KEY_HEADER,
  type Scheme,
  schemes,
  textToSign,
} from '../proxy-sdk/canonical.ts';
import type { Clients, ProxyClient } from './clients.ts';
import { Refusal } from './refusal.ts';
import { hmac, isSame, newSecret, sha256, staticKey } from './secrets.ts';

/** The client that sent a request, and how that is known. */
export interface Identity {
  readonly client: ProxyClient;
  /** Of a signed request. A static key has none, and so no protection against replay. */
  readonly nonce: { readonly value: string; readonly timestampMs: number } | undefined;
  /** By what the request is signed, for the log: the operator sees who still signs the old way. */
  readonly scheme: Scheme | 'static';
  /** The secret that the request was signed with: the client can open what is sealed to it. */
  readonly secret: Secret;
}

/** How far the clock of a client may be from ours. */
export const TIMESTAMP_WINDOW_MS = 300_000;

const SIGNED = new RegExp(
  `^(${schemes.join('|')}) ([a-z0-9][a-z0-9-]{1,31}) (\\d{10}) ([A-Za-z0-9_-]{16,64}) ([0-9a-f]{64})$`,
);
const STATIC = /^fwh\.([a-z0-9][a-z0-9-]{1,31})\.[0-9a-f]{64}$/;

/** Checks that a request comes from a client. @throws Refusal that does not say which part was wrong. */
export type Authenticate = (request: HttpRequest) => Promise<Identity>;

export function createAuthenticate(options: {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly log: Log;
  /** Until when the scheme v1 is taken, in ms since the epoch. */
  readonly v1Until: number;
}): Authenticate {
  const { clients, clock, log, v1Until } = options;
  /** A secret of no client: an unknown one is compared with it, so that it takes as long as a known one. */
  const decoy = new Secret(newSecret());

  return async (request) => {
    const read = readProof(request);
    if (!read) {
      log.warn('request refused', { requestId: request.requestId, reason: 'unsigned' });
      throw unsigned();
    }
    const { id, shown, expected } = read;
    // Costs nothing, and turns away most of what is recorded or made up before the clients are read.
    if (read.nonce) checkTime(read.nonce.timestampMs);
    const now = await clients.current();
    let found = match(now.get(id));
    // The client, or its newest secret, may have been added just now.
    if (!found) {
      const newer = await clients.newer();
      found = newer && match(newer.get(id));
    }
    if (!found) {
      log.warn('request refused', { requestId: request.requestId, client: id, reason: 'unsigned' });
      throw unsigned();
    }
    checkState(found.client);
    if (read.scheme === 'v1' && clock.now() >= v1Until) {
      throw new Refusal(
        'outdated',
        `The scheme v1 was taken until ${chinaDate(v1Until - 1)}. Sign by v2: docs/proxy.md has the recipe, and the client library does it by itself.`,
      );
    }
    return { ...found, nonce: read.nonce, scheme: read.scheme };

    /** Always two comparisons, whether there is such a client, one secret, two or none. */
    function match(client: ProxyClient | undefined) {
      const isOpen = client && (read?.nonce !== undefined || client.staticKey);
      const [first = decoy, second = decoy] = isOpen ? client.secrets : [];
      const fits = [first, second].filter((secret) => isSame(expected(secret), shown));
      const secret = fits.find((each) => each !== decoy);
      return client && secret ? { client, secret } : undefined;
    }
  };

  function checkState({ enabled, expiresAt }: ProxyClient): void {
    if (!enabled) throw new Refusal('disabled', 'This client is disabled.');
    if (expiresAt !== undefined && clock.now() >= expiresAt) {
      throw new Refusal('expired', `This client expired at ${new Date(expiresAt).toISOString()}.`);
    }
  }

  function checkTime(timestampMs: number): void {
    const now = clock.now();
    const offMs = now - timestampMs;
    if (Math.abs(offMs) <= TIMESTAMP_WINDOW_MS) return;
    const seconds = Math.round(Math.abs(offMs) / 1_000);
    const side = offMs > 0 ? 'behind' : 'ahead of';
    throw new Refusal(
      'stale',
      `The timestamp is ${seconds} s ${side} the time here, ${new Date(now).toISOString()}; 300 s are allowed.`,
    );
  }
}

interface Proof {
  readonly id: string;
  readonly shown: string;
  readonly expected: (secret: Secret) => string;
  readonly nonce: Identity['nonce'];
  readonly scheme: Identity['scheme'];
}

function readProof({ method, path, query, headers, body }: HttpRequest): Proof | undefined {
  const header = headers[AUTH_HEADER];
  if (header === undefined) {
    const shown = query.access_token ?? '';
    const [, id] = STATIC.exec(shown) ?? [];
    // The gateway says that the key came over the wire in the clear.
    if (id === undefined || headers['x-forwarded-proto'] === 'http') return undefined;
    const expected = (secret: Secret) => staticKey(id, secret);
    return { id, shown, expected, nonce: undefined, scheme: 'static' };
  }
  const [, scheme, client, timestamp, nonce, shown] = SIGNED.exec(header) ?? [];
  if (!scheme || !client || !timestamp || !nonce || !shown) return undefined;
  const text = textToSign(
    { client, timestamp, nonce },
    {
      method,
      path,
      query,
      idempotencyKey: headers[KEY_HEADER],
      contentType: headers['content-type'],
      bodyHash: sha256(body),
    },
    scheme as Scheme,
  );
  return {
    id: client,
    shown,
    expected: (secret) => hmac(secret, text),
    nonce: { value: nonce, timestampMs: Number(timestamp) * 1_000 },
    scheme: scheme as Scheme,
  };
}

function unsigned(): Refusal {
  return new Refusal(
    'unsigned',
    'The signature does not fit: the client is unknown, its secret is wrong, or another text was signed.',
  );
}
