import { useEffect, useState } from 'preact/hooks';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { collection } from '../settings.ts';
import { t } from '../words.ts';
import { DocumentEditor } from './document-editor.tsx';

type Document = Readonly<Record<string, unknown>> & { readonly _id?: unknown };

const PAGE = 100;

/** The collections of the database, and their documents to read and to change. */
export function StorePanel() {
  const collections = sections.value.store?.collections ?? [];
  const name = collection.value ?? collections[0]?.name;
  return (
    <div class="panel store">
      <ul class="collections" aria-label={t('collections')}>
        {collections.map((each) => (
          <li key={each.name}>
            <button
              type="button"
              aria-current={each.name === name}
              onClick={() => {
                collection.value = each.name;
              }}
            >
              <span>{each.name}</span>
              <small>{each.documents}</small>
            </button>
          </li>
        ))}
      </ul>
      {name !== undefined && <Documents key={name} name={name} />}
    </div>
  );
}

function Documents({ name }: { readonly name: string }) {
  const [documents, setDocuments] = useState<readonly Document[]>([]);
  const [edited, setEdited] = useState<string | undefined>(undefined);
  const version = sections.value.store?.version;
  const query = (more: Record<string, string>) =>
    new URLSearchParams({ collection: name, ...more }).toString();
  const load = () =>
    ask<{ documents: readonly Document[] }>(
      'GET',
      `/store/documents?${query({ limit: String(PAGE) })}`,
    );

  useEffect(() => {
    let isWanted = true;
    load().then(
      (answer) => isWanted && setDocuments(answer.documents),
      // The collection has gone.
      () => isWanted && setDocuments([]),
    );
    return () => {
      isWanted = false;
    };
  }, [name, version]);

  const change = (act: () => Promise<unknown>) =>
    attempt(async () => {
      await act();
      setDocuments((await load()).documents);
      setEdited(undefined);
    });

  return (
    <section class="documents" aria-label={name}>
      <div class="tools">
        <strong>{name}</strong>
        <span class="grow" />
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
        {documents.length === 0 && <p class="empty">{t('noDocuments')}</p>}
        {documents.map((document) => {
          const id = document._id;
          return (
            <details key={String(id)} class="document">
              <summary>
                <code>{String(id)}</code>
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
                    void change(() => ask('DELETE', `/store/document?${query({ id: String(id) })}`))
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

function preview({ _id, ...fields }: Document): string {
  return JSON.stringify(fields).slice(0, 120);
}
