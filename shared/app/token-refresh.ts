import type { Tokens } from '../token/index.ts';
import { apiSettings } from './parts/api-settings.ts';
import { storedTokens } from './parts/wechat-client.ts';
import { type App, start, systemWorld, type World } from './parts/world.ts';

/** What a timer runs. */
export interface TickApp<Report> extends App {
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
  const { clock, log, config, rest } = start('token-refresh', world, [
    ...apiSettings,
    'jsapiTicket',
  ]);
  return { clock, log, rest, tick: storedTokens(world, config, log).refreshDue };
}
