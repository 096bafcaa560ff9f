import { useState } from 'preact/hooks';
import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { isAllowed } from '../../../role.ts';
import { confirmed } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { go } from '../../route.ts';
import { me } from '../../session.ts';
import { tell } from '../../toast.tsx';
import { type EditedRule, editedLists, newRule, withChanged } from './edited-rules.ts';
import { ImportSheet } from './import-sheet.tsx';
import { keepRules } from './kept-draft.ts';
import { hidersIn, isUnfinished } from './problems.ts';
import { RowButton } from './row-button.tsx';
import { answersIn, nameOf, whenOf } from './rule-words.ts';
import { changeOf, type RulesDraft } from './rules-draft.ts';
import { useRows } from './use-rows.ts';
import { w } from './words.ts';

const emptyWords = {
  keywords: 'noKeywords',
  follow: 'noFollow',
  otherwise: 'noOtherwise',
} as const;

/** The rules of one list, in the order in which they are asked. */
export function RuleRows({
  list,
  draft,
  left,
}: {
  readonly list: RuleList;
  readonly draft: RulesDraft;
  /** The rule whose form was open before: the focus goes back to it. */
  readonly left: string | undefined;
}) {
  const rules = draft.lists[list];
  const setRules = (next: readonly EditedRule[]) => keepRules(draft, list, next);
  const rows = useRows(rules, setRules, left);
  const [isImporting, setImporting] = useState(false);
  const mayEdit = isAllowed(me.value?.role ?? 'look', 'edit');
  const before = editedLists(draft.base);
  const hiders = hidersIn(list, rules);
  const { movedRow } = rows;
  const moved = rules.find(({ key }) => key === movedRow?.key);
  const add = async () => {
    const rule = newRule();
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
      {rules.length === 0 ? (
        <Empty title={w(emptyWords[list])}>
          <p>{w(`${emptyWords[list]}About`)}</p>
          <p>{w('fromSite')}</p>
        </Empty>
      ) : (
        <ol class="rule-rows" aria-label={w('rules')}>
          {rules.map((rule, at) => (
            <Row
              key={rule.key}
              {...{ list, rule, at, mayEdit }}
              isLast={at === rules.length - 1}
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

function Row({
  list,
  rule,
  at,
  isLast,
  mayEdit,
  change,
  hider,
  onSwitch,
  onMove,
  onRemove,
  onKeyDown,
}: {
  readonly list: RuleList;
  readonly rule: EditedRule;
  readonly at: number;
  readonly isLast: boolean;
  readonly mayEdit: boolean;
  readonly change: 'added' | 'changed' | undefined;
  readonly hider: EditedRule | undefined;
  readonly onSwitch: (isOn: boolean) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const name = nameOf(rule);
  return (
    <li data-row={rule.key} class={rule.isOn ? '' : 'rule-off'} onKeyDown={onKeyDown}>
      <input
        type="checkbox"
        data-part="switch"
        aria-label={w('on', { name })}
        checked={rule.isOn}
        disabled={!mayEdit}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
      <div class="rule-text">
        <b>
          {at + 1}. {name}
        </b>{' '}
        {!rule.isOn && <span class="state">{w('isOff')}</span>}{' '}
        {change && <span class="state pending">{w(change)}</span>}{' '}
        {isUnfinished(list, rule) && <span class="state fault">{w('unfinished')}</span>}{' '}
        {hider && <span class="state fault">{w('hidden', { by: nameOf(hider) })}</span>}
        <span class="rule-line">
          <span class="muted">{w('when')} </span>
          {whenOf(list, rule)}
        </span>
        <span class="rule-line">
          <span class="muted">{w('answers')} </span>
          {answersIn(rule)}
        </span>
      </div>
      <div class="rule-acts">
        {mayEdit && (
          <>
            <RowButton
              part="up"
              label={w('moveUpOf', { name })}
              isIdle={at === 0}
              onClick={() => onMove(at - 1)}
            >
              ↑
            </RowButton>
            <RowButton
              part="down"
              label={w('moveDownOf', { name })}
              isIdle={isLast}
              onClick={() => onMove(at + 1)}
            >
              ↓
            </RowButton>
          </>
        )}
        <RowButton
          part="edit"
          label={w(mayEdit ? 'editOf' : 'lookOf', { name })}
          onClick={() => go('auto-replies', list, rule.key)}
        >
          {w(mayEdit ? 'edit' : 'look')}
        </RowButton>
        {mayEdit && (
          <RowButton part="remove" label={w('removeOf', { name })} onClick={onRemove}>
            {w('remove')}
          </RowButton>
        )}
      </div>
    </li>
  );
}
