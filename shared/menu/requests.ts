import * as v from 'valibot';
import type { ConditionalMenu, Menu, MenuId } from '../wechat/catalogue/menu.ts';
import { digits, filled, object, openObject, wholeNumber } from '../wechat/rules.ts';
import { KEPT_VERSIONS, VERSION_ID } from './version-document.ts';

/** Any value: the room checks each menu by WeChat's rules, whichever caller brings it. */
const aMenu = <T>() => v.custom<T>((value) => value !== undefined, 'expected {"button": […]}');

export const requests = {
  menu: aMenu<Menu>(),
  conditionalMenu: aMenu<ConditionalMenu>(),
  changedMenu: v.intersect([openObject({ menuid: digits() }), aMenu<ConditionalMenu & MenuId>()]),
  byMenuId: object({ menuid: digits() }),
  tryMatch: object({ user_id: filled() }),
  listVersions: v.optional(
    object({ limit: v.optional(wholeNumber(1, KEPT_VERSIONS), KEPT_VERSIONS) }),
    {},
  ),
  byVersion: object({
    id: v.pipe(v.string('must be a text'), v.regex(VERSION_ID, 'is no id of a version')),
  }),
};
