import type { RuleList } from '../../../../auto-replies/rule.ts';
import type { PublishedRules } from '../../../../auto-replies/rule-book.ts';
import { type EditedRule, editedLists, newKey } from './edited-rules.ts';
import { type RulesDraft, textOf } from './rules-draft.ts';

/**
 * The draft on top of what somebody else has published meanwhile. Nobody's change is lost: a rule that one
 * of both has changed, made, removed or moved is so; of a rule that both have changed there are both
 * versions, and its name is in `doubled`.
 */
export function merged(draft: RulesDraft, { rules, revision }: PublishedRules): RulesDraft {
  const before = editedLists(draft.base);
  const theirs = editedLists(rules);
  const both = (list: RuleList) => mergedList(list, before[list], draft.lists[list], theirs[list]);
  const [keywords, follow, otherwise] = [both('keywords'), both('follow'), both('otherwise')];
  const doubled = [keywords, follow, otherwise].flatMap((each) => each.doubled);
  return {
    ...{ base: rules, revision, doubled: [...new Set([...draft.doubled, ...doubled])] },
    lists: { keywords: keywords.rules, follow: follow.rules, otherwise: otherwise.rules },
  };
}

function mergedList(
  list: RuleList,
  before: readonly EditedRule[],
  mine: readonly EditedRule[],
  theirs: readonly EditedRule[],
): { readonly rules: readonly EditedRule[]; readonly doubled: readonly string[] } {
  const left = new Set(theirs);
  const take = (rule: EditedRule) => {
    const found = [...left].find((their) => textOf(list, their) === textOf(list, rule));
    if (found) left.delete(found);
    return found;
  };
  // Which of theirs each rule of before still is.
  const still = new Map(before.map((rule) => [rule.key, take(rule)]));
  const doubled: string[] = [];
  const ours: EditedRule[] = [];
  for (const rule of mine) {
    const old = before.find(({ key }) => key === rule.key);
    const their = still.get(rule.key) ?? take(rule);
    if (their) ours.push({ ...rule, key: their.key });
    else if (!old) ours.push(rule);
    else if (textOf(list, rule) !== textOf(list, old)) {
      ours.push({ ...rule, key: newKey() });
      doubled.push(rule.name);
    }
  }
  const keptOf = new Map(ours.map((rule) => [rule.key, rule]));
  const theirRules = theirs.flatMap((rule) => {
    const kept = keptOf.get(rule.key);
    if (kept) return [kept];
    return left.has(rule) ? [rule] : [];
  });
  const rules = hasMoved(before, mine)
    ? withInserted(ours, theirRules)
    : withInserted(theirRules, ours);
  return { rules, doubled };
}

/** Whether rules that were there before stand in another order. */
function hasMoved(before: readonly EditedRule[], mine: readonly EditedRule[]): boolean {
  const places = mine.map(({ key }) => before.findIndex((rule) => rule.key === key));
  const old = places.filter((place) => place >= 0);
  return old.some((place, at) => at > 0 && place < (old[at - 1] ?? 0));
}

/** A list with the rules of another that it lacks, each behind the one that it stands behind there. */
function withInserted(
  list: readonly EditedRule[],
  other: readonly EditedRule[],
): readonly EditedRule[] {
  let result = list;
  let place = 0;
  for (const rule of other) {
    const found = result.findIndex(({ key }) => key === rule.key);
    if (found < 0) result = result.toSpliced(place, 0, rule);
    place = (found < 0 ? place : found) + 1;
  }
  return result;
}
