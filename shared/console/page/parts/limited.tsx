import { t } from '../words.ts';
import { Field } from './field.tsx';

interface LimitedProps {
  readonly label: string;
  readonly value: string;
  /** In characters, as WeChat counts them: an emoji is one. */
  readonly limit: number;
  readonly isNeeded?: boolean;
  readonly hint?: string | undefined;
  readonly rows?: number;
  readonly onInput: (value: string) => void;
}

/** A text with WeChat's limit, counted while somebody types. */
export function Limited({ label, value, limit, isNeeded, hint, rows, onInput }: LimitedProps) {
  const used = [...value].length;
  const over = used > limit ? t('overCharacters', { used, limit }) : undefined;
  const own = {
    value,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      onInput(event.currentTarget.value),
  };
  return (
    <Field
      label={label}
      hint={[t('characters', { used, limit }), ...(hint ? [hint] : [])].join(' · ')}
      error={isNeeded && value.trim() === '' ? t('missing') : over}
    >
      {rows === undefined ? (
        <input autocomplete="off" {...own} />
      ) : (
        <textarea rows={rows} {...own} />
      )}
    </Field>
  );
}
