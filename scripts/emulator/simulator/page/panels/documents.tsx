import { useEffect, useState } from 'preact/hooks';
import type { ShownDocument, ShownPage } from '../../shown-database.ts';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { t } from '../words.ts';
import { DocumentEditor } from './document-editor.tsx';

const PAGE = 100;
/** Whoever types has stopped to think. */
const TYPING_MS = 150;

/** The documents of a collection, a page at a time, to be searched, read and changed. */
export function Documents({ name }: { readonly name: string }) {
  const [{ total, documents }, setPage] = useState<ShownPage>({ total: 0, documents: [] });
  const [edited, setEdited] = useState<string | undefined>(undefined);
  const [skip, setSkip] = useState(0);
  const [text, setText] = useState('');
  const version = sections.value.store?.version;
  const query = (more: Record<string, string>) =>
    new URLSearchParams({ collection: name, ...more }).toString();
  const load = () =>
    ask<ShownPage>(
      'GET',
      `/store/documents?${query({ limit: String(PAGE), skip: String(skip), text })}`,
    );

  useEffect(() => {
    let isWanted = true;
    const look = () =>
      void load().then(
        (page) => isWanted && setPage(page),
        // The collection has gone.
        () => isWanted && setPage({ total: 0, documents: [] }),
      );
    const timer = setTimeout(look, text === '' ? 0 : TYPING_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [name, version, skip, text]);

  const change = (act: () => Promise<unknown>) =>
    attempt(async () => {
      await act();
      setPage(await load());
      setEdited(undefined);
    });

  return (
    <section class="documents" aria-label={name}>
      <div class="tools">
        <strong>{name}</strong>
        <input
          type="search"
          placeholder={t('search')}
          aria-label={`${t('search')}${t('colon')}${name}`}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setSkip(0);
          }}
        />
        <span class="grow" />
        <Pages skip={skip} total={total} shown={documents.length} go={setSkip} />
        <button type="button" class="tool" onClick={() => setEdited('{\n  "_id": ""\n}')}>
          {t('newDocument')}
        </button>
      </div>
      {edited !== undefined && (
        <DocumentEditor
          text={edited}
          onCancel={() => setEdited(undefined)}
          onSave={(document) =>
            void change(() => ask('PUT', '/store/document', { collection: name, document }))
          }
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <div class="scroll" tabIndex={0}>
        {documents.length === 0 && (
          <p class="empty">{t(text === '' ? 'noDocuments' : 'noMatch')}</p>
        )}
        {documents.map((document) => {
          const id = String(document._id);
          return (
            <details key={id} class="document">
              <summary>
                <code>{id}</code>
                <small class="muted">{preview(document)}</small>
              </summary>
              <div class="tools">
                <button
                  type="button"
                  class="tool small"
                  onClick={() => setEdited(JSON.stringify(document, null, 2))}
                >
                  {t('edit')}
                </button>
                <button
                  type="button"
                  class="tool small"
                  onClick={() =>
                    void change(() => ask('DELETE', `/store/document?${query({ id })}`))
                  }
                >
                  {t('delete')}
                </button>
              </div>
              <pre>{JSON.stringify(document, null, 2)}</pre>
            </details>
          );
        })}
      </div>
    </section>
  );
}

/** Which of how many are shown, with the way to the others. */
function Pages(props: {
  readonly skip: number;
  readonly total: number;
  readonly shown: number;
  readonly go: (skip: number) => void;
}) {
  const { skip, total, shown, go } = props;
  const range = shown === 0 ? '0' : `${skip + 1}–${skip + shown}`;
  return (
    <span class="pages">
      <span class="count">
        {range} / {total}
      </span>
      {total > PAGE && (
        <>
          <button
            type="button"
            class="tool small"
            aria-label={t('previousPage')}
            disabled={skip === 0}
            onClick={() => go(Math.max(0, skip - PAGE))}
          >
            ‹
          </button>
          <button
            type="button"
            class="tool small"
            aria-label={t('nextPage')}
            disabled={skip + shown >= total}
            onClick={() => go(skip + PAGE)}
          >
            ›
          </button>
        </>
      )}
    </span>
  );
}

function preview({ _id, ...fields }: ShownDocument): string {
  return JSON.stringify(fields).slice(0, 120);
}
