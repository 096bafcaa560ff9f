import { randomUUID } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import type { Store } from '../store/store.ts';
import { type Api, type CallerOptions, createClient } from '../wechat/client/index.ts';
import { createCredential, type RefreshReport, type SharedCredential } from './credential.ts';
import { classicTokenFetcher, jsapiTicketFetcher, stableTokenFetcher } from './fetchers.ts';
import { createSealer } from './sealing.ts';

export type { RefreshReport, SharedCredential } from './credential.ts';
export { type CredentialKind, credentialKinds } from './credential-kind.ts';
export type { Credential } from './decide.ts';
export { createSealer, type Sealer } from './sealing.ts';
export { type CredentialStatus, readStatus } from './status.ts';
export { tokenCollection } from './token-document.ts';

export interface Tokens {
  readonly accessToken: SharedCredential;
  readonly jsapiTicket: SharedCredential;
  /**
   * One tick of the timer: renews what is due. It may wait up to 100 s for WeChat's moment.
   *
   * @throws the first error of a renewal that was due and failed, after all have been tried.
   */
  refreshDue(signal?: AbortSignal): Promise<Readonly<Record<string, RefreshReport>>>;
}

/** The credentials of one account, shared through the store by every instance of every function. */
export function createTokens(options: {
  readonly store: Pick<Store, 'get' | 'transaction'>;
  /** How WeChat is reached. */
  readonly wechat: Pick<CallerOptions, 'transport' | 'baseUrl' | 'fallbackUrls'>;
  /** `jsapiTicket` says whether `refreshDue` renews a ticket as well. */
  readonly config: Pick<Config, 'appid' | 'appsecret' | 'tokenKind'> &
    Partial<Pick<Config, 'jsapiTicket'>>;
  readonly clock: Clock;
  /** From 0 to 1; spreads those who wait. */
  readonly random: () => number;
  readonly log: Log;
}): Tokens {
  const { store, wechat, clock, random, log } = options;
  const { appid, appsecret, tokenKind, jsapiTicket: jsapi } = options.config;
  const sealer = createSealer({ appid, appsecret });
  const shared = { store, sealer, clock, random, log, appid, instance: randomUUID() };
  // The ticket is asked for with the access token; the token itself needs none.
  const token: CallerOptions['token'] = {
    get: (signal) => accessToken.get(signal),
    reject: (refused, signal) => accessToken.reject(refused, signal),
  };
  const api: Api = createClient({ ...wechat, token, clock, random, log });
  const tokenFetcher = tokenKind === 'stable' ? stableTokenFetcher : classicTokenFetcher;
  const accessToken: SharedCredential = createCredential({
    ...shared,
    fetcher: tokenFetcher({ api, appid, appsecret }),
  });
  const jsapiTicket = createCredential({ ...shared, fetcher: jsapiTicketFetcher({ api }) });

  return {
    accessToken,
    jsapiTicket,
    async refreshDue(signal) {
      const credentials = { accessToken, ...(jsapi === 'on' ? { jsapiTicket } : {}) };
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
    },
  };
}
