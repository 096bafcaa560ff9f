import { ApiError } from '../errors/errors.ts';
import type { FollowerRecord } from '../state/followers.ts';
import type { World } from '../world.ts';

/** Somebody the account has met. @throws ApiError 41009, 40003 */
export function knownOpenid({ followers }: World, openid: string): Readonly<FollowerRecord> {
  if (openid === '') throw new ApiError(41009);
  const record = followers.record(openid);
  if (!record) throw new ApiError(40003);
  return record;
}

/** Somebody who follows now. @throws ApiError 41009, 40003, 43004 */
export function followerOf(world: World, openid: string): Readonly<FollowerRecord> {
  const record = knownOpenid(world, openid);
  if (record.followedAt === undefined) throw new ApiError(43004);
  return record;
}

/** Of an openid that the account has not met: whether it could be another account's. */
export function strangerError(openid: string): ApiError {
  return new ApiError(/^o[\w-]{27}$/.test(openid) ? 49003 : 40003);
}
