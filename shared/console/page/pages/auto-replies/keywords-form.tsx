import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import { Limited } from '../../parts/limited.tsx';
import { t } from '../../words.ts';
import { type EditedKeyword, matches, newKeyword, withChanged } from './edited-rules.ts';
import { textRules } from './problems.ts';
import { RowButton } from './row-button.tsx';
import type { RulePartProps } from './rule-part.ts';
import { useRows } from './use-rows.ts';
import { w } from './words.ts';

const hints = {
  contains: 'wordHint',
  equal: 'wordHint',
  pattern: 'patternHint',
  button: 'buttonHint',
} as const;

/** The keywords of a rule, of which one is enough. */
export function KeywordsForm({ rule: { keywords }, set }: RulePartProps) {
  const rows = useRows(keywords, (next) => set({ keywords: next }));
  const isFull = keywords.length >= limits.keywords;
  return (
    <section class="rule-part" ref={rows.place}>
      <h4>{w('when')}</h4>
      <ul class="stack" aria-label={w('keywords')}>
        {keywords.map((keyword, at) => (
          <KeywordRow
            key={keyword.key}
            keyword={keyword}
            no={at + 1}
            onChange={(next) => set({ keywords: withChanged(keywords, next) })}
            onRemove={() => rows.remove(keyword.key)}
          />
        ))}
      </ul>
      {keywords.length === 0 && <p class="reason">{t('missing')}</p>}
      <div class="actions">
        <button
          type="button"
          class="tool"
          data-part="add"
          disabled={isFull}
          onClick={() => rows.add(newKeyword())}
        >
          {w('addKeyword')}
        </button>
        <span class="muted small">
          {w('keywordCount', { used: keywords.length, limit: limits.keywords })}
        </span>
      </div>
    </section>
  );
}

function KeywordRow({
  keyword,
  no,
  onChange,
  onRemove,
}: {
  readonly keyword: EditedKeyword;
  readonly no: number;
  readonly onChange: (keyword: EditedKeyword) => void;
  readonly onRemove: () => void;
}) {
  const { match, text } = keyword;
  return (
    <li class="keyword-row" data-row={keyword.key}>
      <select
        data-part="first"
        aria-label={w('matchNo', { no })}
        value={match}
        onChange={({ currentTarget }) => {
          const next = matches.find((each) => each === currentTarget.value);
          if (next) onChange({ ...keyword, match: next });
        }}
      >
        {matches.map((each) => (
          <option key={each} value={each}>
            {w(each)}
          </option>
        ))}
      </select>
      <Limited
        {...textRules.keyword}
        label={w('keywordNo', { no })}
        hint={w(hints[match])}
        value={text}
        onInput={(next) => onChange({ ...keyword, text: next })}
      />
      <RowButton part="remove" label={w('removeKeyword', { no })} onClick={onRemove}>
        ×
      </RowButton>
    </li>
  );
}
