import { draftOf, dropDraft } from '../drafts.ts';
import { Act } from '../parts/act.tsx';
import { confirmed } from '../parts/confirm.tsx';
import { go, route } from '../route.ts';
import { Drafts } from './articles/drafts.tsx';
import { type EditedDraft, newDraft } from './articles/edited-article.ts';
import { Editor } from './articles/editor.tsx';
import { Publications } from './articles/publications.tsx';
import { Published } from './articles/published.tsx';
import { w } from './articles/words.ts';

const DRAFT = 'article';

/** Articles: drafts, what is being published, what was, and the editor of one. */
export default function Articles() {
  const draft = draftOf<EditedDraft | null>(DRAFT, null);
  const [, part] = route.value;
  const edited = draft.value;
  if (part === 'edit' && edited) {
    return (
      <Editor
        draft={edited}
        onChange={(next) => {
          draft.value = next;
        }}
        onLeave={() => go('articles')}
        onSaved={() => {
          dropDraft(DRAFT, null);
          go('articles');
        }}
      />
    );
  }
  const edit = async (next: EditedDraft) => {
    const isLost = edited?.isChanged && edited.mediaId !== next.mediaId;
    if (isLost && !(await confirmed(w('throwAwayQuestion', { title: titleOf(edited) })))) return;
    if (!edited?.isChanged || edited.mediaId !== next.mediaId) draft.value = next;
    go('articles', 'edit');
  };
  const isPublished = part === 'published';
  return (
    <>
      <p class="muted">{w('about')}</p>
      {edited?.isChanged && (
        <p class="good">
          {w('unsaved', { title: titleOf(edited) })}{' '}
          <Act onAct={async () => go('articles', 'edit')}>{w('goOn')}</Act>{' '}
          <Act
            question={w('throwAwayQuestion', { title: titleOf(edited) })}
            onAct={async () => dropDraft(DRAFT, null)}
          >
            {w('throwAway')}
          </Act>
        </p>
      )}
      <div class="chips">
        <button
          type="button"
          class="chip"
          aria-pressed={!isPublished}
          onClick={() => go('articles')}
        >
          {w('drafts')}
        </button>
        <button
          type="button"
          class="chip"
          aria-pressed={isPublished}
          onClick={() => go('articles', 'published')}
        >
          {w('published')}
        </button>
        <Act needs="edit" class="tool strong" onAct={() => edit(newDraft)}>
          {w('write')}
        </Act>
      </div>
      <Publications />
      {isPublished ? <Published /> : <Drafts onEdit={edit} />}
    </>
  );
}

function titleOf({ articles }: EditedDraft): string {
  return articles[0]?.title || w('untitled');
}
