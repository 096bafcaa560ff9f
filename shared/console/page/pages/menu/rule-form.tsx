import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { Field } from '../../parts/field.tsx';
import { platformWord, w } from './words.ts';

const platforms = ['1', '2', '3'] as const;

/** Who sees a conditional menu: those with a tag, on a platform, or both. */
export function RuleForm({
  tag,
  platform,
  tags,
  onChange,
}: {
  readonly tag: string;
  readonly platform: string;
  readonly tags: readonly Tag[];
  readonly onChange: (changes: { readonly tag?: string; readonly platform?: string }) => void;
}) {
  const isKnown = tag === '' || tags.some(({ id }) => String(id) === tag);
  return (
    <fieldset class="form">
      <legend class="unseen">{w('who')}</legend>
      <Field
        label={w('ruleTag')}
        hint={w('ruleHint')}
        error={tag === '' && platform === '' ? w('ruleEmpty') : undefined}
      >
        <select
          value={tag}
          onChange={({ currentTarget }) => onChange({ tag: currentTarget.value })}
        >
          <option value="">{w('anyTag')}</option>
          {!isKnown && <option value={tag}>{tag}</option>}
          {tags.map(({ id, name }) => (
            <option key={id} value={String(id)}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={w('rulePlatform')}>
        <select
          value={platform}
          onChange={({ currentTarget }) => onChange({ platform: currentTarget.value })}
        >
          <option value="">{w('anyPlatform')}</option>
          {platforms.map((each) => (
            <option key={each} value={each}>
              {platformWord(each)}
            </option>
          ))}
        </select>
      </Field>
    </fieldset>
  );
}
