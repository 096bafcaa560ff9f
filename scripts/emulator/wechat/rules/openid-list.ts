import type { OpenidPage } from '../../../../shared/wechat/catalogue/user.ts';
import { ApiError } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';
import type { World } from '../world.ts';
import { strangerError } from './recipient.ts';

/** `openid_list` of people whom the account has met. @throws ApiError 40031, 40032, 40003, 49003 */
export function openidsIn({ followers }: World, body: JsonObject, max: number): readonly string[] {
  const { openid_list: list } = body;
  if (!Array.isArray(list) || !list.every((each) => typeof each === 'string')) {
    throw new ApiError(40031);
  }
  if (list.length === 0 || list.length > max) throw new ApiError(40032);
  for (const openid of list) if (!followers.record(openid)) throw strangerError(openid);
  return list;
}

/** The page of `all` that begins behind `after`. @throws ApiError 40003 if that is not among them */
export function pageOf(
  all: readonly string[],
  after: string,
  pageSize: number,
): OpenidPage & { readonly total: number } {
  const start = after === '' ? 0 : all.indexOf(after) + 1;
  if (after !== '' && start === 0) throw new ApiError(40003);
  const openid = all.slice(start, start + pageSize);
  const total = all.length;
  const last = openid.at(-1);
  if (last === undefined) return { total, count: 0, next_openid: '' };
  return { total, count: openid.length, data: { openid }, next_openid: last };
}
