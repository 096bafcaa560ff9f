import { createHash, createHmac, randomBytes } from 'node:crypto';
import { accountKeyOf } from '../../../shared/kernel/account-key.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createClientManagement } from '../../../shared/proxy/manage-clients.ts';
import { createProxy } from '../../../shared/proxy/proxy.ts';
import type { AddRequest } from '../../../shared/proxy/requests.ts';
import { httpFunction } from '../../../shared/scf/http.ts';
import { createBinder } from '../../../shared/store/binder.ts';
import { createMemoryStore } from '../../../shared/store/memory.ts';
import type { Store } from '../../../shared/store/store.ts';
import {
  createCloudTokens,
  createSealer,
  createTokens,
  HeaderToken,
} from '../../../shared/token/index.ts';
import type { TransportRequest } from '../../../shared/wechat/client/transport.ts';
import { httpAnswer } from '../../emulator/scf/http-answer.ts';
import { type EventShape, httpEvent } from '../../emulator/scf/http-event.ts';
import { createWechatApi } from '../../emulator/wechat/api.ts';
import { createFakeClock } from '../fake-clock.ts';
import { fetchTransport } from '../fetch-transport.ts';
import { testAccount as account } from '../test-account.ts';

export const secretOf = (id: string) => createHash('sha256').update(id).digest('base64url');

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that reached WeChat, as the transport was to send it. */
export type Seen = Pick<TransportRequest, 'method' | 'url' | 'headers'> & { readonly body: Buffer };

/**
 * The proxy, as many instances of it as a test wants, over one store in memory and the emulated
 * WeChat API, under a fake clock. Requests go in as events of a gateway and come out as it answers.
 */
export function openProxyFixture(
  options: {
    readonly store?: (inner: Store) => Store;
    /** The token comes from WeChat Cloud, and the proxy has no AppSecret. */
    readonly isInCloud?: boolean;
  } = {},
) {
  const clock = createFakeClock(Date.UTC(2026, 0, 1, 4));
  const wechat = createWechatApi({ account, now: clock.now });
  const inner = createMemoryStore({ now: clock.now });
  const store = options.store?.(inner) ?? inner;
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now, level: 'debug' });
  const config = {
    appid: account.appid,
    appsecret: options.isInCloud ? undefined : new Secret(account.secret),
    documentKey: options.isInCloud ? new Secret('k'.repeat(32)) : undefined,
    tokenKind: 'stable',
    jsapiTicket: 'on',
    proxyV1Until: loadConfig({}, ['proxyV1Until']).proxyV1Until,
  } as const;
  const seen: Seen[] = [];
  /** What WeChat answers in place of its own answer, or does before it. */
  const instead: ((request: Seen) => Promise<Response | undefined>)[] = [];
  const transport = fetchTransport(async (url, init) => {
    const { method = 'GET', headers, body = '' } = init as RequestInit & Sent;
    const request = { method, url, headers, body: Buffer.from(body) } as Seen;
    const isToken = url.includes('/cgi-bin/stable_token');
    if (!isToken) seen.push(request);
    const other = isToken ? undefined : await instead.shift()?.(request);
    return other ?? wechat.fetch(url, init);
  });
  /** Nobody here writes an audit trail. */
  const readVersions = () => Promise.resolve(new Map<string, number>());
  const management = createClientManagement({
    store: inner,
    sealer: createSealer(accountKeyOf(config)),
    binder: createBinder(accountKeyOf(config)),
    clock,
    readVersions,
  });

  const cloudToken = new HeaderToken(account.appid);
  cloudToken.note({ 'x-wx-cloudbase-access-token': wechat.cloud.token() });

  /** Another instance of the function. */
  function instance() {
    const random = () => 0.5;
    const baseUrl = 'https://api.weixin.qq.com';
    const wechat = { transport, baseUrl };
    const given = { store, wechat, config, clock, random, log };
    const tokens = options.isInCloud ? createCloudTokens(given, cloudToken) : createTokens(given);
    const caller = { ...wechat, token: tokens.source, clock, random, log };
    const handle = createProxy({ store, tokens, caller, config, clock, log, readVersions });
    return httpFunction({ handle, clock, log });
  }
  const first = instance();

  async function ask(
    { method = 'GET', path, query = {}, body = '', headers = {} }: Sent,
    { main = first, shape = 'function-url' as EventShape } = {},
  ) {
    const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
    const event = httpEvent(shape, {
      method,
      url: `/api-proxy${path}${search ? `?${search}` : ''}`,
      mount: '/api-proxy',
      rawHeaders: Object.entries(headers).flat(),
      body: Buffer.from(body),
      remoteAddress: '1.2.3.4',
      requestId: 'r',
      namespace: 'n',
    });
    const answer = httpAnswer(shape, await main(event, { request_id: 'r1' }));
    const text = answer.body.toString();
    return { ...answer, text, json: parse(text) };
  }

  const fixture = {
    clock,
    wechat,
    store: inner,
    management,
    lines,
    seen,
    instead,
    instance,
    ask,
    add: (id: string, terms: Partial<AddRequest> = {}) =>
      management.add({ id, secret: secretOf(id), allow: ['*'], ...terms }),
    /** A request with the proof of its client, made by the recipe alone. */
    signed: (client: string, sent: Sent, proof: Parameters<typeof sign>[2] = {}): Sent =>
      sign(client, sent, { now: clock.now(), ...proof }),
    asClient: (client: string, sent: Sent, options?: Parameters<typeof ask>[1]) =>
      ask(sign(client, sent, { now: clock.now() }), options),
    /**
     * The instances as a `fetch`: `http://p0`, `http://p1` …; what is no instance cannot be
     * reached.
     */
    fetchOver: (mains: readonly ReturnType<typeof instance>[]) => fetchOver(ask, mains),
    /** Posts to the control endpoint of the emulated WeChat. */
    tell: (what: string, body: object) =>
      wechat.fetch(`http://localhost/emulator/${what}`, {
        method: 'POST',
        body: JSON.stringify(body),
      }),
    tokens: () => wechat.inspect({ reveal: true }).tokens.list.map(({ token }) => token),
  };
  return fixture;
}

export type ProxyFixture = ReturnType<typeof openProxyFixture>;

function sign(
  client: string,
  sent: Sent,
  {
    now = 0,
    secret = secretOf(client),
    nonce = randomBytes(12).toString('hex'),
    scheme = 'v2',
  }: {
    readonly now?: number;
    readonly secret?: string;
    readonly nonce?: string;
    readonly scheme?: 'v1' | 'v2';
  } = {},
): Sent {
  const { method = 'GET', path, query = {}, body = '', headers = {} } = sent;
  const signedHeaders = ['idempotency-key', 'content-type'].map(
    (name) => Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1] ?? '',
  );
  const seconds = Math.floor(now / 1_000);
  const pairs = Object.entries(query).map((pair) => pair.map(rfc3986).join('='));
  const text = [
    'fuwuhao',
    scheme,
    client,
    seconds,
    nonce,
    `${method} ${path}`,
    pairs.sort().join('&'),
    ...(scheme === 'v1' ? [] : signedHeaders),
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const signature = createHmac('sha256', secret).update(text).digest('hex');
  const proof = `${scheme} ${client} ${seconds} ${nonce} ${signature}`;
  return { ...sent, headers: { 'x-fuwuhao-auth': proof, ...headers } };
}

function rfc3986(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^\w.~-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function fetchOver(
  ask: (
    sent: Sent,
    options: { main: ReturnType<typeof httpFunction> },
  ) => Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
  }>,
  mains: readonly ReturnType<typeof httpFunction>[],
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input as string, init as RequestInit);
    const url = new URL(request.url);
    const main = mains[Number(url.hostname.slice(1))];
    if (!main) throw new TypeError('fetch failed');
    const { status, headers, body } = await ask(
      {
        method: request.method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body: new Uint8Array(await request.arrayBuffer()),
        headers: Object.fromEntries(request.headers),
      },
      { main },
    );
    return new Response(new Uint8Array(body), { status, headers });
  };
}

function parse(text: string): Record<string, unknown> & { error?: Record<string, unknown> } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
