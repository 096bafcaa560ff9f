import { ApiError } from '../errors/errors.ts';
import { type Call, type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { openidsIn } from '../rules/openid-list.ts';
import { knownOpenid } from '../rules/recipient.ts';
import { STARRED } from '../state/tags.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

/** Groups are what tags were before; a follower is in one of them, that of the first tag. */
const NO_GROUP = 0;
const BLACKLIST = 1;
const MAX_GROUPS = 100;
const MAX_NAME_CHARS = 30;
const MAX_FOLLOWERS_AT_ONCE = 50;

export const group: OperationsOf<'group'> = {
  create({ tags }, call) {
    const name = nameIn(fieldsOf(call));
    if (tags.own().length >= MAX_GROUPS) throw new ApiError(45056);
    const { id } = tags.create(name);
    return { group: { id, name } };
  },

  list({ tags, followers }) {
    const records = followers.list();
    const blacklisted = records.filter(({ isBlacklisted }) => isBlacklisted).length;
    const ungrouped = records.filter(({ tagIds }) => tagIds.length === 0).length;
    return {
      groups: [
        { id: NO_GROUP, name: '未分组', count: ungrouped },
        { id: BLACKLIST, name: '黑名单', count: blacklisted },
        ...tags.list(),
      ],
    };
  },

  getOfFollower(world, call) {
    const { tagIds = [] } = knownOpenid(world, textIn(jsonOf(call), 'openid'));
    return { groupid: tagIds[0] ?? NO_GROUP };
  },

  update(world, call) {
    const fields = fieldsOf(call);
    world.tags.rename(ownIdIn(world, fields), nameIn(fields));
    return done;
  },

  delete(world, call) {
    world.tags.delete(ownIdIn(world, fieldsOf(call)));
    return done;
  },

  moveFollower(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'openid');
    knownOpenid(world, openid);
    return move(world, [openid], body);
  },

  moveFollowers(world, call) {
    const body = jsonOf(call);
    return move(world, openidsIn(world, body, MAX_FOLLOWERS_AT_ONCE), body);
  },
};

function move({ followers, tags }: World, openids: readonly string[], body: JsonObject) {
  const id = Number(body.to_groupid);
  if (id !== NO_GROUP && !tags.exists(id)) throw new ApiError(40152);
  const tagIds = id === NO_GROUP ? [] : [id];
  for (const openid of openids) followers.set(openid, { tagIds: [...tagIds] });
  return done;
}

function fieldsOf(call: Call): JsonObject {
  const { group } = jsonOf(call);
  if (typeof group !== 'object' || group === null) throw new ApiError(47001);
  return group as JsonObject;
}

function nameIn(fields: JsonObject): string {
  const name = textIn(fields, 'name');
  if (name === '' || [...name].length > MAX_NAME_CHARS) throw new ApiError(40051);
  return name;
}

function ownIdIn({ tags }: World, { id }: JsonObject): number {
  const number = Number(id);
  if ([NO_GROUP, BLACKLIST, STARRED].includes(number) || !tags.exists(number)) {
    throw new ApiError(40050);
  }
  return number;
}
