import { type MenuApp, menuApp } from '../../shared/app/menu.ts';
import { requests } from '../../shared/menu/requests.ts';
import { action, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';

export const actions = {
  create: action(requests.menu, (menu, { menus }: MenuApp) => menus.create(menu)),
  get: action(noPayload, (_, { menus }: MenuApp) => menus.get()),
  delete: action(noPayload, (_, { menus }: MenuApp) => menus.delete()),
  current: action(noPayload, (_, { menus }: MenuApp) => menus.current()),
  addConditional: action(requests.conditionalMenu, (menu, { menus }: MenuApp) =>
    menus.addConditional(menu),
  ),
  deleteConditional: action(requests.byMenuId, (id, { menus }: MenuApp) =>
    menus.deleteConditional(id),
  ),
  tryMatch: action(requests.tryMatch, (follower, { menus }: MenuApp) => menus.tryMatch(follower)),
  diff: action(requests.menu, (menu, { menus }: MenuApp) => menus.diff(menu)),
};

export type MenuInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => menuApp());
