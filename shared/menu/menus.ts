import { checked } from '../kernel/check.ts';
import type {
  ConditionalMenu,
  CurrentButton,
  CurrentMenuResponse,
  GivenMatchRule,
  Menu,
  MenuId,
  MenuResponse,
  TryMatchRequest,
} from '../wechat/catalogue/menu.ts';
import type { Api } from '../wechat/client/index.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { diff, type MenuDiff } from './diff.ts';
import { givenMenu, givenRule } from './given-menu.ts';
import type { AnyButton } from './match.ts';
import { conditionalMenuSchema, menuSchema } from './menu-schema.ts';

/** WeChat's errcode when the API has made no menu. */
const NO_MENU = 46003;

/** `menu` is null when the API has made none. */
export type StoredMenus = { readonly [Field in keyof MenuResponse]: MenuResponse[Field] | null };

/** A menu that followers see, with the rule by which some of them see it. */
export interface LiveMenu {
  readonly button: readonly AnyButton[];
  readonly matchrule?: GivenMatchRule;
}

export interface LiveMenus {
  /** Made by the API or on mp.weixin.qq.com. */
  readonly menu?: LiveMenu;
  readonly conditional: readonly (LiveMenu & MenuId)[];
}

/** The menus of an account. A menu that WeChat would refuse is refused before any call. */
export interface Menus {
  /** @throws AppError `invalid` if WeChat would refuse it as the default menu */
  check(menu: unknown): Menu;
  /** The same for a conditional one. */
  checkConditional(menu: unknown): ConditionalMenu;
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
  /**
   * The changes that `create` would make; for a menu with a rule, in the conditional menu of its
   * `menuid`, or without one of the same rule. Changes nothing.
   */
  diff(menu: Menu): Promise<MenuDiff>;
  /** What followers see now, of which `diff` tells what differs. */
  live(): Promise<LiveMenus>;
}

export function createMenus(api: Pick<Api, 'menu'>): Menus {
  const check = (menu: unknown) =>
    checked(menuSchema, givenMenu(menu), { what: 'The menu', label: 'name' });

  const checkConditional = (menu: unknown) =>
    checked(conditionalMenuSchema, givenMenu(menu), {
      what: 'The conditional menu',
      label: 'name',
    });

  async function get(): Promise<StoredMenus> {
    try {
      return await api.menu.get();
    } catch (error) {
      if (error instanceof WeChatError && error.errcode === NO_MENU) return { menu: null };
      throw error;
    }
  }

  return {
    check,
    checkConditional,
    get,
    async create(menu) {
      await api.menu.create(check(menu));
    },
    async delete() {
      await api.menu.delete();
    },
    current: () => api.menu.getCurrent(),
    async addConditional(menu) {
      const { menuid } = await api.menu.addConditional(checkConditional(menu));
      return { menuid };
    },
    async deleteConditional(id) {
      await api.menu.deleteConditional(id);
    },
    tryMatch: (follower) => api.menu.tryMatch(follower),
    live,
    async diff(menu) {
      const { menuid, matchrule } = Object(menu) as Partial<MenuId & LiveMenu>;
      if (matchrule === undefined) {
        const wanted = check(menu);
        return diff((await live()).menu?.button ?? [], wanted.button);
      }
      const wanted = checkConditional(menu);
      const { conditional } = await live();
      const replaced = conditional.find((each) =>
        menuid === undefined ? isSameRule(each, wanted) : each.menuid === String(menuid),
      );
      return diff(replaced?.button ?? [], wanted.button);
    },
  };

  async function live(): Promise<LiveMenus> {
    const { menu, conditionalmenu = [] } = await get();
    // WeChat has given ids as numbers.
    const conditional = (conditionalmenu ?? []).map((each) => ({
      ...each,
      menuid: String(each.menuid),
    }));
    if (menu) return { menu, conditional };
    // Without a menu of the API there may be one of the console, which `create` replaces as well.
    const button = consoleButtons(await api.menu.getCurrent());
    return button.length === 0 ? { conditional } : { menu: { button }, conditional };
  }
}

/** Whether two conditional menus are for the same followers. */
export function isSameRule(one: LiveMenu, other: LiveMenu): boolean {
  return ruleText(one) === ruleText(other);
}

function ruleText({ matchrule = {} }: LiveMenu): string {
  return JSON.stringify(Object.entries(givenRule(matchrule)).sort());
}

function consoleButtons({ is_menu_open: isOpen, selfmenu_info: info }: CurrentMenuResponse) {
  return isOpen ? (info.button ?? []).map(asButton) : [];
}

function asButton({ sub_button: subButtons, ...button }: CurrentButton): AnyButton {
  return subButtons ? { ...button, sub_button: subButtons.list.map(asButton) } : button;
}
