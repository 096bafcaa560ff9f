import { AppError } from '../kernel/errors.ts';
import { Secret } from '../kernel/secret.ts';
import type { Api } from '../wechat/client/index.ts';
import type { CredentialKind } from './credential-kind.ts';
import { FETCH_TIMEOUT_MS } from './timing.ts';

export interface Fetched {
  readonly token: Secret;
  readonly expiresInSeconds: number;
}

/** Gets one kind of credential from WeChat: in time for the lease, and never twice by itself. */
export interface Fetcher {
  readonly kind: CredentialKind;
  fetch(): Promise<Fetched>;
  /** Where `fetch` may hand back a credential that WeChat refuses: kills it and gets another. */
  force?(): Promise<Fetched>;
}

export interface FetcherOptions {
  readonly api: Pick<Api, 'token' | 'ticket'>;
  readonly appid: string;
  readonly appsecret: Secret;
}

/** The protocol counts the tries of all instances, so the client makes none of its own. */
const once = { repeat: false, timeoutMs: FETCH_TIMEOUT_MS } as const;

/**
 * Hands out the same token to every caller until 5 minutes before its end.
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 */
export function stableTokenFetcher({ api, appid, appsecret }: FetcherOptions): Fetcher {
  const ask = async (force_refresh: boolean) => {
    const request = { ...grantFor(appid, appsecret), force_refresh };
    return readFetched(await api.token.getStable(request, once), 'access_token');
  };
  return { kind: 'stable_token', fetch: () => ask(false), force: () => ask(true) };
}

/**
 * Every call makes a new token; the one before works for 5 more minutes.
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken
 */
export function classicTokenFetcher({ api, appid, appsecret }: FetcherOptions): Fetcher {
  return {
    kind: 'classic_token',
    fetch: async () =>
      readFetched(await api.token.get(grantFor(appid, appsecret), once), 'access_token'),
  };
}

/** @see https://developers.weixin.qq.com/doc/service/api/webdev/jssdk/api_getticket */
export function jsapiTicketFetcher({ api }: Pick<FetcherOptions, 'api'>): Fetcher {
  return {
    kind: 'jsapi_ticket',
    fetch: async () => readFetched(await api.ticket.get({ type: 'jsapi' }, once), 'ticket'),
  };
}

function grantFor(appid: string, appsecret: Secret) {
  return { grant_type: 'client_credential', appid, secret: appsecret.reveal() } as const;
}

const MAX_TOKEN_LENGTH = 4_096;
/** No credential of WeChat lives longer than 7200 s; a day is plainly a mistake. */
const MAX_EXPIRES_IN_SECONDS = 86_400;

/** Whatever the types say: a gateway in between may have answered anything. */
function readFetched(answer: unknown, field: 'access_token' | 'ticket'): Fetched {
  const { [field]: token, expires_in: expiresInSeconds } = Object(answer);
  if (typeof token !== 'string' || token === '' || token.length > MAX_TOKEN_LENGTH) {
    throw new AppError('upstream', `WeChat answered without a usable ${field}.`);
  }
  if (!(expiresInSeconds > 0 && expiresInSeconds <= MAX_EXPIRES_IN_SECONDS)) {
    throw new AppError('upstream', `WeChat answered without saying how long the ${field} lives.`);
  }
  return { token: new Secret(token), expiresInSeconds };
}
