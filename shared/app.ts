import { createReceiver } from './account/receive.ts';
import type { Router } from './account/router.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { loadConfig } from './kernel/config.ts';
import type { HttpHandler } from './kernel/http.ts';
import { createLog, type Log } from './kernel/log.ts';
import { type Config, type SettingName, settings } from './kernel/settings.ts';
import { createCloudbaseStore } from './store/cloudbase.ts';
import { credentialsFrom } from './store/credentials.ts';
import { createTokens, type Tokens, tokenSettings } from './token/index.ts';
import { createTokenTransport } from './token/wechat-transport.ts';
import {
  type Api,
  createClient,
  createHttpTransport,
  type Transport,
  weChatFallbackUrls,
} from './wechat/client/index.ts';

/** Everything outside this process that the house touches. Tests bring their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Takes one finished log line. */
  readonly writeLine: (line: string) => void;
}

const systemWorld: World = {
  env: process.env,
  clock: systemClock,
  // biome-ignore lint/suspicious/noConsole: the platform collects what goes through the console
  writeLine: (line) => console.log(line),
};

/** What answers HTTP requests, and the log of the function that it runs in. */
export interface HttpApp {
  readonly handle: HttpHandler;
  readonly log: Log;
}

/**
 * The callback that WeChat calls, made of the account's handlers.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function callbackApp(account: Router, world: World = systemWorld): HttpApp {
  const { config, log } = start('callback', world, [
    'appid',
    'token',
    'mode',
    'encodingAesKey',
    'timestampWindowSeconds',
    ...apiSettings,
  ]);
  const handle = createReceiver({
    config,
    handle: account.middleware(),
    api: weChatApi(world, config, log),
    clock: world.clock,
    log,
  });
  return { handle, log };
}

/** What a timer runs, and the log and clock of the function that it runs in. */
export interface TickApp<Report> {
  readonly clock: Clock;
  readonly log: Log;
  readonly tick: (signal: AbortSignal) => Promise<Report>;
}

/**
 * The timer that renews the account's tokens.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration.
 */
export function tokenRefreshApp(
  world: World = systemWorld,
): TickApp<Awaited<ReturnType<Tokens['refreshDue']>>> {
  const { config, log } = start('token-refresh', world, apiSettings);
  const { refreshDue } = storedTokens(world, config, log);
  return { clock: world.clock, log, tick: refreshDue };
}

/** The settings of whoever calls WeChat. */
const apiSettings = [...tokenSettings, 'apiBaseUrl', 'cloudbaseEnvId'] as const;
type ApiConfig = Pick<Config, (typeof apiSettings)[number]>;

/** The WeChat API with the account's token. Nothing is loaded or asked before the first call. */
function weChatApi(world: World, config: ApiConfig, log: Log): Api {
  const { clock } = world;
  const { apiBaseUrl: baseUrl } = config;
  const transport = createHttpTransport({ clock });
  return createClient({
    transport,
    baseUrl,
    fallbackUrls: baseUrl === settings.apiBaseUrl.schema.default ? weChatFallbackUrls : [],
    token: storedTokens(world, config, log, transport).accessToken,
    clock,
    random: Math.random,
    log,
  });
}

/** The account's tokens, in the CloudBase environment, from the WeChat API. */
function storedTokens(
  { env, clock }: World,
  config: ApiConfig,
  log: Log,
  transport: Transport = createHttpTransport({ clock }),
): Tokens {
  const store = createCloudbaseStore({
    envId: config.cloudbaseEnvId,
    credentials: () => credentialsFrom(env),
    clock,
    log,
  });
  return createTokens({
    store,
    transport: createTokenTransport({ transport, baseUrl: config.apiBaseUrl }),
    config,
    clock,
    random: Math.random,
    log,
  });
}

/** Reads the settings that a function names, and those of its log. */
function start<const Name extends SettingName>(
  name: string,
  world: World,
  names: readonly Name[],
): { readonly config: Pick<Config, Name>; readonly log: Log } {
  const config = loadConfig(world.env, [...names, 'logLevel', 'logOpenids']);
  const log = createLog(
    {
      write: world.writeLine,
      now: () => world.clock.now(),
      level: config.logLevel,
      openids: config.logOpenids,
    },
    { function: name },
  );
  return { config, log };
}
