import { useState } from 'preact/hooks';
import type { Changed } from '../../../../followers/tags.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../toast.tsx';
import { w } from './words.ts';

/** Adds a tag to some followers, or takes it off. */
export function Tagging({
  openids,
  tags,
  onChanged,
}: {
  readonly openids: readonly string[];
  readonly tags: readonly Tag[];
  readonly onChanged: () => Promise<void>;
}) {
  const [chosen, setChosen] = useState(0);
  const tagId = tags.some(({ id }) => id === chosen) ? chosen : (tags[0]?.id ?? 0);
  const change = async (action: 'tag' | 'untag') => {
    const { done, refused } =
      action === 'tag'
        ? await call<Changed>('followers', 'tag', { tagId, openids })
        : await call<Changed>('followers', 'untag', { tagId, openids });
    tell(
      [
        w('tagged', { done }),
        ...refused.map(({ openids: count, errcode, meaning }) =>
          w('refused', { count, errcode, meaning }),
        ),
      ].join('\n'),
    );
    await onChanged();
  };
  if (tags.length === 0) return null;
  const isOff = openids.length === 0;
  return (
    <div class="form">
      <Field label={w('tag')}>
        <select value={tagId} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
          {tags.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Act needs="edit" disabled={isOff} onAct={() => change('tag')}>
        {w('addTag')}
      </Act>
      <Act needs="edit" disabled={isOff} onAct={() => change('untag')}>
        {w('removeTag')}
      </Act>
    </div>
  );
}
