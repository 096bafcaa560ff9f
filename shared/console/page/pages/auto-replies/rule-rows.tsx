import { useState } from 'preact/hooks';
import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { isAllowed } from '../../../role.ts';
import { confirmed } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { go } from '../../route.ts';
import { me } from '../../session.ts';
import { tell } from '../../toast.tsx';
import { type EditedRule, editedLists, newRule, withChanged } from './edited-rules.ts';
import { ImportSheet } from './import-sheet.tsx';
import { keepRules } from './kept-draft.ts';
import { hidersIn } from './problems.ts';
import { RuleRow } from './rule-row.tsx';
import { isFound, nameOf } from './rule-words.ts';
import { changeOf, type RulesDraft } from './rules-draft.ts';
import { useRows } from './use-rows.ts';
import { w } from './words.ts';

const emptyWords = {
  keywords: 'noKeywords',
  follow: 'noFollow',
  otherwise: 'noOtherwise',
} as const;

/** Fewer rules are seen at a glance. */
const SEARCHED_FROM = 10;

/** The rules of one list, in the order in which they are asked. */
export function RuleRows({
  list,
  draft,
  left,
  search,
  onSearch,
}: {
  readonly list: RuleList;
  readonly draft: RulesDraft;
  /** The rule whose form was open before: the focus goes back to it. */
  readonly left: string | undefined;
  readonly search: string;
  readonly onSearch: (search: string) => void;
}) {
  const rules = draft.lists[list];
  const setRules = (next: readonly EditedRule[]) => keepRules(draft, list, next);
  const isSearchable = rules.length >= SEARCHED_FROM;
  const found = isSearchable ? rules.filter((rule) => isFound(list, rule, search)) : rules;
  const rows = useRows(rules, setRules, { shown: found, left });
  const [isImporting, setImporting] = useState(false);
  const mayEdit = isAllowed(me.value?.role ?? 'look', 'edit');
  const before = editedLists(draft.base);
  const hiders = hidersIn(list, rules);
  const { movedRow } = rows;
  const moved = rules.find(({ key }) => key === movedRow?.key);
  const add = async () => {
    const rule = newRule();
    // It would not be found by what was typed for another.
    onSearch('');
    setRules([...rules, rule]);
    go('auto-replies', list, rule.key);
  };
  const remove = async (rule: EditedRule) => {
    if (!(await confirmed(w('removeQuestion', { name: nameOf(rule) })))) return;
    rows.remove(rule.key);
    tell(w('removed', { name: nameOf(rule) }));
  };
  const isFull = rules.length >= limits.rules;
  return (
    <section class="stack" ref={rows.place}>
      <p class="muted">{w(`${list}About`)}</p>
      {isSearchable && (
        <Field label={w('search')}>
          <input
            type="search"
            value={search}
            autocomplete="off"
            onInput={(event) => onSearch(event.currentTarget.value)}
          />
        </Field>
      )}
      {isSearchable && search.trim() !== '' && (
        <p class="muted small" role="status">
          {found.length > 0 ? w('found', { count: found.length }) : w('noneFound')}
        </p>
      )}
      {rules.length === 0 ? (
        <Empty title={w(emptyWords[list])}>
          <p>{w(`${emptyWords[list]}About`)}</p>
          <p>{w('fromSite')}</p>
        </Empty>
      ) : (
        <ol class="rule-rows" aria-label={w('rules')}>
          {found.map((rule) => (
            <RuleRow
              key={rule.key}
              {...{ list, rule, mayEdit }}
              at={rules.indexOf(rule)}
              isLast={rule === rules.at(-1)}
              change={changeOf(list, rule, before)}
              hider={hiders.get(rule.key)}
              onSwitch={(isOn) => setRules(withChanged(rules, { ...rule, isOn }))}
              onMove={(to) => rows.move(rule.key, to)}
              onRemove={() => void remove(rule)}
              onKeyDown={(event) => rows.onKeyDown(event, rule.key)}
            />
          ))}
        </ol>
      )}
      <div class="actions">
        <button
          type="button"
          class="tool strong"
          data-part="add"
          disabled={!mayEdit || isFull}
          title={isFull ? w('full', { limit: limits.rules }) : undefined}
          onClick={() => void add()}
        >
          {w('add')}
        </button>
        <button type="button" class="tool" onClick={() => setImporting(true)}>
          {w('import')}
        </button>
        <span class="muted small">{w('counts', { used: rules.length, limit: limits.rules })}</span>
      </div>
      {mayEdit && rules.length > 1 && <p class="muted small">{w('keys')}</p>}
      <p class="muted small">{w('inCode')}</p>
      <p class="unseen" role="status">
        {moved && movedRow && w('isMovedTo', { name: nameOf(moved), place: movedRow.place })}
      </p>
      {isImporting && <ImportSheet draft={draft} onClose={() => setImporting(false)} />}
    </section>
  );
}
