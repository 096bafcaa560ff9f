import { type MenuApp, menuApp } from '../../shared/app/menu.ts';
import { requests } from '../../shared/menu/requests.ts';
import { action, audited, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';

export const actions = {
  create: audited(requests.menu, (menu, { menus }: MenuApp) => menus.create(menu)),
  get: action(noPayload, (_, { menus }: MenuApp) => menus.get()),
  delete: audited(noPayload, (_, { menus }: MenuApp) => menus.delete()),
  current: action(noPayload, (_, { menus }: MenuApp) => menus.current()),
  addConditional: audited(requests.conditionalMenu, (menu, { menus }: MenuApp) =>
    menus.addConditional(menu),
  ),
  deleteConditional: audited(requests.byMenuId, (id, { menus }: MenuApp) =>
    menus.deleteConditional(id),
  ),
  tryMatch: action(requests.tryMatch, (follower, { menus }: MenuApp) => menus.tryMatch(follower)),
  diff: action(requests.menu, (menu, { menus }: MenuApp) => menus.diff(menu)),
};

export type MenuInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => menuApp());
