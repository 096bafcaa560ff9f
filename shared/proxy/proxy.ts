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
import { createRoster } from './clients.ts';
import { createForward } from './forward.ts';
import { createHandler } from './handler.ts';
import { createOnce } from './idempotency.ts';
import { createLimiter } from './limiter.ts';
import { createOwn } from './own-endpoints.ts';
import { createScrubber } from './scrub.ts';

export interface ProxyOptions {
  readonly store: Store;
  readonly tokens: Pick<Tokens, 'accessToken' | 'jsapiTicket'>;
  /** How WeChat is called. */
  readonly caller: CallerOptions;
  readonly config: Pick<Config, 'appid' | 'appsecret'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The central token server and API proxy, as one instance of it. All that is shared is in the store. */
export function createProxy(options: ProxyOptions): HttpHandler {
  const { store, tokens, config, clock, log } = options;
  const sealer = createSealer(config);
  const roster = createRoster({ store, sealer, clock, log });
  const scrubber = createScrubber([config.appsecret], log);
  const caller = { ...options.caller, token: scrubber.watch(tokens.accessToken) };
  const forward = createForward({ call: createCaller(caller), config });
  const once = createOnce({ store, sealer, clock, log });
  const guarded = createBreaker({ clock, log });
  const { network } = createClient(caller);
  return createHandler({
    authenticate: createAuthenticate({ roster, clock, log }),
    limiter: createLimiter({ store, clock, random: caller.random }),
    store,
    own: createOwn({ tokens, tryToken: () => network.listApiIps(), appid: config.appid, clock }),
    forward: (client, target, request) =>
      once(client, target, request, async () => {
        const answer = await guarded(target, () => forward(target, request));
        return scrubber.scrub(target, answer);
      }),
    clock,
    log,
  });
}
