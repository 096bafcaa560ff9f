import { present } from '../kernel/present.ts';
import type { EndpointName, Method, RequestOf, ResponseOf } from '../wechat/catalogue/index.ts';
import type { PageSignature } from '../wechat/jssdk.ts';
import type { SignedQuery } from './canonical.ts';
import { hmac, newNonce, unseal } from './crypto.ts';
import { decode } from './decode.ts';
import { encode, jsonBody } from './encode.ts';
import { checkOptions, endpointOf, type SendOptions } from './options.ts';
import { createSend, type ProxyResponse } from './send.ts';
import { proofText, type SealedToken } from './token-text.ts';

export interface ProxyCallOptions {
  /**
   * For a day the proxy makes only one of the calls by the same key, even if this process ends in
   * between. Without a key that holds for the attempts of one call.
   */
  readonly idempotencyKey?: string;
}

/** The WeChat API through the proxy. Every failure is a `ProxyError`. */
export interface WeChatProxy {
  /** An endpoint by its name in the catalogue: `call('menu.create', { button })`. */
  call<Name extends EndpointName>(
    name: Name,
    ...[request, options]: undefined extends RequestOf<Name>
      ? [request?: RequestOf<Name>, options?: ProxyCallOptions]
      : [request: RequestOf<Name>, options?: ProxyCallOptions]
  ): Promise<ResponseOf<Name>>;
  /** Any path, if the operator allows it: `request('POST', '/cgi-bin/menu/create', { json })`. */
  request<Response = unknown>(
    method: Method,
    path: `/${string}`,
    options?: ProxyCallOptions & { readonly query?: SignedQuery; readonly json?: unknown },
  ): Promise<Response>;
  /** The account's access_token, for systems that must call WeChat themselves. Kept until a minute before its end. */
  token(): Promise<string>;
  /** For a token that WeChat refused (40001, 40014, 42001): gives the one that is good. */
  rejectToken(token: string): Promise<string>;
  /** What a web page hands to `wx.config`; its URL is `location.href.split('#')[0]`. */
  jsapiSignature(url: string): Promise<PageSignature>;
}

/** A token is not handed out in its last minute. */
const MARGIN_SECONDS = 60;

/**
 * Connects a business system to the proxy. Needs `fetch` and WebCrypto and nothing else.
 *
 * @throws ProxyError `invalid` for options with which no call could succeed, such as an empty secret.
 */
export function connect(options: SendOptions): WeChatProxy {
  const { client, secret, now = Date.now } = options;
  checkOptions(options);
  const send = createSend(options);
  let held: { readonly token: string; readonly expiresAt: number } | undefined;

  return {
    async call(name, ...[request, { idempotencyKey } = {}]) {
      const endpoint = endpointOf(name);
      const { method, path, repeat } = endpoint;
      const encoded = await encode(endpoint, request ?? {});
      const key = idempotencyKey ?? (repeat === 'safe' ? undefined : await newNonce());
      const keyed = present({ idempotencyKey: key });
      return decode(await send({ method, path: `/v1${path}`, ...encoded, ...keyed })) as never;
    },

    async request(method, path, { query = {}, json, idempotencyKey } = {}) {
      const key = idempotencyKey ?? (method === 'GET' ? undefined : await newNonce());
      return decode(
        await send({
          method,
          path: `/v1${path}`,
          query,
          ...(json === undefined ? {} : jsonBody(json)),
          ...present({ idempotencyKey: key }),
        }),
      ) as never;
    },

    async token() {
      if (held && now() / 1_000 < held.expiresAt - MARGIN_SECONDS) return held.token;
      return open(await send({ method: 'GET', path: '/v1/token' }));
    },

    async rejectToken(token) {
      if (held && held.token !== token) return held.token;
      held = undefined;
      const body = jsonBody({ proof: await hmac(secret, proofText(token)) });
      return open(await send({ method: 'POST', path: '/v1/token/reject', ...body }));
    },

    async jsapiSignature(url) {
      const answer = await send({ method: 'GET', path: '/v1/jsapi-signature', query: { url } });
      return decode(answer) as PageSignature;
    },
  };

  async function open(answer: ProxyResponse): Promise<string> {
    const { sealed, expiresAt } = decode(answer) as SealedToken;
    const token = await unseal(sealed, { secret, client, nonce: answer.nonce });
    held = { token, expiresAt };
    return token;
  }
}

export type { Download } from '../wechat/catalogue/index.ts';
export { ProxyError } from './error.ts';
export type { SendOptions } from './options.ts';
