import type {
  ConditionalMenu,
  CurrentButton,
  LeafButton,
  MatchRule,
  Menu,
} from '../../../../shared/wechat/catalogue/menu.ts';
import type { EmulatedFollower } from './followers.ts';
import type { Storage } from './storage.ts';

export interface KeptMenu extends Menu {
  readonly menuid: number;
}
export type KeptConditionalMenu = KeptMenu & ConditionalMenu;

interface MenuState {
  lastId: number;
  default: KeptMenu | null;
  /** The newest last. */
  conditional: KeptConditionalMenu[];
  /** What was clicked together in the console; the API does not touch it. */
  console: readonly CurrentButton[] | null;
}

const FIRST_ID = 208_379_532;

export function createMenus(storage: Storage) {
  const section = storage.section<MenuState>('menus', () => ({
    lastId: FIRST_ID,
    default: null,
    conditional: [],
    console: null,
  }));
  const nextId = (state: MenuState) => {
    state.lastId += 1;
    return state.lastId;
  };

  return {
    setDefault: ({ button }: Menu) =>
      section.update((state) => {
        state.default = { button, menuid: nextId(state) };
      }),

    addConditional: ({ button, matchrule }: ConditionalMenu): KeptConditionalMenu =>
      section.update((state) => {
        const menu = { button, matchrule, menuid: nextId(state) };
        state.conditional.push(menu);
        return menu;
      }),

    /** `false` if there is no such conditional menu. */
    deleteConditional: (menuid: string): boolean =>
      section.update((state) => {
        const kept = state.conditional.filter((menu) => String(menu.menuid) !== menuid);
        const isFound = kept.length < state.conditional.length;
        state.conditional = kept;
        return isFound;
      }),

    deleteAll: () =>
      section.update((state) => {
        state.default = null;
        state.conditional = [];
      }),

    setConsole: (buttons: readonly CurrentButton[] | null) =>
      section.update((state) => {
        state.console = buttons;
      }),

    get: (): Readonly<MenuState> => section.read(),

    /** What this follower sees: the newest conditional menu that fits, else the default one. */
    menuFor(follower: EmulatedFollower): KeptMenu | null {
      const { conditional } = section.read();
      const match = conditional.findLast(({ matchrule }) => fits(matchrule, follower));
      return match ?? section.read().default;
    },

    /** Material that a button gives out cannot be deleted. */
    usesMaterial: (mediaId: string): boolean => {
      const { default: menu, conditional } = section.read();
      const menus = menu ? [menu, ...conditional] : conditional;
      return menus
        .flatMap(leavesOf)
        .some((leaf) => 'media_id' in leaf && leaf.media_id === mediaId);
    },
  };
}

export type Menus = ReturnType<typeof createMenus>;

/** Of several tags the one given last counts. */
function fits(rule: MatchRule, { tagIds, clientPlatform }: EmulatedFollower): boolean {
  const isTagged = rule.tag_id === undefined || rule.tag_id === String(tagIds.at(-1));
  return isTagged && (rule.client_platform_type ?? clientPlatform) === clientPlatform;
}

export function leavesOf({ button }: Menu): readonly LeafButton[] {
  return button.flatMap((each) => ('sub_button' in each ? each.sub_button : [each]));
}
