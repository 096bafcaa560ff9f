import { useEffect } from 'preact/hooks';
import { check, checked, chosen, edition, note, payload } from '../invocation.ts';
import { isIn, valueAt, withValue } from '../payload.ts';
import { t } from '../words.ts';
import { JsonEditor, PayloadField } from './payload-field.tsx';

/** Whoever types has stopped to think. */
const TYPING_MS = 150;

/** The payload of the chosen action: its fields by the schema, or all of it as JSON. */
export function PayloadForm({ isJson }: { readonly isJson: boolean }) {
  const value = payload.value;
  useEffect(() => {
    const timer = setTimeout(() => void check(), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value, chosen.value]);

  const { fields, problems } = checked.value;
  const set = (next: unknown) => {
    payload.value = next;
  };
  const outer = new Set(
    fields
      .filter(({ field }) => fields.some((each) => each.field.startsWith(`${field}.`)))
      .map(({ field }) => field),
  );
  const edited = fields.filter(({ field }) => !outer.has(field));
  const isWhole = edited.some(({ field }) => field === '');
  const rest = isJson
    ? problems
    : problems.filter(({ path }) => !isWhole && !edited.some(({ field }) => isIn(path, field)));

  return (
    <div class="payload" key={`${edition.value} ${isJson}`}>
      {isJson ? (
        <div class="payload-field">
          <label for="payload-json">
            <code>{t('wholePayload')}</code>
          </label>
          <JsonEditor
            id="payload-json"
            rows={8}
            value={value}
            onChange={set}
            onBroken={(isBroken) => note('', isBroken)}
          />
        </div>
      ) : (
        edited.map((row) => (
          <PayloadField
            key={row.field}
            row={row}
            value={row.field === '' ? value : valueAt(value, row.field)}
            problems={problems
              .filter(({ path }) => row.field === '' || isIn(path, row.field))
              .map(({ message }) => message)}
            onChange={(next) => set(row.field === '' ? next : withValue(value, row.field, next))}
            onBroken={(isBroken) => note(row.field, isBroken)}
          />
        ))
      )}
      {rest.map(({ message }) => (
        <small key={message} class="reason" role="alert">
          {message}
        </small>
      ))}
      {!isJson && fields.length === 0 && <p class="muted">{t('noPayload')}</p>}
    </div>
  );
}
