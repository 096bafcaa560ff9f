import type { App } from '../kernel/app.ts';
import { createMenus, type Menus } from '../menu/menus.ts';
import { apiSettings } from './parts/api-settings.ts';
import { weChatApi } from './parts/wechat.ts';
import { start, systemWorld, type World } from './parts/world.ts';

export interface MenuApp extends App {
  readonly menus: Menus;
}

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function menuApp(world: World = systemWorld): MenuApp {
  const { clock, log, config, audit, finish } = start('menu', world, [
    ...apiSettings,
    'invokeSources',
  ]);
  return {
    clock,
    invokeSources: config.invokeSources,
    log,
    audit,
    finish,
    menus: createMenus(weChatApi(world, config, log)),
  };
}
