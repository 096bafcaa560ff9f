import { type Clock, systemClock } from '../kernel/clock.ts';
import { loadConfig } from '../kernel/config.ts';
import { createLog, type Log } from '../kernel/log.ts';
import type { Config, SettingName } from '../kernel/settings.ts';

/** Everything outside this process that the house touches. Tests bring their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Takes one finished log line. */
  readonly writeLine: (line: string) => void;
  /** From 0 up to 1: spreads those who wait. Nothing secret is made of it. */
  readonly random: () => number;
}

export const systemWorld: World = {
  env: process.env,
  clock: systemClock,
  // biome-ignore lint/suspicious/noConsole: the platform collects what goes through the console
  writeLine: (line) => console.log(line),
  random: Math.random,
};

/** What every app has. */
export interface App {
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Reads the settings that a function names, and those of its log.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration.
 */
export function start<const Name extends SettingName>(
  name: string,
  { env, clock, writeLine }: World,
  names: readonly Name[],
): App & { readonly config: Pick<Config, Name> } {
  const config = loadConfig(env, [...names, 'logLevel', 'logOpenids']);
  const log = createLog(
    {
      write: writeLine,
      now: () => clock.now(),
      level: config.logLevel,
      openids: config.logOpenids,
    },
    { function: name },
  );
  return { clock, log, config };
}
