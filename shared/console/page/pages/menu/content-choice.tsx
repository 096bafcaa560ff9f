import { useState } from 'preact/hooks';
import type { Listing } from '../../../../material/paging.ts';
import type { PublishedItem } from '../../../../material/publishing.ts';
import type { MaterialListResponse } from '../../../../wechat/catalogue/material.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { w } from './words.ts';

type Item = MaterialListResponse['item'][number];

interface Choice {
  readonly id: string;
  readonly name: string;
}

const readers: Readonly<Record<string, () => Promise<readonly Choice[]>>> = {
  media_id: async () => [
    ...(await materials('image')),
    ...(await materials('voice')),
    ...(await materials('video')),
  ],
  article_id: async () => {
    const { items } = await call<Listing<PublishedItem>>('material', 'listPublished', {
      limit: 20,
    });
    return items.map(({ article_id: id, content }) => ({
      id,
      name: content.news_item.map(({ title }) => title).join(' · ') || id,
    }));
  },
};

async function materials(type: 'image' | 'voice' | 'video'): Promise<readonly Choice[]> {
  const { items } = await call<Listing<Item>>('material', 'list', { type, limit: 20 });
  return items.map(({ media_id: id, name }) => ({ id, name: `${w(type)} · ${name || id}` }));
}

/** The newest of what the account has, to choose an id from. Nothing for fields of other kinds. */
export function ContentChoice({
  field,
  onChoose,
}: {
  readonly field: string;
  readonly onChoose: (id: string) => void;
}) {
  const [choices, setChoices] = useState<readonly Choice[]>();
  const read = readers[field];
  if (!read) return null;
  if (!choices) return <Act onAct={async () => setChoices(await read())}>{w('chooseContent')}</Act>;
  if (choices.length === 0) return <p class="muted small">{w('noContent')}</p>;
  return (
    <Field label={w('chooseContent')}>
      <select value="" onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="" disabled>
          {w('newestContent')}
        </option>
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
