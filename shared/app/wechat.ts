import type { Log } from '../kernel/log.ts';
import { type Config, settings } from '../kernel/settings.ts';
import { createCloudbaseStore } from '../store/cloudbase.ts';
import { credentialsFrom } from '../store/credentials.ts';
import { createTokens, type Tokens, tokenSettings } from '../token/index.ts';
import { createTokenTransport } from '../token/wechat-transport.ts';
import {
  type Api,
  createClient,
  createHttpTransport,
  weChatFallbackUrls,
} from '../wechat/client/index.ts';
import type { World } from './world.ts';

/** The settings of whoever calls WeChat. */
export const apiSettings = [...tokenSettings, 'apiBaseUrl', 'cloudbaseEnvId'] as const;
export type ApiConfig = Pick<Config, (typeof apiSettings)[number]>;

/**
 * The WeChat API, and the account's tokens for it, which lie in the CloudBase environment. Nothing
 * is loaded or asked before the first call.
 */
export function weChat(
  { env, clock, random }: World,
  config: ApiConfig,
  log: Log,
): { readonly api: Api; readonly tokens: Tokens } {
  const { apiBaseUrl: baseUrl, cloudbaseEnvId: envId } = config;
  const transport = createHttpTransport({ clock });
  const store = createCloudbaseStore({
    envId,
    credentials: () => credentialsFrom(env),
    clock,
    log,
  });
  const tokens = createTokens({
    store,
    transport: createTokenTransport({ transport, baseUrl }),
    config,
    clock,
    random,
    log,
  });
  const api = createClient({
    transport,
    baseUrl,
    // Any other address is an emulator or a proxy, which no host of WeChat can stand in for.
    fallbackUrls: baseUrl === settings.apiBaseUrl.schema.default ? weChatFallbackUrls : [],
    token: tokens.accessToken,
    clock,
    random,
    log,
  });
  return { api, tokens };
}
