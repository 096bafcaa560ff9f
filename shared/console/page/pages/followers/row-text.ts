import type { FollowerRow } from '../../../../followers/search.ts';
import { wordsOf } from '../../words.ts';
import { w } from './words.ts';

/** What a follower is called here: the remark, or what was imported as a name, or the openid's end. */
export function nameOf({ openid, remark, about }: FollowerRow): string {
  const { custom = {} } = about ?? {};
  const named = ['姓名', '名字', 'name', '昵称', 'nickname'].find((field) =>
    Object.hasOwn(custom, field),
  );
  return remark ?? (named === undefined ? `…${openid.slice(-8)}` : String(custom[named]));
}

/** What the business has imported, field by field. */
export function importedOf({ about = {} }: FollowerRow): readonly (readonly [string, string])[] {
  const { custom = {}, sex, ...places } = about;
  return [
    ...(sex === undefined ? [] : [[w('sex'), w(sex)] as const]),
    ...Object.entries(places).map(
      ([name, value]) =>
        [name === 'province' || name === 'city' ? w(name) : name, String(value)] as const,
    ),
    ...Object.entries(custom).map(([name, value]) => [name, String(value)] as const),
  ];
}

/** https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo.html */
const scenes: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ADD_SCENE_SEARCH: ['搜索', 'search'],
  ADD_SCENE_ACCOUNT_MIGRATION: ['账号迁移', 'migration of an account'],
  ADD_SCENE_PROFILE_CARD: ['名片分享', 'shared card'],
  ADD_SCENE_QR_CODE: ['扫描二维码', 'QR code'],
  ADD_SCENE_PROFILE_LINK: ['图文页内名称', 'name in an article'],
  ADD_SCENE_PROFILE_ITEM: ['图文页右上角菜单', 'menu of an article'],
  ADD_SCENE_PAID: ['支付后关注', 'after a payment'],
  ADD_SCENE_WECHAT_ADVERTISEMENT: ['微信广告', 'advertisement'],
  ADD_SCENE_REPRINT: ['他人转载', 'reprint'],
  ADD_SCENE_LIVESTREAM: ['视频号直播', 'livestream'],
  ADD_SCENE_CHANNELS: ['视频号', 'channel'],
  ADD_SCENE_WXA: ['小程序', 'mini-program'],
  ADD_SCENE_OTHERS: ['其他', 'other'],
};
const sceneOf = wordsOf(scenes);

/** By what somebody came; a scene that is new at WeChat stands as it is. */
export function cameBy({ scene, code }: FollowerRow): string {
  return [
    ...(scene === undefined ? [] : [sceneOf(scene)]),
    ...(code === undefined ? [] : [code]),
  ].join(' · ');
}
