import type { StoredMenus } from '../../../../menu/menus.ts';
import type { CurrentMenuResponse } from '../../../../wechat/catalogue/menu.ts';
import { call } from '../../api.ts';
import { type EditedButton, editedMenu } from './edited-menu.ts';

export type Buttons = readonly EditedButton[];

/** What followers see. */
export interface Live {
  readonly buttons: Buttons;
  /** Whether it was made on mp.weixin.qq.com, not by the API. */
  readonly isOfSite: boolean;
  readonly conditional: NonNullable<StoredMenus['conditionalmenu']>;
}

export type LiveConditional = Live['conditional'][number];

export async function readLive(): Promise<Live> {
  const { menu, conditionalmenu } = await call<StoredMenus>('menu', 'get');
  const conditional = conditionalmenu ?? [];
  if (menu) return { buttons: editedMenu(menu.button), isOfSite: false, conditional };
  const { is_menu_open: isOpen, selfmenu_info: info } = await call<CurrentMenuResponse>(
    'menu',
    'current',
  );
  const buttons = editedMenu(isOpen ? (info.button ?? []) : []);
  return { buttons, isOfSite: buttons.length > 0, conditional };
}
