import type { App } from '../kernel/app.ts';
import { type ClientManagement, createClientManagement } from '../proxy/manage-clients.ts';
import { createBinder } from '../store/binder.ts';
import { createSealer } from '../token/index.ts';
import { start, systemWorld, type World } from './parts/world.ts';

export interface ProxyClientApp extends App {
  readonly clients: ClientManagement;
}

/**
 * The operator's side of the API proxy: its clients and what they may do.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration.
 */
export function proxyClientApp(world: World = systemWorld): ProxyClientApp {
  const { clock, log, config, store, audit, finish } = start('proxy-client', world, [
    'appid',
    'appsecret',
    'invokeSources',
  ]);
  const clients = createClientManagement({
    store,
    sealer: createSealer(config),
    binder: createBinder(config),
    clock,
  });
  return { clock, invokeSources: config.invokeSources, log, audit, finish, clients };
}
