import { useState } from 'preact/hooks';
import { ask, attempt } from '../api.ts';
import { sections } from '../feed.ts';
import { collection } from '../settings.ts';
import { t } from '../words.ts';
import { Documents } from './documents.tsx';

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
        <li>
          <NewCollection />
        </li>
      </ul>
      {name !== undefined && <Documents key={name} name={name} />}
    </div>
  );
}

/** A collection that the functions do not know, for a room that is being built. */
function NewCollection() {
  const [name, setName] = useState<string | undefined>(undefined);
  if (name === undefined) {
    return (
      <button type="button" class="new" onClick={() => setName('')}>
        + {t('newCollection')}
      </button>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => {
          if (name !== '') {
            await ask('POST', '/store/collections', { name });
            collection.value = name;
          }
          setName(undefined);
        });
      }}
    >
      <input
        ref={(input) => input?.focus()}
        value={name}
        placeholder="orders"
        aria-label={t('newCollection')}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && setName(undefined)}
      />
    </form>
  );
}
