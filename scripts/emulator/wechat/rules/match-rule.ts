import type { MatchRule, Menu } from '../../../../shared/wechat/catalogue/menu.ts';
import { ApiError } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';
import { leavesOf } from '../state/menus.ts';
import { objectIn } from './fields.ts';

const MAX_DOMAINS = 3;

/** Taken back for the sake of privacy; a rule with one of them is refused. */
const withdrawn = ['sex', 'country', 'province', 'city', 'language', 'group_id'];
const platforms = ['1', '2', '3'] as const;

/** For whom a conditional menu is. @throws ApiError 65304, 65320, 47001, 47003 */
export function matchRuleIn(value: unknown): MatchRule {
  const fields = objectIn(value ?? {});
  if (withdrawn.some((name) => valueIn(fields, name) !== '')) throw new ApiError(65320);
  const tagId = valueIn(fields, 'tag_id');
  const platform = valueIn(fields, 'client_platform_type');
  if (tagId === '' && platform === '') throw new ApiError(65304);
  if (!/^\d*$/.test(tagId)) throw new ApiError(47003);
  const known = platforms.find((each) => each === platform);
  if (platform !== '' && !known) throw new ApiError(47003);
  return {
    ...(tagId === '' ? {} : { tag_id: tagId }),
    ...(known ? { client_platform_type: known } : {}),
  };
}

/** WeChat's documents show digits as text here and as a number there; both are taken. */
function valueIn(fields: JsonObject, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value !== 'string' && typeof value !== 'number') throw new ApiError(47001);
  return String(value);
}

/** All conditional menus together may lead to so many hosts. @throws ApiError 65316 */
export function checkDomains(menus: readonly Menu[]): void {
  const hosts = menus
    .flatMap(leavesOf)
    .flatMap((leaf) => ('url' in leaf ? [new URL(leaf.url).hostname] : []));
  if (new Set(hosts).size > MAX_DOMAINS) throw new ApiError(65316);
}
