import { ApiError, type Errcode } from '../errors/errors.ts';
import { type Call, type JsonObject, jsonOf, textIn } from '../http/call.ts';
import { openidsIn, pageOf } from '../rules/openid-list.ts';
import { knownOpenid } from '../rules/recipient.ts';
import { STARRED } from '../state/tags.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';
import { USERS_PER_PAGE } from './user.ts';

/** @see https://developers.weixin.qq.com/doc/offiaccount/User_Management/User_Tag_Management.html */
const MAX_TAGS = 100;
const MAX_TAGS_OF_FOLLOWER = 20;
const MAX_NAME_CHARS = 30;
const MAX_FOLLOWERS_AT_ONCE = 50;
const MAX_FOLLOWERS_TO_DELETE = 100_000;

export const tag: OperationsOf<'tag'> = {
  create(world, call) {
    const name = nameIn(world, fieldsOf(call));
    if (world.tags.own().length >= MAX_TAGS) throw new ApiError(45056);
    const { id } = world.tags.create(name);
    return { tag: { id, name } };
  },

  list: ({ tags }) => ({ tags: tags.list() }),

  update(world, call) {
    const fields = fieldsOf(call);
    const id = ownIdIn(world, fields);
    world.tags.rename(id, nameIn(world, fields, id));
    return done;
  },

  delete(world, call) {
    const id = ownIdIn(world, fieldsOf(call));
    if (world.tags.withTag(id).length > MAX_FOLLOWERS_TO_DELETE) throw new ApiError(45057);
    world.tags.delete(id);
    return done;
  },

  listFollowers(world, call) {
    const body = jsonOf(call);
    const id = tagIdIn(world, body);
    const page = pageOf(world.tags.withTag(id), textIn(body, 'next_openid'), USERS_PER_PAGE);
    const { total: _, ...rest } = page;
    return rest;
  },

  addFollowers: (world, call) =>
    change(world, call, (tagIds, id) => {
      if (tagIds.includes(id)) return tagIds;
      return tagIds.length < MAX_TAGS_OF_FOLLOWER ? [...tagIds, id] : 45059;
    }),

  removeFollowers: (world, call) =>
    change(world, call, (tagIds, id) => tagIds.filter((each) => each !== id)),

  listOfFollower(world, call) {
    const { tagIds = [] } = knownOpenid(world, textIn(jsonOf(call), 'openid'));
    return { tagid_list: tagIds };
  },
};

/**
 * Changes the tags of each; the others go on when one cannot.
 *
 * @throws ApiError 45171 when that were some of them, the reason itself when it were all
 */
function change(
  world: World,
  call: Call,
  change: (tagIds: readonly number[], id: number) => readonly number[] | Errcode,
) {
  const body = jsonOf(call);
  const openids = openidsIn(world, body, MAX_FOLLOWERS_AT_ONCE);
  const id = tagIdIn(world, body);
  const failed: string[] = [];
  let reason: Errcode = 50005;
  for (const openid of openids) {
    const { followedAt, tagIds = [] } = world.followers.record(openid) ?? {};
    const changed = followedAt === undefined ? 50005 : change(tagIds, id);
    if (typeof changed === 'number') {
      failed.push(openid);
      reason = changed;
    } else {
      world.followers.set(openid, { tagIds: [...changed] });
    }
  }
  if (failed.length === openids.length) throw new ApiError(reason);
  if (failed.length > 0) throw new ApiError(45171, undefined, { fail_openid_list: failed });
  return done;
}

function fieldsOf(call: Call): JsonObject {
  const { tag } = jsonOf(call);
  if (typeof tag !== 'object' || tag === null) throw new ApiError(47001);
  return tag as JsonObject;
}

function nameIn({ tags }: World, fields: JsonObject, ownId?: number): string {
  const name = textIn(fields, 'name').trim();
  const isTaken = tags.list().some((each) => each.name === name && each.id !== ownId);
  if (name === '' || isTaken) throw new ApiError(45157);
  if ([...name].length > MAX_NAME_CHARS) throw new ApiError(45158);
  return name;
}

function ownIdIn({ tags }: World, { id }: JsonObject): number {
  const number = Number(id);
  if ([0, 1, STARRED].includes(number)) throw new ApiError(45058);
  if (!tags.exists(number)) throw new ApiError(45159);
  return number;
}

function tagIdIn({ tags }: World, { tagid }: JsonObject): number {
  const number = Number(tagid);
  if (!tags.exists(number)) throw new ApiError(45159);
  return number;
}
