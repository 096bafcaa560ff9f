import type { GivenMatchRule } from '../../../../wechat/catalogue/menu.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { platformWord, w } from './words.ts';

/** A rule in words: a follower must meet all of it. WeChat has withdrawn what else old rules may hold. */
export function whoSees(rule: GivenMatchRule, tags: readonly Tag[]): string {
  const {
    tag_id: tagId = '',
    client_platform_type: platform,
    ...rest
  } = Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== ''));
  if (Object.keys(rest).length > 0) return w('nobody', { fields: Object.keys(rest).join(', ') });
  const name = tags.find(({ id }) => String(id) === String(tagId))?.name ?? tagId;
  return [
    ...(tagId === '' ? [] : [w('tagged', { tag: name })]),
    ...(platform === undefined ? [] : [platformWord(String(platform))]),
  ].join(' + ');
}
