import { type Call, jsonOf, textIn } from '../http/call.ts';
import { openidsIn, pageOf } from '../rules/openid-list.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

const MAX_AT_ONCE = 20;

export const blacklist: OperationsOf<'blacklist'> = {
  list({ followers, switches }, call) {
    const begin = call.body.length === 0 ? '' : textIn(jsonOf(call), 'begin_openid');
    const openids = followers.openidsWhere(({ isBlacklisted }) => isBlacklisted ?? false);
    return pageOf(openids, begin, switches.blacklistPageSize);
  },

  add: (world, call) => set(world, call, true),
  remove: (world, call) => set(world, call, false),
};

function set(world: World, call: Call, isBlacklisted: boolean) {
  for (const openid of openidsIn(world, jsonOf(call), MAX_AT_ONCE)) {
    world.followers.set(openid, { isBlacklisted });
  }
  return done;
}
