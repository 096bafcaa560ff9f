import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import { Field } from '../../parts/field.tsx';
import { type EditedTime, newTime, withChanged } from './edited-rules.ts';
import { wrongTime } from './problems.ts';
import { RowButton } from './row-button.tsx';
import type { RulePartProps } from './rule-part.ts';
import { dayWord } from './rule-words.ts';
import { useRows } from './use-rows.ts';
import { w } from './words.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** When a rule counts; without any time always. */
export function TimesForm({ rule: { times }, set }: RulePartProps) {
  const rows = useRows(times, (next) => set({ times: next }));
  return (
    <section class="rule-part" ref={rows.place}>
      <h4>{w('times')}</h4>
      <p class="muted small">{w(times.length === 0 ? 'alwaysAbout' : 'timesAbout')}</p>
      {times.map((time, at) => (
        <TimeFields
          key={time.key}
          time={time}
          no={at + 1}
          onChange={(next) => set({ times: withChanged(times, next) })}
          onRemove={() => rows.remove(time.key)}
        />
      ))}
      <div class="actions">
        <button
          type="button"
          class="tool"
          data-part="add"
          disabled={times.length >= limits.times}
          onClick={() => rows.add(newTime())}
        >
          {w('addTime')}
        </button>
      </div>
    </section>
  );
}

const fields = [
  ['firstDay', 'date'],
  ['lastDay', 'date'],
  ['start', 'time'],
  ['end', 'time'],
] as const;

function TimeFields({
  time,
  no,
  onChange,
  onRemove,
}: {
  readonly time: EditedTime;
  readonly no: number;
  readonly onChange: (time: EditedTime) => void;
  readonly onRemove: () => void;
}) {
  const { days, start, end } = time;
  const wrong = wrongTime(time);
  const isOvernight = start !== '' && end !== '' && end !== '00:00' && end < start;
  return (
    <fieldset class="time-row" data-row={time.key}>
      <legend>{w('timeNo', { no })}</legend>
      <fieldset class="chips" aria-label={w('days')}>
        {weekdays.map((day) => (
          <button
            key={day}
            type="button"
            class="chip"
            {...(day === 1 && { 'data-part': 'first' })}
            aria-pressed={days.includes(day)}
            onClick={() => {
              const others = days.filter((each) => each !== day);
              const next = others.length < days.length ? others : [...days, day];
              onChange({ ...time, days: next.sort((a, b) => a - b) });
            }}
          >
            {dayWord(day)}
          </button>
        ))}
      </fieldset>
      <div class="form">
        {fields.map(([field, type]) => (
          <Field
            key={field}
            label={w(field)}
            hint={field === 'end' && isOvernight ? w('overnight') : undefined}
          >
            <input
              type={type}
              value={time[field]}
              onInput={(event) => onChange({ ...time, [field]: event.currentTarget.value })}
            />
          </Field>
        ))}
        <RowButton part="remove" label={w('removeTime', { no })} onClick={onRemove}>
          ×
        </RowButton>
      </div>
      {wrong && <p class="reason small">{w(...wrong)}</p>}
    </fieldset>
  );
}
