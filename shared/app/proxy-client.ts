import { accountKeyOf } from '../kernel/account-key.ts';
import type { App } from '../kernel/app.ts';
import { type ClientManagement, createClientManagement } from '../proxy/manage-clients.ts';
import { createBinder } from '../store/binder.ts';
import { createSealer } from '../token/index.ts';
import { clientVersions } from './client-versions.ts';
import { type Started, start, systemWorld, type World } from './parts/world.ts';

export interface ProxyClientApp extends App {
  readonly clients: ClientManagement;
}

const clientSettings = ['appid', 'appsecret', 'documentKey', 'invokeSources'] as const;

/**
 * The operator's side of the API proxy: its clients and what they may do.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration.
 */
export function proxyClientApp(
  world: World = systemWorld,
  started: Started<(typeof clientSettings)[number]> = start('proxy-client', world, clientSettings),
): ProxyClientApp {
  const { clock, log, config, store, audit, finish } = started;
  const key = accountKeyOf(config);
  const binder = createBinder(key);
  const clients = createClientManagement({
    store,
    sealer: createSealer(key),
    binder,
    clock,
    readVersions: () => clientVersions({ store, binder, log }),
  });
  return { clock, invokeSources: config.invokeSources, log, audit, finish, clients };
}
