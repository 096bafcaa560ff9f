import { lookup } from 'node:dns/promises';
import { createReceiver } from './account/receive.ts';
import type { Router } from './account/router.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { loadConfig } from './kernel/config.ts';
import type { HttpHandler } from './kernel/http.ts';
import { createLog, type Log } from './kernel/log.ts';
import type { Config, SettingName } from './kernel/settings.ts';
import { isPublicAddress } from './material/address.ts';
import { createDrafts, type Drafts } from './material/drafts.ts';
import { createFileLoader } from './material/file-source.ts';
import { createHandOut } from './material/hand-out.ts';
import { createMaterials, type Materials } from './material/materials.ts';
import { createMedia, type Media } from './material/media.ts';
import { createPublishing, type Publishing } from './material/publishing.ts';
import { createUploads } from './material/uploads.ts';
import { createWebFetch } from './material/web-file.ts';
import { createMenus, type Menus } from './menu/menus.ts';
import { createCloudbaseStore } from './store/cloudbase.ts';
import { createCloudbaseFiles } from './store/cloudbase-files.ts';
import { credentialsFrom } from './store/credentials.ts';
import { createTokens, type Tokens, tokenSettings } from './token/index.ts';
import { createTokenTransport } from './token/wechat-transport.ts';
import {
  type Api,
  createClient,
  createHttpTransport,
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

/** The clock and log of an invoked function. */
export interface InvokedApp {
  readonly clock: Clock;
  readonly log: Log;
}

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function menuApp(world: World = systemWorld): InvokedApp & { readonly menus: Menus } {
  const { config, log } = start('menu', world, storedTokenSettings);
  return { clock: world.clock, log, menus: createMenus(wechatApi(world, config, log)) };
}

export interface MaterialApp extends InvokedApp {
  readonly media: Media;
  readonly materials: Materials;
  readonly drafts: Drafts;
  readonly publishing: Publishing;
}

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function materialApp(world: World = systemWorld): MaterialApp {
  const { clock, env } = world;
  const { config, log } = start('material', world, storedTokenSettings);
  const api = wechatApi(world, config, log);
  const files = createCloudbaseFiles({
    envId: config.cloudbaseEnvId,
    credentials: () => credentialsFrom(env),
    clock,
  });
  const fetchWebFile = createWebFetch({
    resolve: (host) => lookup(host, { all: true }),
    isPublic: isPublicAddress,
    clock,
  });
  const prepare = createUploads(createFileLoader({ fetchWebFile, files }));
  const handOut = createHandOut(files);
  return {
    clock,
    log,
    media: createMedia({ api, prepare, handOut }),
    materials: createMaterials({ api, prepare, handOut }),
    drafts: createDrafts(api),
    publishing: createPublishing(api),
  };
}

/** The WeChat API with the account's token. */
function wechatApi(
  world: World,
  config: Pick<Config, (typeof storedTokenSettings)[number]>,
  log: Log,
): Api {
  const { clock } = world;
  const { apiBaseUrl: baseUrl } = config;
  return createClient({
    transport: createHttpTransport({ clock }),
    baseUrl,
    // Any other address is an emulator, which no host of WeChat can stand in for.
    fallbackUrls: baseUrl.endsWith('.weixin.qq.com') ? weChatFallbackUrls : [],
    token: storedTokens(world, config, log).accessToken,
    clock,
    random: Math.random,
    log,
  });
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
