import * as v from 'valibot';
import { menuApp } from '../../shared/app/menu.ts';
import type { Menus } from '../../shared/menu/menus.ts';
import {
  action,
  type Invocation,
  type InvokableApp,
  invokable,
  noPayload,
} from '../../shared/scf/invoke.ts';
import type { ConditionalMenu, Menu } from '../../shared/wechat/catalogue/menu.ts';
import { digits, filled } from '../../shared/wechat/rules.ts';

interface App extends InvokableApp {
  readonly menus: Menus;
}

/** Each menu is checked in its room, whoever brings it. */
const aMenu = <T>() => v.custom<T>((value) => value !== undefined, 'expected {"button": […]}');

export const actions = {
  create: action(aMenu<Menu>(), (menu, { menus }: App) => menus.create(menu)),
  get: action(noPayload, (_, { menus }: App) => menus.get()),
  delete: action(noPayload, (_, { menus }: App) => menus.delete()),
  current: action(noPayload, (_, { menus }: App) => menus.current()),
  addConditional: action(aMenu<ConditionalMenu>(), (menu, { menus }: App) =>
    menus.addConditional(menu),
  ),
  deleteConditional: action(v.strictObject({ menuid: digits() }), (id, { menus }: App) =>
    menus.deleteConditional(id),
  ),
  tryMatch: action(v.strictObject({ user_id: filled() }), (follower, { menus }: App) =>
    menus.tryMatch(follower),
  ),
  diff: action(aMenu<Menu>(), (menu, { menus }: App) => menus.diff(menu)),
};

export type MenuInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => menuApp());
