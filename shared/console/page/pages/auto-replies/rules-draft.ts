import type { AutoReplies, RuleList } from '../../../../auto-replies/rule.ts';
import {
  type EditedLists,
  type EditedRule,
  editedLists,
  ruleLists,
  ruleToPublish,
} from './edited-rules.ts';

/** Rules that are not published yet, with those that were when somebody began to change them. */
export interface RulesDraft {
  readonly base: AutoReplies;
  readonly revision: number | null;
  readonly lists: EditedLists;
  /** The names of rules that somebody else has changed as well: both versions are in `lists`. */
  readonly doubled: readonly string[];
}

/** What a draft would change, by the names of the rules. */
export interface RuleChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly isMoved: boolean;
}

export function hasChanges(draft: RulesDraft): boolean {
  const { added, changed, removed, isMoved } = changesOf(draft);
  return isMoved || added.length + changed.length + removed.length > 0;
}

export function changesOf({ base, lists }: RulesDraft): RuleChanges {
  const before = editedLists(base);
  const each = ruleLists.map((list) => {
    const kept = lists[list].filter(({ key }) => before[list].some((rule) => rule.key === key));
    const stay = before[list].filter(({ key }) => kept.some((rule) => rule.key === key));
    return {
      added: lists[list].filter((rule) => !kept.includes(rule)),
      changed: kept.filter((rule) => changeOf(list, rule, before) === 'changed'),
      removed: before[list].filter((rule) => !stay.includes(rule)),
      isMoved: kept.some(({ key }, at) => key !== stay[at]?.key),
    };
  });
  const names = (part: 'added' | 'changed' | 'removed') =>
    each.flatMap((changes) => changes[part].map(({ name }) => name));
  return {
    added: names('added'),
    changed: names('changed'),
    removed: names('removed'),
    isMoved: each.some(({ isMoved }) => isMoved),
  };
}

/** What has become of a published rule, or whether it is new. */
export function changeOf(
  list: RuleList,
  rule: EditedRule,
  before: EditedLists,
): 'added' | 'changed' | undefined {
  const published = before[list].find(({ key }) => key === rule.key);
  if (!published) return 'added';
  return textOf(list, rule) === textOf(list, published) ? undefined : 'changed';
}

/** Two rules are the same if they would be published the same. */
export function textOf(list: RuleList, rule: EditedRule): string {
  return JSON.stringify(ruleToPublish(list, rule));
}
