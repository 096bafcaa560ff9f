import { Field } from '../parts/field.tsx';
import { s } from './words.ts';

/** The one-time code that the operator's app shows. */
export function CodeField({
  code,
  onCode,
}: {
  readonly code: string;
  readonly onCode: (code: string) => void;
}) {
  return (
    <Field label={s('code')} hint={s('codeHint')}>
      <input
        required
        inputMode="numeric"
        autocomplete="one-time-code"
        pattern="\d{6}"
        maxLength={6}
        value={code}
        onInput={(event) => onCode(event.currentTarget.value)}
      />
    </Field>
  );
}
