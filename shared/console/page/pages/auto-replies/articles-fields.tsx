import { useState } from 'preact/hooks';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { Limited } from '../../parts/limited.tsx';
import { ArticleChooser } from './article-chooser.tsx';
import { type EditedAnswer, type EditedCard, newArticle, withChanged } from './edited-rules.ts';
import { articleLimit, textRules, type Wrong, wrongAddress, wrongCount } from './problems.ts';
import { RowButton } from './row-button.tsx';
import { useRows } from './use-rows.ts';
import { w } from './words.ts';

/** The articles of an answer: published ones that were chosen, or cards that lead anywhere. */
export function ArticlesFields({
  list,
  answer,
  onChange,
}: {
  readonly list: RuleList;
  readonly answer: EditedAnswer;
  readonly onChange: (answer: EditedAnswer) => void;
}) {
  const { articles } = answer;
  const put = (next: readonly EditedCard[]) => onChange({ ...answer, articles: next });
  const rows = useRows(articles, put);
  const [isChoosing, setChoosing] = useState(false);
  const [used, limit] = [articles.length, articleLimit(list)];
  const wrong = wrongCount(list, used);
  return (
    <div class="stack" ref={rows.place as { current: HTMLDivElement | null }}>
      {articles.map((article, at) => (
        <ArticleFields
          key={article.key}
          article={article}
          no={at + 1}
          onChange={(next) => put(withChanged(articles, next))}
          onRemove={() => rows.remove(article.key)}
        />
      ))}
      {wrong && <p class="reason small">{w(...wrong)}</p>}
      <div class="actions">
        <button
          type="button"
          class="tool"
          disabled={used >= limit}
          onClick={() => setChoosing(true)}
        >
          {w('fromPublished')}
        </button>
        <button
          type="button"
          class="tool"
          data-part="add"
          disabled={used >= limit}
          onClick={() => rows.add(newArticle())}
        >
          {w('addArticle')}
        </button>
        <span class="muted small">{w('articleCount', { used, limit })}</span>
      </div>
      {isChoosing && (
        <ArticleChooser
          onChoose={(chosen) => put([...articles, { ...newArticle(), ...chosen }])}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}

function ArticleFields({
  article,
  no,
  onChange,
  onRemove,
}: {
  readonly article: EditedCard;
  readonly no: number;
  readonly onChange: (article: EditedCard) => void;
  readonly onRemove: () => void;
}) {
  const { title, description, url, picUrl } = article;
  return (
    <fieldset class="article-row" data-row={article.key}>
      <legend>{w('articleNo', { no })}</legend>
      <Limited
        {...textRules.articleTitle}
        label={w('articleTitle')}
        value={title}
        onInput={(next) => onChange({ ...article, title: next })}
      />
      <Limited
        {...textRules.description}
        label={w('articleText')}
        rows={2}
        value={description}
        onInput={(next) => onChange({ ...article, description: next })}
      />
      <Limited
        {...textRules.address}
        label={w('articleUrl')}
        value={url}
        wrong={inWords(wrongAddress(url))}
        onInput={(next) => onChange({ ...article, url: next })}
      />
      <Limited
        {...textRules.picture}
        label={w('articlePicture')}
        value={picUrl}
        wrong={inWords(wrongAddress(picUrl))}
        onInput={(next) => onChange({ ...article, picUrl: next })}
      />
      <div class="actions">
        <RowButton part="remove" label={w('removeArticle', { no })} onClick={onRemove}>
          {w('remove')}
        </RowButton>
      </div>
    </fieldset>
  );
}

function inWords(wrong: Wrong | undefined): string | undefined {
  return wrong && w(...wrong);
}
