import { checked } from '../kernel/check.ts';
import type {
  ConditionalMenu,
  CurrentButton,
  CurrentMenuResponse,
  Menu,
  MenuId,
  MenuResponse,
  TryMatchRequest,
} from '../wechat/catalogue/menu.ts';
import type { Api } from '../wechat/client/index.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { diff, type MenuDiff } from './diff.ts';
import { givenMenu } from './given-menu.ts';
import type { AnyButton } from './match.ts';
import { conditionalMenuSchema, menuSchema } from './menu-schema.ts';

/** WeChat's errcode when the API has made no menu. */
const NO_MENU = 46003;

/** `menu` is null when the API has made none. */
export type StoredMenus = { readonly [Field in keyof MenuResponse]: MenuResponse[Field] | null };

/** The menus of an account. A menu that WeChat would refuse is refused before any call. */
export interface Menus {
  /** Replaces the default menu. */
  create(menu: Menu): Promise<void>;
  get(): Promise<StoredMenus>;
  /** Deletes the default menu and every conditional one. */
  delete(): Promise<void>;
  /** The menus that followers see now, those made in the console too. */
  current(): Promise<CurrentMenuResponse>;
  addConditional(menu: ConditionalMenu): Promise<MenuId>;
  deleteConditional(id: MenuId): Promise<void>;
  /** The menu that this follower sees. */
  tryMatch(follower: TryMatchRequest): Promise<Menu>;
  /** The changes that `create` would make. Changes nothing. */
  diff(menu: Menu): Promise<MenuDiff>;
}

export function createMenus(api: Pick<Api, 'menu'>): Menus {
  const check = (menu: unknown) =>
    checked(menuSchema, givenMenu(menu), { what: 'The menu', label: 'name' });

  async function get(): Promise<StoredMenus> {
    try {
      return await api.menu.get();
    } catch (error) {
      if (error instanceof WeChatError && error.errcode === NO_MENU) return { menu: null };
      throw error;
    }
  }

  return {
    get,
    async create(menu) {
      await api.menu.create(check(menu));
    },
    async delete() {
      await api.menu.delete();
    },
    current: () => api.menu.getCurrent(),
    async addConditional(menu) {
      const options = { what: 'The conditional menu', label: 'name' };
      const { menuid } = await api.menu.addConditional(
        checked(conditionalMenuSchema, givenMenu(menu), options),
      );
      return { menuid };
    },
    async deleteConditional(id) {
      await api.menu.deleteConditional(id);
    },
    tryMatch: (follower) => api.menu.tryMatch(follower),
    async diff(menu) {
      const wanted = check(menu);
      const stored = (await get()).menu;
      // Without a menu of the API there may be one of the console, which `create` replaces as well.
      const buttons = stored ? stored.button : consoleButtons(await api.menu.getCurrent());
      return diff(buttons, wanted.button);
    },
  };
}

function consoleButtons({ is_menu_open: isOpen, selfmenu_info: info }: CurrentMenuResponse) {
  return isOpen ? (info.button ?? []).map(asButton) : [];
}

function asButton({ sub_button: subButtons, ...button }: CurrentButton): AnyButton {
  return subButtons ? { ...button, sub_button: subButtons.list.map(asButton) } : button;
}
