import { createReceiver } from './account/receive.ts';
import type { Router } from './account/router.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { loadConfig } from './kernel/config.ts';
import type { HttpHandler } from './kernel/http.ts';
import { createLog, type Log } from './kernel/log.ts';
import type { Config, SettingName } from './kernel/settings.ts';
import { createCloudbaseStore } from './store/cloudbase.ts';
import { credentialsFrom } from './store/credentials.ts';
import { createTokens, type Tokens, tokenSettings } from './token/index.ts';
import { createTokenTransport } from './token/wechat-transport.ts';
import { createHttpTransport } from './wechat/client/http-transport.ts';

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
  ]);
  const handle = createReceiver({
    config,
    handle: account.middleware(),
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
  const { config, log } = start('token-refresh', world, storedTokenSettings);
  const { refreshDue } = storedTokens(world, config, log);
  return { clock: world.clock, log, tick: refreshDue };
}

const storedTokenSettings = [...tokenSettings, 'apiBaseUrl', 'cloudbaseEnvId'] as const;

/** The account's tokens, in the CloudBase environment, from the WeChat API. */
function storedTokens(
  { env, clock }: World,
  config: Pick<Config, (typeof storedTokenSettings)[number]>,
  log: Log,
): Tokens {
  const { cloudbaseEnvId: envId, apiBaseUrl: baseUrl } = config;
  const store = createCloudbaseStore({
    envId,
    credentials: () => credentialsFrom(env),
    clock,
    log,
  });
  const transport = createTokenTransport({ transport: createHttpTransport({ clock }), baseUrl });
  return createTokens({ store, transport, config, clock, random: Math.random, log });
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
