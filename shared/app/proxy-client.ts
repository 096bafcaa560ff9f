import type { App } from '../kernel/app.ts';
import { type ClientDesk, createDesk } from '../proxy/manage-clients.ts';
import { createSealer } from '../token/index.ts';
import { start, systemWorld, type World } from './parts/world.ts';

export interface ProxyClientApp extends App {
  readonly desk: ClientDesk;
}

/**
 * The operator's side of the API proxy: who its clients are.
 *
 * @throws AppError `invalid` with all that is wrong in the configuration.
 */
export function proxyClientApp(world: World = systemWorld): ProxyClientApp {
  const { clock, log, config, store, finish } = start('proxy-client', world, [
    'appid',
    'appsecret',
  ]);
  return { clock, log, finish, desk: createDesk({ store, sealer: createSealer(config), clock }) };
}
