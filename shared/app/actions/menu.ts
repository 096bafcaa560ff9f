import { action, audited, noPayload } from '../../kernel/action.ts';
import { requests } from '../../menu/requests.ts';
import type { MenuApp } from '../menu.ts';
import { autoReplyActions } from './auto-replies.ts';

/** What an operator does with the menus. */
export const menuActions = {
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

  ...autoReplyActions,
};
