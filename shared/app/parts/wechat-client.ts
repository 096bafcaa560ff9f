import { database } from '#database';
import type { Log } from '../../kernel/log.ts';
import { type Config, settings } from '../../kernel/settings.ts';
import { createTokens, type Tokens } from '../../token/index.ts';
import {
  type Api,
  type CallerOptions,
  createClient,
  createHttpTransport,
  type TokenSource,
  weChatFallbackUrls,
} from '../../wechat/client/index.ts';
import type { ApiConfig } from './api-settings.ts';
import type { World } from './world.ts';

/** The hosts of WeChat, or an emulator or a proxy, which no host of WeChat can stand in for. */
function reach({ clock }: World, { apiBaseUrl: baseUrl }: ApiConfig) {
  const isWeChat = baseUrl === settings.apiBaseUrl.schema.default;
  const fallbackUrls = isWeChat ? weChatFallbackUrls : [];
  return { transport: createHttpTransport({ clock }), baseUrl, fallbackUrls };
}

/** The account's tokens, which are stored in the database. The first use loads its driver. */
export function storedTokens(
  world: World,
  config: ApiConfig & Partial<Pick<Config, 'jsapiTicket'>>,
  log: Log,
  wechat = reach(world, config),
): Tokens {
  const { clock, random } = world;
  return createTokens({
    store: database.store(world, config, log),
    wechat,
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
  const wechat = reach(world, config);
  return {
    ...wechat,
    token: token ?? storedTokens(world, config, log, wechat).accessToken,
    clock,
    random,
    log,
  };
}

/** The WeChat API with the account's token. */
export function createApi(world: World, config: ApiConfig, log: Log): Api {
  return createClient(callerOptions(world, config, log));
}
