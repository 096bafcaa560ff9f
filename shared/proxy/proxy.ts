import { accountKeyOf } from '../kernel/account-key.ts';
import type { Audit } from '../kernel/app.ts';
import type { Clock } from '../kernel/clock.ts';
import type { HttpHandler } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import type { Store } from '../store/store.ts';
import { createSealer, type Tokens } from '../token/index.ts';
import { type CallerOptions, createCaller } from '../wechat/client/caller.ts';
import { createClient } from '../wechat/client/index.ts';
import { createAuthenticate } from './authenticate.ts';
import { createBreaker } from './breaker.ts';
import type { ReadVersions } from './client-document.ts';
import { createClients } from './clients.ts';
import { createForward } from './forward.ts';
import { createHandler } from './handler.ts';
import { createIdempotency } from './idempotency.ts';
import { createLimiter } from './limiter.ts';
import { createOwnEndpoints } from './own-endpoints.ts';
import { createScrubber } from './scrub.ts';

export interface ProxyOptions {
  readonly store: Store;
  readonly tokens: Pick<Tokens, 'source' | 'accessToken' | 'jsapiTicket'>;
  /** How WeChat is called. */
  readonly caller: CallerOptions;
  readonly config: Pick<Config, 'appid' | 'appsecret' | 'proxyV1Until'> &
    Partial<Pick<Config, 'documentKey'>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit?: Audit | undefined;
  readonly readVersions: ReadVersions;
}

/** The central token server and API proxy, as one instance of it. Instances share only the store. */
export function createProxy(options: ProxyOptions): HttpHandler {
  const { store, tokens, config, clock, log, readVersions } = options;
  const sealer = createSealer(accountKeyOf(config));
  const scrubber = createScrubber(config.appsecret ? [config.appsecret] : [], log);
  const caller = { ...options.caller, token: scrubber.watch(tokens.source) };
  const { network } = createClient(caller);
  return createHandler({
    authenticate: createAuthenticate({
      clients: createClients({ store, sealer, clock, log, readVersions }),
      clock,
      log,
      v1Until: config.proxyV1Until,
    }),
    limiter: createLimiter({ store, clock, random: caller.random }),
    store,
    ownEndpoints: createOwnEndpoints({
      tokens,
      tryToken: () => network.listApiIps(),
      appid: config.appid,
      clock,
    }),
    idempotency: createIdempotency({ store, sealer, clock, log }),
    breaker: createBreaker({ clock, log }),
    forward: createForward({ call: createCaller(caller), config }),
    scrubber,
    audit: options.audit,
    v1Until: config.proxyV1Until,
    clock,
    log,
  });
}
