import { accountKeyOf } from '../kernel/account-key.ts';
import type { HttpApp } from '../kernel/app.ts';
import { createProxy } from '../proxy/proxy.ts';
import { createBinder } from '../store/binder.ts';
import { clientVersions } from './client-versions.ts';
import { apiSettings } from './parts/api-settings.ts';
import { accountTokens, callerOptions } from './parts/wechat-client.ts';
import { start, systemWorld, type World } from './parts/world.ts';

/**
 * The central token server and API proxy that business systems call.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration: the instance must not start.
 */
export function apiProxyApp(world: World = systemWorld): HttpApp {
  const { clock, log, config, store, audit, finish } = start('api-proxy', world, [
    ...apiSettings,
    'proxyV1Until',
  ]);
  const tokens = accountTokens(world, config, log);
  const caller = callerOptions(world, config, log, tokens.source);
  const handle = createProxy({
    ...{ store, tokens, caller, config, clock, log, audit },
    readVersions: () => clientVersions({ store, binder: createBinder(accountKeyOf(config)), log }),
  });
  return { clock, log, finish, handle };
}
