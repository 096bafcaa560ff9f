import type { Log } from '../../kernel/log.ts';
import { type Config, settings } from '../../kernel/settings.ts';
import { createTokens, type Tokens } from '../../token/index.ts';
import { createTokenTransport } from '../../token/wechat-transport.ts';
import {
  type Api,
  type CallerOptions,
  createClient,
  createHttpTransport,
  type TokenSource,
  type Transport,
  weChatFallbackUrls,
} from '../../wechat/client/index.ts';
import type { ApiConfig } from './api-settings.ts';
import { storeOf } from './store.ts';
import type { World } from './world.ts';

/** The account's tokens, which lie in the CloudBase environment. Nothing is loaded before they are needed. */
export function storedTokens(
  world: World,
  config: ApiConfig & Partial<Pick<Config, 'jsapiTicket'>>,
  log: Log,
  transport: Transport = createHttpTransport({ clock: world.clock }),
): Tokens {
  const { clock, random } = world;
  return createTokens({
    store: storeOf(world, config, log),
    transport: createTokenTransport({ transport, baseUrl: config.apiBaseUrl }),
    config,
    clock,
    random,
    log,
  });
}

/** How WeChat is called, with the account's token unless another source of it is given. */
export function callerOptions(
  world: World,
  config: ApiConfig,
  log: Log,
  token?: TokenSource,
): CallerOptions {
  const { clock, random } = world;
  const { apiBaseUrl: baseUrl } = config;
  const transport = createHttpTransport({ clock });
  return {
    transport,
    baseUrl,
    // Any other address is an emulator or a proxy, which no host of WeChat can stand in for.
    fallbackUrls: baseUrl === settings.apiBaseUrl.schema.default ? weChatFallbackUrls : [],
    token: token ?? storedTokens(world, config, log, transport).accessToken,
    clock,
    random,
    log,
  };
}

/** The WeChat API with the account's token. */
export function createApi(world: World, config: ApiConfig, log: Log): Api {
  return createClient(callerOptions(world, config, log));
}
