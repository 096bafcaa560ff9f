import type { HttpApp } from '../kernel/app.ts';
import { createProxy } from '../proxy/proxy.ts';
import { apiSettings } from './parts/api-settings.ts';
import { accountTokens, callerOptions } from './parts/wechat-client.ts';
import { start, systemWorld, type World } from './parts/world.ts';

/**
 * The central token server and API proxy that business systems call.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function apiProxyApp(world: World = systemWorld): HttpApp {
  const { clock, log, config, store, audit, finish } = start('api-proxy', world, apiSettings);
  const tokens = accountTokens(world, config, log);
  const caller = callerOptions(world, config, log, tokens.source);
  const handle = createProxy({ store, tokens, caller, config, clock, log, audit });
  return { clock, log, finish, handle };
}
