import type { CountedTag } from '../../../../followers/tags.ts';
import { number } from '../../format.ts';
import { Field } from '../../parts/field.tsx';
import type { FilterForm } from './edited-broadcast.ts';
import { w } from './words.ts';

interface FilterFieldsProps {
  readonly filter: FilterForm;
  readonly tags: readonly CountedTag[];
  readonly onChange: (filter: FilterForm) => void;
}

const texts = ['province', 'city', 'language', 'qrcode'] as const;
const days = ['subscribedFrom', 'subscribedBefore'] as const;
const sexes = ['male', 'female', 'unknown'] as const;

/** The form of a filter. */
export function FilterFields({ filter, tags, onChange }: FilterFieldsProps) {
  const set = (changes: Partial<FilterForm>) => onChange({ ...filter, ...changes });
  return (
    <>
      <p class="muted">{w('filterAbout')}</p>
      {tags.length > 0 && (
        <div class="form">
          <Tags
            label={w('anyTag')}
            tags={tags}
            chosen={filter.tagIds}
            onChange={(tagIds) => set({ tagIds })}
          />
          <Tags
            label={w('noTag')}
            tags={tags}
            chosen={filter.notTagIds}
            onChange={(notTagIds) => set({ notTagIds })}
          />
        </div>
      )}
      <div class="form">
        <Field label={w('sex')}>
          <select
            value={filter.sex}
            onChange={(event) => set({ sex: event.currentTarget.value as FilterForm['sex'] })}
          >
            <option value="">{w('anySex')}</option>
            {sexes.map((sex) => (
              <option key={sex} value={sex}>
                {w(sex)}
              </option>
            ))}
          </select>
        </Field>
        {texts.map((name) => (
          <Field key={name} label={w(name)}>
            <input
              value={filter[name]}
              autocomplete="off"
              onInput={(event) => set({ [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
        {days.map((name) => (
          <Field key={name} label={w(name)}>
            <input
              type="date"
              value={filter[name]}
              onInput={(event) => set({ [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
      </div>
    </>
  );
}

function Tags({
  label,
  tags,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly tags: readonly CountedTag[];
  readonly chosen: readonly number[];
  readonly onChange: (ids: readonly number[]) => void;
}) {
  return (
    <fieldset class="chips of-tags">
      <legend class="muted small">{label}</legend>
      {tags.map(({ id, name, count }) => {
        const isChosen = chosen.includes(id);
        return (
          <button
            key={id}
            type="button"
            class="chip"
            aria-pressed={isChosen}
            onClick={() =>
              onChange(isChosen ? chosen.filter((one) => one !== id) : [...chosen, id])
            }
          >
            {w('tagCount', { name, count: number(count) })}
          </button>
        );
      })}
    </fieldset>
  );
}
