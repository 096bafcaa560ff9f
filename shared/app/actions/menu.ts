import { action, audited, noPayload } from '../../kernel/action.ts';
import { requests } from '../../menu/requests.ts';
import type { MenuApp } from '../menu.ts';
import { autoReplyActions } from './auto-replies.ts';

/** What an operator does with the menus. */
export const menuActions = {
  create: audited(requests.menu, (menu, { publications }: MenuApp, by) =>
    publications.create(menu, by),
  ),
  get: action(noPayload, (_, { menus }: MenuApp) => menus.get()),
  delete: audited(noPayload, (_, { publications }: MenuApp) => publications.delete()),
  current: action(noPayload, (_, { menus }: MenuApp) => menus.current()),
  addConditional: audited(requests.conditionalMenu, (menu, { publications }: MenuApp, by) =>
    publications.addConditional(menu, by),
  ),
  changeConditional: audited(requests.changedMenu, (menu, { publications }: MenuApp, by) =>
    publications.changeConditional(menu, by),
  ),
  deleteConditional: audited(requests.byMenuId, (id, { publications }: MenuApp) =>
    publications.deleteConditional(id),
  ),
  tryMatch: action(requests.tryMatch, (follower, { menus }: MenuApp) => menus.tryMatch(follower)),
  diff: action(requests.menu, (menu, { menus }: MenuApp) => menus.diff(menu)),

  listVersions: action(requests.listVersions, async ({ limit }, { publications }: MenuApp) => ({
    versions: await publications.list(limit),
  })),
  getVersion: action(requests.byVersion, ({ id }, { publications }: MenuApp) =>
    publications.get(id),
  ),
  restore: audited(requests.byVersion, ({ id }, { publications }: MenuApp, by) =>
    publications.restore(id, by),
  ),

  ...autoReplyActions,
};
