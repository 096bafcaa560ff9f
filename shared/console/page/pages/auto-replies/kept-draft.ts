import type { RuleList } from '../../../../auto-replies/rule.ts';
import type { PublishedRules } from '../../../../auto-replies/rule-book.ts';
import { draftOf, dropDraft } from '../../drafts.ts';
import { type EditedRule, editedLists } from './edited-rules.ts';
import { hasChanges, type RulesDraft } from './rules-draft.ts';

const NAME = 'auto-replies';

export const keptDraft = () => draftOf<RulesDraft | null>(NAME, null);

/** What is edited: the draft, or the published rules while there is none. */
export function draftFrom(published: PublishedRules): RulesDraft {
  const kept = keptDraft().value;
  // What was changed back is no draft: it must not stand against what others publish.
  if (kept && hasChanges(kept)) return kept;
  const { rules, revision } = published;
  return { base: rules, revision, lists: editedLists(rules), doubled: [] };
}

/** Changes the rules of a list; where there is no draft yet, this makes it. */
export function keepRules(draft: RulesDraft, list: RuleList, rules: readonly EditedRule[]): void {
  keptDraft().value = { ...draft, lists: { ...draft.lists, [list]: rules } };
}

/** The draft was published, or is not wanted. */
export function dropRules(): void {
  dropDraft(NAME, null);
}
