import type { RuleList } from '../../../../auto-replies/rule.ts';
import { go } from '../../route.ts';
import type { EditedRule } from './edited-rules.ts';
import { isUnfinished } from './problems.ts';
import { RowButton } from './row-button.tsx';
import { answersIn, nameOf, whenOf } from './rule-words.ts';
import { w } from './words.ts';

/** A rule among the others: what it waits for, what it answers, and what is wrong with it. */
export function RuleRow({
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
