import { useEffect, useRef } from 'preact/hooks';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { isAllowed } from '../../../role.ts';
import { Limited } from '../../parts/limited.tsx';
import { go } from '../../route.ts';
import { me } from '../../session.ts';
import { AnswersForm } from './answers-form.tsx';
import { type EditedRule, withChanged } from './edited-rules.ts';
import { keepRules } from './kept-draft.ts';
import { KeywordsForm } from './keywords-form.tsx';
import { hidersIn, textRules } from './problems.ts';
import { nameOf } from './rule-words.ts';
import type { RulesDraft } from './rules-draft.ts';
import { ScenesForm } from './scenes-form.tsx';
import { TimesForm } from './times-form.tsx';
import { w } from './words.ts';

/** A rule: when it answers, and what. What is typed is in the draft at once. */
export function RuleForm({
  list,
  name,
  draft,
}: {
  readonly list: RuleList;
  /** The key of the rule, as the address has it. */
  readonly name: string;
  readonly draft: RulesDraft;
}) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const rules = draft.lists[list];
  const rule = rules.find(({ key }) => key === name);
  const back = (
    <button type="button" class="tool" onClick={() => go('auto-replies', list)}>
      ← {w('back')}
    </button>
  );
  if (!rule) {
    return (
      <div class="stack">
        <p class="alarm">{w('gone')}</p>
        <div class="actions">{back}</div>
      </div>
    );
  }
  const hider = hidersIn(list, rules).get(rule.key);
  const set = (changes: Partial<EditedRule>) =>
    keepRules(draft, list, withChanged(rules, { ...rule, ...changes }));
  return (
    <div class="stack rule-form">
      <div class="actions">{back}</div>
      <h3 ref={title} tabIndex={-1}>
        {rule.name.trim() === '' ? w('newRule') : w('ruleOf', { name: nameOf(rule) })}
      </h3>
      {hider && <p class="alarm">{w('hidden', { by: nameOf(hider) })}</p>}
      <fieldset class="stack" disabled={!isAllowed(me.value?.role ?? 'look', 'edit')}>
        <legend class="unseen">{w('ruleOf', { name: nameOf(rule) })}</legend>
        <Limited
          {...textRules.name}
          label={w('name')}
          hint={w('nameHint')}
          value={rule.name}
          onInput={(next) => set({ name: next })}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={rule.isOn}
            onChange={(event) => set({ isOn: event.currentTarget.checked })}
          />
          {w('isOn')}
        </label>
        {list === 'keywords' && <KeywordsForm rule={rule} set={set} />}
        {list === 'follow' && <ScenesForm rule={rule} set={set} />}
        <AnswersForm list={list} rule={rule} set={set} />
        <TimesForm rule={rule} set={set} />
      </fieldset>
    </div>
  );
}
