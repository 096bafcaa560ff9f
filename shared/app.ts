import { createReceiver } from './account/receive.ts';
import type { Router } from './account/router.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { loadConfig } from './kernel/config.ts';
import type { HttpHandler } from './kernel/http.ts';
import { createLog, type Log } from './kernel/log.ts';
import type { Config, SettingName } from './kernel/settings.ts';

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
