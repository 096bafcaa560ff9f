import { createRuleBook, type RuleBook } from '../auto-replies/rule-book.ts';
import type { App } from '../kernel/app.ts';
import { createMenus, type Menus } from '../menu/menus.ts';
import { createPublications, type Publications } from '../menu/publications.ts';
import { createMenuVersions } from '../menu/versions.ts';
import { apiSettings } from './parts/api-settings.ts';
import { weChatApi } from './parts/wechat.ts';
import { type Started, start, systemWorld, type World } from './parts/world.ts';

export interface MenuApp extends App {
  readonly menus: Menus;
  readonly publications: Publications;
  readonly autoReplies: RuleBook;
}

const menuSettings = [...apiSettings, 'invokeSources'] as const;

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function menuApp(
  world: World = systemWorld,
  started: Started<(typeof menuSettings)[number]> = start('menu', world, menuSettings),
): MenuApp {
  const { clock, log, config, store, audit, finish } = started;
  const api = weChatApi(world, config, log);
  const menus = createMenus(api);
  return {
    clock,
    invokeSources: config.invokeSources,
    log,
    audit,
    finish,
    menus,
    publications: createPublications({
      menus,
      versions: createMenuVersions({ store, clock }),
      log,
    }),
    autoReplies: createRuleBook({ store, api, clock }),
  };
}
