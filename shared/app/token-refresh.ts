import type { TimerApp } from '../kernel/app.ts';
import type { Tokens } from '../token/index.ts';
import { apiSettings } from './parts/api-settings.ts';
import { accountTokens } from './parts/wechat-client.ts';
import { start, systemWorld, type World } from './parts/world.ts';

/**
 * The timer that renews the account's tokens.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration.
 */
export function tokenRefreshApp(
  world: World = systemWorld,
): TimerApp<Awaited<ReturnType<Tokens['refreshDue']>>> {
  const { clock, log, config, finish } = start('token-refresh', world, [
    ...apiSettings,
    'jsapiTicket',
    'invokeSources',
  ]);
  return {
    clock,
    invokeSources: config.invokeSources,
    log,
    finish,
    tick: accountTokens(world, config, log).refreshDue,
  };
}
