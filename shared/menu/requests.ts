import * as v from 'valibot';
import type { ConditionalMenu, Menu } from '../wechat/catalogue/menu.ts';
import { digits, filled, object } from '../wechat/rules.ts';

/** Any value: the room checks each menu by WeChat's rules, whichever caller brings it. */
const aMenu = <T>() => v.custom<T>((value) => value !== undefined, 'expected {"button": […]}');

export const requests = {
  menu: aMenu<Menu>(),
  conditionalMenu: aMenu<ConditionalMenu>(),
  byMenuId: object({ menuid: digits() }),
  tryMatch: object({ user_id: filled() }),
};
