import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { Field } from '../../parts/field.tsx';
import { t } from '../../words.ts';
import { AnswerFields } from './answer-fields.tsx';
import { answerTypes, type EditedAnswer, newAnswer, withChanged } from './edited-rules.ts';
import { wrongOrder } from './problems.ts';
import { RowButton } from './row-button.tsx';
import type { RulePartProps } from './rule-part.ts';
import { useRows } from './use-rows.ts';
import { w } from './words.ts';

/** What a rule answers, and whether the follower gets all of it. */
export function AnswersForm({ list, rule, set }: RulePartProps & { readonly list: RuleList }) {
  const { answers, give } = rule;
  const rows = useRows(answers, (next) => set({ answers: next }));
  const wrong = wrongOrder(rule);
  const isMany = answers.length > 1;
  return (
    <section class="rule-part" ref={rows.place}>
      <h4>{w('answers')}</h4>
      {isMany && (
        <fieldset class="chips" aria-label={w('give')}>
          {(['all', 'random'] as const).map((each) => (
            <button
              key={each}
              type="button"
              class="chip"
              aria-pressed={each === give}
              onClick={() => set({ give: each })}
            >
              {w(each)}
            </button>
          ))}
        </fieldset>
      )}
      {isMany && give === 'all' && <p class="muted small">{w('severalAbout')}</p>}
      {wrong && <p class="reason">{w(...wrong)}</p>}
      {answers.map((answer, at) => (
        <fieldset key={answer.key} class="answer-row" data-row={answer.key}>
          <legend>{w('answerNo', { no: at + 1 })}</legend>
          <div class="form">
            <TypeField
              answer={answer}
              no={at + 1}
              onChange={(next) => set({ answers: withChanged(answers, next) })}
            />
            {isMany && (
              <div class="rule-acts">
                <RowButton
                  part="up"
                  label={w('answerUp', { no: at + 1 })}
                  isIdle={at === 0}
                  onClick={() => rows.move(answer.key, at - 1)}
                >
                  ↑
                </RowButton>
                <RowButton
                  part="down"
                  label={w('answerDown', { no: at + 1 })}
                  isIdle={at === answers.length - 1}
                  onClick={() => rows.move(answer.key, at + 1)}
                >
                  ↓
                </RowButton>
                <RowButton
                  part="remove"
                  label={w('removeAnswer', { no: at + 1 })}
                  onClick={() => rows.remove(answer.key)}
                >
                  ×
                </RowButton>
              </div>
            )}
          </div>
          <AnswerFields
            list={list}
            answer={answer}
            onChange={(next) => set({ answers: withChanged(answers, next) })}
          />
        </fieldset>
      ))}
      {answers.length === 0 && <p class="reason">{t('missing')}</p>}
      <div class="actions">
        <button
          type="button"
          class="tool"
          data-part="add"
          disabled={answers.length >= limits.answers}
          onClick={() => rows.add(newAnswer())}
        >
          {w('addAnswer')}
        </button>
        <span class="muted small">
          {w('answerCount', { used: answers.length, limit: limits.answers })}
        </span>
      </div>
    </section>
  );
}

function TypeField({
  answer,
  no,
  onChange,
}: {
  readonly answer: EditedAnswer;
  readonly no: number;
  readonly onChange: (answer: EditedAnswer) => void;
}) {
  return (
    <Field label={w('typeNo', { no })}>
      <select
        data-part="first"
        value={answer.type}
        onChange={({ currentTarget }) => {
          const type = answerTypes.find((each) => each === currentTarget.value);
          if (type) onChange({ ...answer, type });
        }}
      >
        {answerTypes.map((each) => (
          <option key={each} value={each}>
            {w(each)}
          </option>
        ))}
      </select>
    </Field>
  );
}
