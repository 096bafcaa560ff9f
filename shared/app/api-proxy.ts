import { createProxy } from '../proxy/proxy.ts';
import { apiSettings } from './api-settings.ts';
import type { HttpApp } from './callback.ts';
import { callerOptions, storedTokens } from './wechat-client.ts';
import { start, systemWorld, type World } from './world.ts';

/**
 * The central token server and API proxy that business systems call.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function apiProxyApp(world: World = systemWorld): HttpApp {
  const { clock, log, config, store, rest } = start('api-proxy', world, apiSettings);
  const tokens = storedTokens(world, config, log);
  const caller = callerOptions(world, config, log, tokens.accessToken);
  const handle = createProxy({ store, tokens, caller, config, clock, log });
  return { clock, log, rest, handle };
}
