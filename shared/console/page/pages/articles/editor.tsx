import { useState } from 'preact/hooks';
import { articleLimits } from '../../../../material/article-limits.ts';
import { isAllowed } from '../../../role.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { me } from '../../session.ts';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { ArticleForm } from './article-form.tsx';
import { contentOf, useContent } from './content.ts';
import {
  articleToSave,
  type EditedArticle,
  type EditedDraft,
  newArticle,
} from './edited-article.ts';
import { ArticlePhone } from './phone.tsx';
import { w } from './words.ts';

interface EditorProps {
  readonly draft: EditedDraft;
  readonly onChange: (draft: EditedDraft) => void;
  readonly onLeave: () => void;
  readonly onSaved: () => void;
}

/** One draft: its articles, the chosen one as a form, and how WeChat will show it. */
export function Editor({ draft, onChange, onLeave, onSaved }: EditorProps) {
  const { mediaId, articles } = draft;
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, articles.length - 1);
  const article = articles[at] ?? newArticle;
  const content = useContent(article);
  const mayEdit = isAllowed(me.value?.role ?? 'look', 'edit');
  const set = (next: readonly EditedArticle[]) => {
    onChange({ mediaId, articles: next, isChanged: true });
  };
  const save = async () => {
    const ready = articles.map((each) => articleToSave(each, contentOf(each).html));
    await send(mediaId, ready);
    tell(w('saved'));
    onSaved();
  };
  return (
    <>
      <div class="actions">
        <Act onAct={async () => onLeave()}>← {w('back')}</Act>
        <Act needs="edit" class="tool strong" onAct={save}>
          {w('save')}
        </Act>
        {draft.isChanged && <small class="muted">{t('draftKept')}</small>}
      </div>
      {(articles.length > 1 || mediaId === null) && (
        <fieldset class="chips" aria-label={w('articles')}>
          {articles.map((each, index) => (
            <button
              key={index}
              type="button"
              class="chip"
              aria-pressed={index === at}
              onClick={() => setChosen(index)}
            >
              {each.title || w('nth', { n: index + 1 })}
            </button>
          ))}
          {mediaId === null && articles.length < articleLimits.articles && (
            <Act
              needs="edit"
              onAct={async () => {
                set([...articles, newArticle]);
                setChosen(articles.length);
              }}
            >
              + {w('addArticle')}
            </Act>
          )}
          {mediaId === null && articles.length > 1 && (
            <Act needs="edit" onAct={async () => set(articles.toSpliced(at, 1))}>
              {w('removeArticle')}
            </Act>
          )}
        </fieldset>
      )}
      <div class="article-editor">
        <ArticleForm
          key={at}
          article={article}
          content={content}
          mayEdit={mayEdit}
          onChange={(next) => set(articles.with(at, next))}
        />
        <ArticlePhone
          article={{ title: article.title, author: article.author, tree: content.tree }}
        />
      </div>
    </>
  );
}

/** A new draft is added whole; of one that WeChat has, each article is replaced. */
async function send(mediaId: string | null, articles: readonly object[]): Promise<void> {
  if (mediaId === null) {
    await call('material', 'addDraft', { articles });
    return;
  }
  for (const [index, article] of articles.entries()) {
    await call('material', 'updateDraft', { media_id: mediaId, index, articles: article });
  }
}
