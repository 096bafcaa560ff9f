import { useState } from 'preact/hooks';
import { articleLimits } from '../../../../material/article-limits.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { Limited } from '../../parts/limited.tsx';
import { Picture } from '../../parts/picture.tsx';
import type { ArticleContent } from './content.ts';
import { CoverChooser } from './cover-chooser.tsx';
import type { EditedArticle } from './edited-article.ts';
import { OutsidePictures } from './outside-pictures.tsx';
import { TextForm } from './text-form.tsx';
import { w } from './words.ts';

interface ArticleFormProps {
  readonly article: EditedArticle;
  readonly content: ArticleContent;
  readonly mayEdit: boolean;
  readonly onChange: (article: EditedArticle) => void;
}

/** All of an article, with WeChat's limits while somebody types. */
export function ArticleForm({ article, content, mayEdit, onChange }: ArticleFormProps) {
  const [isChoosing, setChoosing] = useState(false);
  const { title, author, digest, link, cover, source } = article;
  const set = (changes: Partial<EditedArticle>) => onChange({ ...article, ...changes });
  const isLink = link.trim() === '' || /^https?:\/\/[^\s/?#]/i.test(link.trim());
  return (
    <fieldset class="article-form" disabled={!mayEdit}>
      <legend class="unseen">{w('article')}</legend>
      <Limited
        label={w('title')}
        value={title}
        limit={articleLimits.titleCharacters}
        hint={
          [...title].length > articleLimits.documentedTitleCharacters ? w('titleHint') : undefined
        }
        isNeeded
        onInput={(value) => set({ title: value })}
      />
      <Limited
        label={w('author')}
        value={author}
        limit={articleLimits.authorCharacters}
        onInput={(value) => set({ author: value })}
      />
      <Limited
        label={w('digest')}
        value={digest}
        limit={articleLimits.digestCharacters}
        hint={w('digestHint')}
        rows={2}
        onInput={(value) => set({ digest: value })}
      />
      <div class="cover-field">
        <span class="muted small">{w('cover')}</span>
        {cover ? (
          <Picture url={cover.url} alt={w('cover')} class="cover" />
        ) : (
          <small class="reason">{w('noCover')}</small>
        )}
        <Act needs="edit" onAct={async () => setChoosing(true)}>
          {w('chooseCover')}
        </Act>
      </div>
      {isChoosing && (
        <CoverChooser
          onChoose={(chosen) => {
            set({ cover: chosen });
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
      <TextForm article={article} content={content} onChange={set} />
      <OutsidePictures
        content={content}
        source={source}
        onMoved={(moved) => set({ source: moved })}
      />
      <Field label={w('link')} hint={w('linkHint')} error={isLink ? undefined : w('noLink')}>
        <input
          value={link}
          autocomplete="off"
          onInput={(event) => set({ link: event.currentTarget.value })}
        />
      </Field>
    </fieldset>
  );
}
