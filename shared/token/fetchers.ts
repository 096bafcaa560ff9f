import { AppError } from '../kernel/errors.ts';
import type { Secret } from '../kernel/secret.ts';
import { RefusedByWeChat, readAnswer } from './answer.ts';
import type { Fetcher, TokenTransport } from './fetcher.ts';

export interface FetcherOptions {
  readonly transport: TokenTransport;
  readonly appid: string;
  readonly appsecret: Secret;
}

const grant = 'client_credential';

/**
 * Hands out the same token to all who ask until 5 minutes before its end.
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 */
export function stableTokenFetcher({ transport, appid, appsecret }: FetcherOptions): Fetcher {
  const ask = async (force: boolean, signal: AbortSignal) => {
    const body = { grant_type: grant, appid, secret: appsecret, force_refresh: force };
    const request = { method: 'POST', path: '/cgi-bin/stable_token', body } as const;
    return readAnswer(await transport(request, signal), 'access_token');
  };
  return {
    kind: 'stable_token',
    fetch: (signal) => ask(false, signal),
    force: (signal) => ask(true, signal),
  };
}

/**
 * Every call makes a new token; the one before works for 5 more minutes.
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken
 */
export function classicTokenFetcher({ transport, appid, appsecret }: FetcherOptions): Fetcher {
  return {
    kind: 'classic_token',
    async fetch(signal) {
      const query = { grant_type: grant, appid, secret: appsecret };
      const request = { method: 'GET', path: '/cgi-bin/token', query } as const;
      return readAnswer(await transport(request, signal), 'access_token');
    },
  };
}

/** Where an access token comes from, and where to say that WeChat refused it. */
export interface TokenSource {
  get(signal?: AbortSignal): Promise<Secret>;
  reject(token: Secret, signal?: AbortSignal): Promise<Secret>;
}

/** On any call that carries an access_token: the token, not the call, is what is wrong. */
const STALE_TOKEN: readonly number[] = [40001, 40014, 42001];

function isStale(error: unknown): boolean {
  return error instanceof RefusedByWeChat && STALE_TOKEN.includes(error.errcode);
}

/** @see https://developers.weixin.qq.com/doc/service/api/webdev/jssdk/api_getticket */
export function jsapiTicketFetcher(options: {
  readonly transport: TokenTransport;
  readonly accessToken: TokenSource;
}): Fetcher {
  const { transport, accessToken } = options;
  const ask = async (token: Secret, signal: AbortSignal) => {
    const query = { access_token: token, type: 'jsapi' };
    const request = { method: 'GET', path: '/cgi-bin/ticket/getticket', query } as const;
    return readAnswer(await transport(request, signal), 'ticket');
  };
  return {
    kind: 'jsapi_ticket',
    async fetch(signal) {
      const token = await accessToken.get(signal);
      try {
        return await ask(token, signal);
      } catch (error) {
        if (!isStale(error)) throw error;
      }
      try {
        return await ask(await accessToken.reject(token, signal), signal);
      } catch (error) {
        if (!isStale(error)) throw error;
        throw new AppError('upstream', 'WeChat refused two access tokens one after the other.');
      }
    },
  };
}
