import { type Done, read, readByPost, write } from './endpoint.ts';

export type Language = 'zh_CN' | 'zh_TW' | 'en';

export interface OpenidPage {
  /** Of all that match, not of this page. */
  readonly total?: number;
  /** Of this page. */
  readonly count?: number;
  /** Missing on an empty page. */
  readonly data?: { readonly openid: readonly string[] };
  /** The last openid of the page; empty at the end. */
  readonly next_openid?: string;
}

export interface UserRequest {
  readonly openid: string;
  readonly lang?: Language;
}

/** Name, picture, sex and place are no longer given. */
export interface User {
  /** With 0, only `openid` and `unionid` are there. */
  readonly subscribe: 0 | 1;
  readonly openid: string;
  /** Only if the account is bound to an open-platform account. */
  readonly unionid?: string;
  /** WeChat has told no names and faces since 2021-12-27: the fields are empty or not there. */
  readonly nickname?: string;
  readonly headimgurl?: string;
  readonly sex?: number;
  readonly country?: string;
  readonly province?: string;
  readonly city?: string;
  readonly language?: string;
  /** In seconds since the epoch. */
  readonly subscribe_time?: number;
  readonly remark?: string;
  readonly groupid?: number;
  readonly tagid_list?: readonly number[];
  readonly subscribe_scene?: SubscribeScene;
  readonly qr_scene?: number;
  readonly qr_scene_str?: string;
}

export type SubscribeScene =
  | 'ADD_SCENE_SEARCH'
  | 'ADD_SCENE_ACCOUNT_MIGRATION'
  | 'ADD_SCENE_PROFILE_CARD'
  | 'ADD_SCENE_QR_CODE'
  | 'ADD_SCENE_PROFILE_LINK'
  | 'ADD_SCENE_PROFILE_ITEM'
  | 'ADD_SCENE_PAID'
  | 'ADD_SCENE_WECHAT_ADVERTISEMENT'
  | 'ADD_SCENE_REPRINT'
  | 'ADD_SCENE_LIVESTREAM'
  | 'ADD_SCENE_CHANNELS'
  | 'ADD_SCENE_WXA'
  | 'ADD_SCENE_OTHERS';

export interface RemarkRequest {
  readonly openid: string;
  /** Less than 30 bytes. */
  readonly remark: string;
}

export interface ChangeOpenidsRequest {
  readonly from_appid: string;
  /** At most 100. */
  readonly openid_list: readonly string[];
}

export interface ChangeOpenidsResponse extends Done {
  readonly result_list: readonly {
    readonly ori_openid: string;
    readonly new_openid?: string;
    readonly err_msg: string;
  }[];
}

export const user = {
  /**
   * The openids of all followers, 10 000 a page.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_getfans.html
   */
  list: read<{ readonly next_openid?: string }, OpenidPage>('/cgi-bin/user/get', {
    quota: { day: 500, testDay: 100 },
  }),
  /**
   * What WeChat tells of a follower.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo.html
   */
  get: read<UserRequest, User>('/cgi-bin/user/info', {
    quota: { day: 5_000_000, testDay: 500_000 },
  }),
  /**
   * The same of up to 100 followers.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchuserinfo.html
   */
  getMany: readByPost<
    { readonly user_list: readonly UserRequest[] },
    { readonly user_info_list: readonly User[] }
  >('/cgi-bin/user/info/batchget'),
  /**
   * The account's own name for a follower.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_updateremark.html
   */
  setRemark: write<RemarkRequest>('/cgi-bin/user/info/updateremark', {
    repeat: 'safe',
    quota: { day: 10_000 },
  }),
  /**
   * The openids that followers got when the account was moved; for 15 days after the move.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/usermanage/changeopenid/api_changeopenid.html
   */
  changeOpenids: readByPost<ChangeOpenidsRequest, ChangeOpenidsResponse>('/cgi-bin/changeopenid'),
} as const;
