import { ApiError } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';
import type { MassAudience } from '../state/mass-job.ts';
import type { World } from '../world.ts';
import { listIn, objectIn, requiredInteger } from './fields.ts';

const MAX_OPENIDS = 10_000;

/** Of `sendall`. @throws ApiError 41011, 47001 */
export function filterIn({ filter }: JsonObject): MassAudience {
  if (filter === undefined || filter === null) throw new ApiError(41011);
  const fields = objectIn(filter);
  const { is_to_all = false } = fields;
  if (typeof is_to_all !== 'boolean') throw new ApiError(47001);
  if (is_to_all) return { kind: 'all' };
  return { kind: 'tag', tagId: requiredInteger(fields, 'tag_id') };
}

/** Of `send`. @throws ApiError 40130, 40032, 40031, 47001 */
export function openidsIn({ touser }: JsonObject): MassAudience {
  const openids = listIn(touser ?? []);
  if (openids.length < 2) throw new ApiError(40130);
  if (openids.length > MAX_OPENIDS) throw new ApiError(40032);
  const texts = openids.filter((each): each is string => typeof each === 'string' && each !== '');
  if (texts.length < openids.length) throw new ApiError(40031);
  return { kind: 'list', openids: texts };
}

/** @throws ApiError 40152, or 40003 when not one openid belongs to the account. */
export function checkAudience(audience: MassAudience, { followers, tags }: World): void {
  if (audience.kind === 'tag' && !tags.exists(audience.tagId)) throw new ApiError(40152);
  if (audience.kind === 'list' && !audience.openids.some((each) => followers.find(each))) {
    throw new ApiError(40003);
  }
}
