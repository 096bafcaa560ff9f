import { randomUUID } from 'node:crypto';
import { accountKeyOf } from '../kernel/account-key.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { type Config, settings } from '../kernel/settings.ts';
import type { Store } from '../store/store.ts';
import {
  type Api,
  type CallerOptions,
  createClient,
  type TokenSource,
} from '../wechat/client/index.ts';
import { createCredential, type RefreshReport, type SharedCredential } from './credential.ts';
import { classicTokenFetcher, jsapiTicketFetcher, stableTokenFetcher } from './fetchers.ts';
import { createSealer } from './sealing.ts';

export type { RefreshReport, SharedCredential } from './credential.ts';
export { type CredentialKind, credentialKinds } from './credential-kind.ts';
export type { Credential } from './decide.ts';
export { HeaderToken } from './header-token.ts';
export { relayedIdentity } from './relayed-identity.ts';
export { createSealer, type Sealer } from './sealing.ts';
export { type CredentialStatus, readStatus } from './status.ts';
export { tokenCollection } from './token-document.ts';
export { TokenFile } from './token-file.ts';

export interface Tokens {
  /** Where calls of WeChat take their token from. */
  readonly source: TokenSource;
  /** The one in the shared document; absent where the token comes from WeChat Cloud. */
  readonly accessToken: SharedCredential | undefined;
  readonly jsapiTicket: SharedCredential;
  /**
   * One tick of the timer: renews what is due. It may wait up to 100 s for WeChat's moment.
   *
   * @throws the first error of a renewal that was due and failed, after all have been tried.
   */
  refreshDue(signal?: AbortSignal): Promise<Readonly<Record<string, RefreshReport | Idle>>>;
}

/** The same with a token that all share in a document. */
export interface SharedTokens extends Tokens {
  readonly accessToken: SharedCredential;
}

/** There is nothing to renew, because this is where the token comes from. */
export interface Idle {
  readonly idle: Config['tokenSource'];
}

export interface TokensOptions {
  readonly store: Pick<Store, 'get' | 'transaction'>;
  /** How WeChat is reached. */
  readonly wechat: Pick<CallerOptions, 'transport' | 'baseUrl' | 'fallbackUrls'>;
  /** `jsapiTicket` says whether `refreshDue` renews a ticket as well. */
  readonly config: Pick<Config, 'appid' | 'appsecret'> &
    Partial<Pick<Config, 'documentKey' | 'tokenKind' | 'tokenSource' | 'jsapiTicket'>>;
  readonly clock: Clock;
  /** From 0 to 1; spreads those who wait. */
  readonly random: () => number;
  readonly log: Log;
}

/** The credentials of one account, shared through the store by every instance of every function. */
export function createTokens(options: TokensOptions): SharedTokens {
  const shared = sharedBy(options);
  const { appid, appsecret, tokenKind, jsapiTicket: jsapi } = options.config;
  if (!appsecret) {
    throw new AppError('invalid', `${settings.appsecret.env} is missing: it fetches the token.`);
  }
  // The ticket is asked for with the access token; the token itself needs none.
  const token: TokenSource = {
    get: (signal) => accessToken.get(signal),
    reject: (refused, signal) => accessToken.reject(refused, signal),
  };
  const api: Api = createClient({ ...options.wechat, ...shared, token });
  const tokenFetcher = tokenKind === 'classic' ? classicTokenFetcher : stableTokenFetcher;
  const accessToken: SharedCredential = createCredential({
    ...shared,
    fetcher: tokenFetcher({ api, appid, appsecret }),
  });
  const jsapiTicket = createCredential({ ...shared, fetcher: jsapiTicketFetcher({ api }) });

  return {
    source: accessToken,
    accessToken,
    jsapiTicket,
    refreshDue: (signal) =>
      refreshEach({ accessToken, ...(jsapi === 'on' ? { jsapiTicket } : {}) }, signal),
  };
}

/** The credentials of an account whose token comes from WeChat Cloud: the ticket alone is shared. */
export function createCloudTokens(options: TokensOptions, source: TokenSource): Tokens {
  const shared = sharedBy(options);
  const { tokenSource = 'none', jsapiTicket: jsapi } = options.config;
  const api = createClient({ ...options.wechat, ...shared, token: source });
  const jsapiTicket = createCredential({ ...shared, fetcher: jsapiTicketFetcher({ api }) });
  // A timer gets no pushes, and so no token with which it could ask for a ticket.
  const keepsTicket = jsapi === 'on' && tokenSource !== 'header';

  return {
    source,
    accessToken: undefined,
    jsapiTicket,
    async refreshDue(signal) {
      options.log.info('token not renewed here', { reason: tokenSource });
      const idle = { idle: tokenSource };
      const ticket = keepsTicket ? await refreshEach({ jsapiTicket }, signal) : {};
      return { accessToken: idle, ...ticket };
    },
  };
}

function sharedBy({ store, config, clock, random, log }: TokensOptions) {
  const sealer = createSealer(accountKeyOf(config));
  return { store, sealer, clock, random, log, appid: config.appid, instance: randomUUID() };
}

async function refreshEach(
  credentials: Readonly<Record<string, SharedCredential>>,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, RefreshReport>>> {
  const reports: Record<string, RefreshReport> = {};
  const errors: unknown[] = [];
  for (const [name, credential] of Object.entries(credentials)) {
    try {
      reports[name] = await credential.refreshIfDue(signal);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return reports;
}
