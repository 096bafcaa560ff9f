import { readFile, stat } from 'node:fs/promises';
import { database } from '#database';
import type { Log } from '../../kernel/log.ts';
import { type Config, settings } from '../../kernel/settings.ts';
import {
  createCloudTokens,
  createTokens,
  HeaderToken,
  relayedIdentity,
  TokenFile,
  type Tokens,
} from '../../token/index.ts';
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

/** The relay of WeChat Cloud reads what it passes on, so the way to it is not encrypted. */
const RELAY = 'http://api.weixin.qq.com';

/**
 * The hosts of WeChat, or an emulator or a proxy, which no host of WeChat can stand in for. WeChat Cloud
 * knows but one of the hosts.
 */
function reach({ clock }: World, { apiBaseUrl, tokenSource }: ApiConfig) {
  const isWeChat = apiBaseUrl === settings.apiBaseUrl.schema().default;
  const fallbackUrls = isWeChat && tokenSource === 'document' ? weChatFallbackUrls : [];
  const baseUrl = isWeChat && tokenSource === 'none' ? RELAY : apiBaseUrl;
  return { transport: createHttpTransport({ clock }), baseUrl, fallbackUrls };
}

/** Where the token comes from inside WeChat Cloud; `undefined` for the shared document. */
function cloudSource(world: World, { tokenSource, tokenFile, appid }: ApiConfig) {
  switch (tokenSource) {
    case 'document':
      return undefined;
    case 'none':
      return relayedIdentity;
    case 'file':
      return new TokenFile(tokenFile, { readFile, stat });
    case 'header':
      return world.headerToken ?? new HeaderToken(appid);
  }
}

/**
 * The account's tokens: stored in the database, whose driver the first use loads, unless they come from
 * WeChat Cloud.
 */
export function accountTokens(
  world: World,
  config: ApiConfig & Partial<Pick<Config, 'jsapiTicket'>>,
  log: Log,
  wechat = reach(world, config),
): Tokens {
  const { clock, random } = world;
  const store = database.store(world, config, log);
  const options = { store, wechat, config, clock, random, log };
  const source = cloudSource(world, config);
  return source ? createCloudTokens(options, source) : createTokens(options);
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
    token: token ?? accountTokens(world, config, log, wechat).source,
    clock,
    random,
    log,
  };
}

/** The WeChat API with the account's token. */
export function createApi(world: World, config: ApiConfig, log: Log): Api {
  return createClient(callerOptions(world, config, log));
}
