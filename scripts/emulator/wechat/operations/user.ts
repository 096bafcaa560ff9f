import type { User } from '../../../../shared/wechat/catalogue/user.ts';
import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { pageOf } from '../rules/openid-list.ts';
import { followerOf, knownOpenid } from '../rules/recipient.ts';
import type { FollowerRecord } from '../state/followers.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

export const USERS_PER_PAGE = 10_000;
const MAX_USERS_AT_ONCE = 100;
const MAX_MOVED_AT_ONCE = 100;

export const user: OperationsOf<'user'> = {
  list: ({ followers }, { query }) =>
    pageOf(followers.openids(), query.next_openid ?? '', USERS_PER_PAGE),

  get(world, { query }) {
    const { openid = '' } = query;
    return describe(world, openid, knownOpenid(world, openid));
  },

  getMany(world, call) {
    const { user_list: list } = jsonOf(call);
    if (!Array.isArray(list) || list.length === 0 || list.length > MAX_USERS_AT_ONCE) {
      throw new ApiError(40032);
    }
    const openids = list.map((each) => textIn(Object(each), 'openid'));
    return {
      user_info_list: openids.map((openid) => describe(world, openid, knownOpenid(world, openid))),
    };
  },

  setRemark(world, call) {
    const { openid, remark } = jsonOf(call);
    if (typeof openid !== 'string' || typeof remark !== 'string') throw new ApiError(40003);
    followerOf(world, openid);
    const isTooLong =
      world.switches.remarkLimit === '29 bytes'
        ? Buffer.byteLength(remark) > 29
        : [...remark].length > 30;
    if (isTooLong) throw new ApiError(40092);
    world.followers.set(openid, { remark });
    return done;
  },

  changeOpenids({ migration }, call) {
    const body = jsonOf(call);
    const { openid_list: list } = body;
    if (!Array.isArray(list) || list.length === 0) throw new ApiError(63182);
    if (list.length > MAX_MOVED_AT_ONCE) throw new ApiError(40032);
    const moved = migration.current();
    if (!moved) throw new ApiError(63183);
    if (textIn(body, 'from_appid') !== moved.fromAppid) throw new ApiError(63178);
    return {
      ...done,
      result_list: list.map((each) => {
        const ori_openid = String(each);
        const new_openid = moved.openids[ori_openid];
        return new_openid === undefined
          ? { ori_openid, err_msg: 'ori_openid error' }
          : { ori_openid, new_openid, err_msg: 'ok' };
      }),
    };
  },
};

const removedFields = {
  nickname: '',
  sex: 0,
  language: '',
  city: '',
  province: '',
  country: '',
  headimgurl: '',
};

function describe({ switches }: World, openid: string, record: FollowerRecord): User {
  const { followedAt, unionid, tagIds = [] } = record;
  const known = { openid, ...(unionid === undefined ? {} : { unionid }) };
  if (followedAt === undefined) return { subscribe: 0, ...known };
  return {
    subscribe: 1,
    ...(switches.removedUserFields === 'empty' ? removedFields : {}),
    ...known,
    subscribe_time: followedAt,
    remark: record.remark ?? '',
    groupid: tagIds[0] ?? 0,
    tagid_list: tagIds,
    subscribe_scene: record.scene ?? 'ADD_SCENE_SEARCH',
    qr_scene: record.qrScene ?? 0,
    qr_scene_str: record.qrSceneText ?? '',
  };
}
