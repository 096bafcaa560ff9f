import type { EditedRule } from './edited-rules.ts';

/** What each part of the form of a rule gets. */
export interface RulePartProps {
  readonly rule: EditedRule;
  readonly set: (changes: Partial<EditedRule>) => void;
}
