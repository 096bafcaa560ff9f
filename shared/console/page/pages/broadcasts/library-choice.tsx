import type { DraftItem } from '../../../../material/drafts.ts';
import type { Listing } from '../../../../material/paging.ts';
import type { MaterialListResponse } from '../../../../wechat/catalogue/material.ts';
import { call } from '../../api.ts';
import { Field } from '../../parts/field.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import type { ContentType } from './edited-broadcast.ts';
import { w } from './words.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
}

interface LibraryChoiceProps {
  readonly type: Exclude<ContentType, 'text'>;
  readonly onChoose: (choice: Choice) => void;
}

/** The newest of what WeChat keeps, to choose from. */
export function LibraryChoice({ type, onChoose }: LibraryChoiceProps) {
  const loaded = useLoaded(() => read(type), [type]);
  return (
    <Loader loaded={loaded}>
      {(choices) =>
        choices.length === 0 ? (
          <p class="muted">{w('libraryEmpty')}</p>
        ) : (
          <Field label={w(type === 'mpnews' ? 'fromDrafts' : 'fromLibrary')}>
            <select
              value=""
              onChange={({ currentTarget }) => {
                const found = choices.find(({ id }) => id === currentTarget.value);
                if (found) onChoose(found);
                currentTarget.value = '';
              }}
            >
              <option value="">{w('choose')}</option>
              {choices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
        )
      }
    </Loader>
  );
}

async function read(type: LibraryChoiceProps['type']): Promise<readonly Choice[]> {
  if (type === 'mpnews') {
    const { items } = await call<Listing<DraftItem>>('material', 'listDrafts', { limit: 50 });
    return items.map(({ media_id: id, content }) => ({
      id,
      name: content.news_item.map(({ title }) => title || w('untitled')).join(' · '),
    }));
  }
  const { items } = await call<Listing<MaterialListResponse['item'][number]>>('material', 'list', {
    type: type === 'mpvideo' ? 'video' : type,
    limit: 50,
  });
  return items.map(({ media_id: id, name }) => ({ id, name: name ?? id }));
}
