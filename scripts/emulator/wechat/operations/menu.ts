import type { LeafButton, MenuButton } from '../../../../shared/wechat/catalogue/menu.ts';
import { ApiError } from '../errors/errors.ts';
import { jsonOf } from '../http/call.ts';
import { plainJsonOf, requiredText } from '../rules/fields.ts';
import { checkDomains, matchRuleIn } from '../rules/match-rule.ts';
import { buttonsIn } from '../rules/menu-buttons.ts';
import type { KeptMenu } from '../state/menus.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

export const menu: OperationsOf<'menu'> = {
  create(world, call) {
    const fields = plainJsonOf(call, { escaped: 40033, notUtf8: 40033 });
    world.menus.setDefault({ button: buttonsOf(world, fields.button, false) });
    return done;
  },

  get({ menus }) {
    const { default: menu, conditional } = menus.get();
    if (!menu) throw new ApiError(46003);
    const conditionalmenu = conditional.toReversed().map((each) => ({
      ...wireMenu(each),
      matchrule: each.matchrule,
    }));
    return { menu: wireMenu(menu), ...(conditionalmenu.length > 0 ? { conditionalmenu } : {}) };
  },

  delete({ menus }) {
    menus.deleteAll();
    return done;
  },

  getCurrent({ menus }) {
    const { default: menu, console: buttons } = menus.get();
    const button = menu ? menu.button.map(currentButton) : buttons;
    return { is_menu_open: button ? 1 : 0, selfmenu_info: button ? { button } : {} };
  },

  addConditional(world, call) {
    const fields = plainJsonOf(call, { escaped: 40033, notUtf8: 65318 });
    const { default: menu, conditional } = world.menus.get();
    if (!menu) throw new ApiError(65303);
    const matchrule = matchRuleIn(fields.matchrule);
    const button = buttonsOf(world, fields.button, true);
    checkDomains([...conditional, { button }]);
    return { menuid: String(world.menus.addConditional({ button, matchrule }).menuid) };
  },

  deleteConditional({ menus }, call) {
    const { menuid } = jsonOf(call);
    // WeChat gives the id as text when the menu is made and as a number when it is read.
    if (typeof menuid !== 'string' && typeof menuid !== 'number') throw new ApiError(47001);
    if (!menus.deleteConditional(String(menuid))) throw new ApiError(65301);
    return done;
  },

  tryMatch({ menus, followers }, call) {
    const id = requiredText(jsonOf(call), 'user_id', 41009);
    const follower = followers.find(id) ?? followers.findByWechatId(id);
    if (!follower) throw new ApiError(65302);
    if (!follower.isFollowing) throw new ApiError(65315);
    const menu = menus.menuFor(follower);
    if (!menu) throw new ApiError(46003);
    return { button: wireMenu(menu).button };
  },
};

function buttonsOf({ materials, publications }: World, value: unknown, isConditional: boolean) {
  const isArticle = (articleId: string) => publications.findArticle(articleId) !== undefined;
  return buttonsIn(value, { materials, isArticle, isConditional });
}

/** Every button has a list below it, be it empty. */
function wireMenu({ button, menuid }: KeptMenu) {
  return {
    button: button.map((each) => ({
      ...each,
      sub_button: ('sub_button' in each ? each.sub_button : []).map((leaf) => ({
        ...leaf,
        sub_button: [],
      })),
    })),
    menuid,
  };
}

/** In the words of `get_current_selfmenu_info`, where media ids are values. */
function currentButton(button: MenuButton) {
  if (!('sub_button' in button)) return currentLeaf(button);
  return { name: button.name, sub_button: { list: button.sub_button.map(currentLeaf) } };
}

function currentLeaf(leaf: LeafButton) {
  if ('media_id' in leaf) return { type: leaf.type, name: leaf.name, value: leaf.media_id };
  if ('article_id' in leaf) return { type: leaf.type, name: leaf.name, value: leaf.article_id };
  return leaf;
}
