import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { Field } from '../../parts/field.tsx';
import type { FilterDraft } from './filter-draft.ts';
import { w } from './words.ts';

/** The fields of a filter. Every one that is filled in must match. */
export function FilterForm({
  draft,
  tags,
  onChange,
}: {
  readonly draft: FilterDraft;
  readonly tags: readonly Tag[];
  readonly onChange: (changes: Partial<FilterDraft>) => void;
}) {
  const texts = ['province', 'city', 'qrcode', 'customName', 'customValue'] as const;
  const days = [
    ['subscribedFrom', 'from'],
    ['subscribedBefore', 'before'],
  ] as const;
  return (
    <>
      {(['tagIds', 'notTagIds'] as const).map((name) => (
        <TagChoice
          key={name}
          label={w(name === 'tagIds' ? 'anyTag' : 'noTag')}
          tags={tags}
          chosen={draft[name]}
          onChange={(ids) => onChange({ [name]: ids })}
        />
      ))}
      <div class="form">
        <Field label={w('sex')}>
          <select
            value={draft.sex}
            onChange={(event) => onChange({ sex: event.currentTarget.value as FilterDraft['sex'] })}
          >
            <option value="">{w('any')}</option>
            {(['male', 'female', 'unknown'] as const).map((sex) => (
              <option key={sex} value={sex}>
                {w(sex)}
              </option>
            ))}
          </select>
        </Field>
        {texts.map((name) => (
          <Field key={name} label={w(name)}>
            <input
              value={draft[name]}
              maxLength={100}
              onInput={(event) => onChange({ [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
        {days.map(([name, label]) => (
          <Field key={name} label={w(label)}>
            <input
              type="date"
              value={draft[name]}
              onInput={(event) => onChange({ [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
      </div>
    </>
  );
}

/** Tags as buttons that are pressed or not. */
function TagChoice({
  label,
  tags,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly tags: readonly Tag[];
  readonly chosen: readonly number[];
  readonly onChange: (ids: readonly number[]) => void;
}) {
  if (tags.length === 0) return null;
  return (
    <fieldset class="chips">
      <legend class="muted small">{label}</legend>
      {tags.map(({ id, name }) => {
        const isChosen = chosen.includes(id);
        const toggled = isChosen ? chosen.filter((each) => each !== id) : [...chosen, id];
        return (
          <button
            key={id}
            type="button"
            class="chip"
            aria-pressed={isChosen}
            onClick={() => onChange(toggled)}
          >
            {name}
          </button>
        );
      })}
    </fieldset>
  );
}
