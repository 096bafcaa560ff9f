import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { ConditionalMenu, Menu, MenuId } from '../wechat/catalogue/menu.ts';
import { givenMenu } from './given-menu.ts';
import { isSameRule, type LiveMenu, type Menus } from './menus.ts';
import type { ComparedVersion, MenuVersion, MenuVersions } from './versions.ts';

/** A publication, and the version that it was kept as. */
export interface PublishedMenu {
  /** `null` if followers see the menu but it could not be kept; the log tells why. */
  readonly version: string | null;
}

/**
 * Changes what followers see, and keeps each menu that was published, with who did it, and each that a
 * publication takes away. What cannot be kept is not taken away.
 */
export interface Publications {
  create(menu: Menu, by: string): Promise<PublishedMenu>;
  delete(): Promise<void>;
  addConditional(menu: ConditionalMenu, by: string): Promise<MenuId & PublishedMenu>;
  /** Puts a menu in the place of the conditional one of its `menuid`; it becomes the newest. */
  changeConditional(menu: ConditionalMenu & MenuId, by: string): Promise<MenuId & PublishedMenu>;
  deleteConditional(id: MenuId): Promise<void>;
  /** The newest first. */
  list(limit: number): Promise<readonly MenuVersion[]>;
  /** @throws AppError `not_found` */
  get(id: string): Promise<ComparedVersion>;
  /**
   * Publishes a version once more. One with a rule takes the place of the live menu of that rule.
   *
   * @throws AppError `not_found`; `invalid` for a menu that the API cannot make
   */
  restore(id: string, by: string): Promise<PublishedMenu>;
}

export interface PublicationsOptions {
  readonly menus: Menus;
  readonly versions: MenuVersions;
  readonly log: Log;
}

export function createPublications({ menus, versions, log }: PublicationsOptions): Publications {
  const publications: Publications = {
    async create(menu, by) {
      menus.check(menu);
      const { menu: before } = await menus.live();
      await versions.keepFound(before ? [before] : []);
      await menus.create(menu);
      return keep(menu, by);
    },

    async delete() {
      const { menu, conditional } = await menus.live();
      await versions.keepFound([...(menu ? [menu] : []), ...conditional.map(withoutId)]);
      await menus.delete();
    },

    async addConditional(menu, by) {
      const made = await menus.addConditional(menu);
      return { ...made, ...(await keep(menu, by)) };
    },

    async changeConditional({ menuid, ...menu }, by) {
      menus.checkConditional(menu);
      if (!(await keepConditional({ menuid }))) {
        throw new AppError('not_found', 'There is no conditional menu of this menuid.');
      }
      const made = await menus.addConditional(menu);
      const kept = await keep(menu, by);
      try {
        await menus.deleteConditional({ menuid });
      } catch (cause) {
        throw new AppError(
          'upstream',
          `The new conditional menu is live as ${made.menuid}, but the old one, ${menuid}, could not be deleted: delete it.`,
          { cause },
        );
      }
      return { ...made, ...kept };
    },

    async deleteConditional({ menuid }) {
      await keepConditional({ menuid });
      await menus.deleteConditional({ menuid });
    },

    list: async (limit) => versions.list(limit, await menus.live()),
    get: async (id) => versions.get(id, await menus.live()),

    async restore(id, by) {
      const live = await menus.live();
      const { menu } = await versions.get(id, live);
      if (!menu.matchrule) return publications.create(menu as Menu, by);
      const conditional = menu as ConditionalMenu;
      const same = live.conditional.find((each) => isSameRule(each, menu));
      const { version } = same
        ? await publications.changeConditional({ ...conditional, menuid: same.menuid }, by)
        : await publications.addConditional(conditional, by);
      return { version };
    },
  };
  return publications;

  /** @returns whether there is one of this id */
  async function keepConditional({ menuid }: MenuId): Promise<boolean> {
    const { conditional } = await menus.live();
    const found = conditional.filter((each) => each.menuid === menuid);
    await versions.keepFound(found.map(withoutId));
    return found.length > 0;
  }

  /** The menu is live by now, so that its publication counts. */
  async function keep(menu: Menu, by: string): Promise<PublishedMenu> {
    try {
      return { version: await versions.keep(givenMenu(menu) as LiveMenu, by) };
    } catch (error) {
      log.error('menu version not kept', { error });
      return { version: null };
    }
  }
}

function withoutId({ menuid: _, ...menu }: LiveMenu & MenuId): LiveMenu {
  return menu;
}
