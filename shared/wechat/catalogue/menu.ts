import { type Done, read, readByPost, write, writeByGet } from './endpoint.ts';

interface Named {
  /** At most 16 bytes at the first level, 60 at the second. */
  readonly name: string;
}

export interface KeyButton extends Named {
  readonly type:
    | 'click'
    | 'scancode_push'
    | 'scancode_waitmsg'
    | 'pic_sysphoto'
    | 'pic_photo_or_album'
    | 'pic_weixin'
    | 'location_select';
  /** Comes back as `EventKey`; at most 128 bytes. */
  readonly key: string;
}

export interface ViewButton extends Named {
  readonly type: 'view';
  readonly url: string;
}

export interface MiniProgramButton extends Named {
  readonly type: 'miniprogram';
  /** What clients too old for mini programs open. */
  readonly url: string;
  readonly appid: string;
  readonly pagepath: string;
}

export interface MediaButton extends Named {
  readonly type: 'media_id' | 'view_limited';
  /** Of permanent material. */
  readonly media_id: string;
}

export interface ArticleButton extends Named {
  readonly type: 'article_id' | 'article_view_limited';
  /** Of a published article. */
  readonly article_id: string;
}

export type LeafButton = KeyButton | ViewButton | MiniProgramButton | MediaButton | ArticleButton;

export interface ParentButton extends Named {
  /** One to five. */
  readonly sub_button: readonly LeafButton[];
}

export type MenuButton = LeafButton | ParentButton;

export interface Menu {
  /** One to three. */
  readonly button: readonly MenuButton[];
}

/** At least one must be there. */
export interface MatchRule {
  readonly tag_id?: string;
  /** `1` iOS, `2` Android, `3` others. */
  readonly client_platform_type?: '1' | '2' | '3';
}

export interface ConditionalMenu extends Menu {
  readonly matchrule: MatchRule;
}

export interface MenuId {
  readonly menuid: string;
}

/** WeChat writes an empty list below a button that opens no others, and takes it back. */
export type GivenLeafButton = LeafButton & { readonly sub_button?: readonly [] };

export interface GivenParentButton extends Named {
  readonly sub_button: readonly GivenLeafButton[];
}

/** A menu, also with the empty lists that WeChat writes. */
export interface GivenMenu {
  readonly button: readonly (GivenLeafButton | GivenParentButton)[];
}

export interface StoredMenu extends GivenMenu {
  /** Only where there are conditional menus too. */
  readonly menuid?: string;
}

/** In an answer numbers may stand for texts, and menus from before 2022 match by more. */
export interface GivenMatchRule {
  readonly tag_id?: string | number;
  readonly group_id?: string | number;
  readonly client_platform_type?: MatchRule['client_platform_type'] | 1 | 2 | 3;
  readonly sex?: string | number;
  readonly country?: string;
  readonly province?: string;
  readonly city?: string;
  readonly language?: string;
}

export interface GivenConditionalMenu extends GivenMenu {
  readonly matchrule: GivenMatchRule;
}

export interface MenuResponse {
  readonly menu: StoredMenu;
  readonly conditionalmenu?: readonly (GivenConditionalMenu & MenuId)[];
}

export interface CurrentButton {
  readonly name: string;
  /** Those of the API, and `text img voice video news` of the console. */
  readonly type?: string;
  readonly key?: string;
  readonly url?: string;
  readonly value?: string;
  readonly appid?: string;
  readonly pagepath?: string;
  readonly news_info?: {
    readonly list: readonly {
      readonly title: string;
      readonly author: string;
      readonly digest: string;
      readonly show_cover: number;
      readonly cover_url: string;
      readonly content_url: string;
      readonly source_url: string;
    }[];
  };
  readonly sub_button?: { readonly list: readonly CurrentButton[] };
}

export interface CurrentMenuResponse {
  readonly is_menu_open: 0 | 1;
  readonly selfmenu_info: { readonly button?: readonly CurrentButton[] };
}

export interface TryMatchRequest {
  /** An openid or a WeChat id. */
  readonly user_id: string;
}

export const menu = {
  /**
   * Replaces the default menu.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
   */
  create: write<GivenMenu>('/cgi-bin/menu/create', {
    repeat: 'safe',
    quota: { day: 1_000, testDay: 100 },
  }),
  /**
   * Only menus made by the API; `menu.getCurrent` also knows the console's.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_getmenu.html
   */
  get: read<undefined, MenuResponse>('/cgi-bin/menu/get', {
    quota: { day: 10_000, testDay: 1_000 },
  }),
  /**
   * Deletes the default menu and all conditional ones.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_deletemenu.html
   */
  delete: writeByGet<undefined>('/cgi-bin/menu/delete', {
    repeat: 'safe',
    quota: { day: 1_000, testDay: 100 },
  }),
  /**
   * The menu as followers see it, also one that was made in the console.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_getcurrentselfmenuinfo.html
   */
  getCurrent: read<undefined, CurrentMenuResponse>('/cgi-bin/get_current_selfmenu_info'),
  /**
   * Adds a menu for the followers that a rule matches.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_addconditionalmenu.html
   */
  addConditional: write<GivenConditionalMenu, MenuId & Done>('/cgi-bin/menu/addconditional', {
    quota: { day: 2_000 },
  }),
  /**
   * Deletes one conditional menu.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_deleteconditionalmenu.html
   */
  deleteConditional: write<MenuId>('/cgi-bin/menu/delconditional', {
    repeat: 'safe',
    quota: { day: 2_000 },
  }),
  /**
   * Which menu a follower sees.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_trymatchmenu.html
   */
  tryMatch: readByPost<TryMatchRequest, GivenMenu>('/cgi-bin/menu/trymatch', {
    quota: { day: 20_000 },
  }),
} as const;
