import { useState } from 'preact/hooks';
import type { CountedTag } from '../../../../followers/tags.ts';
import { call } from '../../api.ts';
import { number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { w } from './words.ts';

interface TagsProps {
  readonly tags: readonly CountedTag[];
  readonly reload: () => Promise<void>;
}

/** WeChat's tags: made, renamed, deleted. */
export function Tags({ tags, reload }: TagsProps) {
  const [name, setName] = useState('');
  const create = async () => {
    await call('followers', 'createTag', { name: name.trim() });
    setName('');
    tell(w('done'));
    await reload();
  };
  return (
    <>
      <div class="form">
        <Field label={w('tagName')} hint={w('tagNameHint')}>
          <input
            value={name}
            maxLength={30}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Act needs="edit" class="tool strong" disabled={name.trim() === ''} onAct={create}>
          {w('createTag')}
        </Act>
      </div>
      {tags.length === 0 ? (
        <Empty title={w('noTags')}>
          <p>{w('noTagsAbout')}</p>
        </Empty>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{w('tagName')}</th>
              <th scope="col" class="number">
                {w('followers')}
              </th>
              <th scope="col">{w('actions')}</th>
            </tr>
          </thead>
          <tbody>
            {tags.map((tag) => (
              <TagRow key={`${tag.id} ${tag.name}`} tag={tag} reload={reload} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function TagRow({
  tag: { id, name, count },
  reload,
}: {
  readonly tag: CountedTag;
  readonly reload: () => Promise<void>;
}) {
  const [edited, setEdited] = useState<string>();
  const rename = async () => {
    await call('followers', 'renameTag', { id, name: edited?.trim() });
    tell(w('done'));
    await reload();
  };
  const remove = async () => {
    await call('followers', 'deleteTag', { id });
    tell(w('done'));
    await reload();
  };
  return (
    <tr>
      <th scope="row" data-label={w('tagName')}>
        {edited === undefined ? (
          name
        ) : (
          <input
            value={edited}
            maxLength={30}
            aria-label={w('tagName')}
            onInput={(event) => setEdited(event.currentTarget.value)}
          />
        )}
      </th>
      <td data-label={w('followers')} class="number">
        {number(count)}
      </td>
      <td data-label={w('actions')} class="actions">
        {edited === undefined ? (
          <Act needs="edit" label={`${w('rename')}: ${name}`} onAct={async () => setEdited(name)}>
            {w('rename')}
          </Act>
        ) : (
          <Act needs="edit" disabled={edited.trim() === ''} onAct={rename}>
            {t('save')}
          </Act>
        )}
        <Act
          needs="edit"
          label={`${w('delete')}: ${name}`}
          question={w('deleteTagQuestion', { name, count })}
          onAct={remove}
        >
          {w('delete')}
        </Act>
      </td>
    </tr>
  );
}
