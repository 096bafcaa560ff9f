import * as v from 'valibot';
import { type MenuApp, menuApp } from '../../shared/app/menu.ts';
import { action, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';
import type { ConditionalMenu, Menu } from '../../shared/wechat/catalogue/menu.ts';
import { digits, filled } from '../../shared/wechat/rules.ts';

/** Each menu is checked in its room, whoever brings it. */
const aMenu = <T>() => v.custom<T>((value) => value !== undefined, 'expected {"button": […]}');

export const actions = {
  create: action(aMenu<Menu>(), (menu, { menus }: MenuApp) => menus.create(menu)),
  get: action(noPayload, (_, { menus }: MenuApp) => menus.get()),
  delete: action(noPayload, (_, { menus }: MenuApp) => menus.delete()),
  current: action(noPayload, (_, { menus }: MenuApp) => menus.current()),
  addConditional: action(aMenu<ConditionalMenu>(), (menu, { menus }: MenuApp) =>
    menus.addConditional(menu),
  ),
  deleteConditional: action(v.strictObject({ menuid: digits() }), (id, { menus }: MenuApp) =>
    menus.deleteConditional(id),
  ),
  tryMatch: action(v.strictObject({ user_id: filled() }), (follower, { menus }: MenuApp) =>
    menus.tryMatch(follower),
  ),
  diff: action(aMenu<Menu>(), (menu, { menus }: MenuApp) => menus.diff(menu)),
};

export type MenuInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => menuApp());
