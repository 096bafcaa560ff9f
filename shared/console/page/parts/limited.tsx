import { t } from '../words.ts';
import { Field } from './field.tsx';
import { faultOf, type TextRule, usedOf } from './text-rule.ts';

interface LimitedProps extends TextRule {
  readonly label: string;
  readonly value: string;
  /** What else is wrong with it. */
  readonly wrong?: string | undefined;
  readonly hint?: string | undefined;
  readonly rows?: number;
  readonly onInput: (value: string) => void;
}

const overWords = { characters: 'overCharacters', bytes: 'overBytes' } as const;

/** A text with WeChat's limit, counted while somebody types. */
export function Limited({ label, value, wrong, hint, rows, onInput, ...rule }: LimitedProps) {
  const { limit, unit = 'characters' } = rule;
  const counts = limit === undefined ? undefined : { used: usedOf(value, rule), limit };
  const fault = faultOf(value, rule);
  const own = {
    value,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      onInput(event.currentTarget.value),
  };
  return (
    <Field
      label={label}
      hint={[...(counts ? [t(unit, counts)] : []), ...(hint ? [hint] : [])].join(' · ')}
      error={fault === undefined ? wrong : t(fault === 'over' ? overWords[unit] : fault, counts)}
    >
      {rows === undefined ? (
        <input autocomplete="off" {...own} />
      ) : (
        <textarea rows={rows} {...own} />
      )}
    </Field>
  );
}
