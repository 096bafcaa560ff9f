import { useState } from 'preact/hooks';
import type { FieldRow } from '../../../../docs/describe-schema.ts';
import { t } from '../words.ts';

/** A field of a payload, edited as what it is: a choice, a number, a text, or else JSON. */
export function PayloadField(props: {
  readonly row: FieldRow;
  readonly value: unknown;
  readonly problems: readonly string[];
  /** `undefined` leaves the field out. */
  readonly onChange: (value: unknown) => void;
  /** What stands in the field is no JSON, or is again. */
  readonly onBroken: (isBroken: boolean) => void;
}) {
  const { row, value, problems, onChange, onBroken } = props;
  const { field, type, limits, isOptional, default: fallback } = row;
  const id = `payload-${field}`;
  const hints = [
    type,
    ...limits,
    ...(fallback === undefined ? [] : [`${t('byDefault')} ${fallback}`]),
    ...(isOptional && fallback === undefined ? [t('mayBeLeftOut')] : []),
  ];
  return (
    <div class="payload-field">
      <label for={id}>
        <code>{field || t('wholePayload')}</code>
      </label>
      <Editor id={id} type={type} value={value} onChange={onChange} onBroken={onBroken} />
      <small class="muted">{hints.join(' · ')}</small>
      {problems.map((problem) => (
        <small key={problem} class="reason" role="alert">
          {problem}
        </small>
      ))}
    </div>
  );
}

interface EditorProps {
  readonly id: string;
  readonly type: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly onBroken: (isBroken: boolean) => void;
}

function Editor(props: EditorProps) {
  const { id, type, value, onChange } = props;
  const choices = choicesOf(type);
  if (choices) {
    return (
      <select
        id={id}
        value={value === undefined ? '' : JSON.stringify(value)}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : JSON.parse(currentTarget.value))
        }
      >
        <option value="">—</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {String(JSON.parse(choice))}
          </option>
        ))}
      </select>
    );
  }
  if (type === 'number') {
    return (
      <input
        id={id}
        type="number"
        step="any"
        value={typeof value === 'number' ? value : ''}
        onInput={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))
        }
      />
    );
  }
  const isText = type.split(' / ').includes('string');
  if (isText && (value === undefined || typeof value === 'string')) {
    return (
      <input
        id={id}
        type="text"
        value={value ?? ''}
        onInput={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : currentTarget.value)
        }
      />
    );
  }
  return <JsonEditor {...props} />;
}

/** What no simple field can hold. It keeps the text while that is no JSON. */
export function JsonEditor(props: Omit<EditorProps, 'type'> & { readonly rows?: number }) {
  const { id, value, onChange, onBroken, rows = 3 } = props;
  const [text, setText] = useState(() =>
    value === undefined ? '' : JSON.stringify(value, null, 2),
  );
  const [isBroken, setBroken] = useState(false);
  const tell = (broken: boolean) => {
    setBroken(broken);
    onBroken(broken);
  };
  return (
    <textarea
      id={id}
      class="json"
      rows={Math.max(rows, Math.min(14, text.split('\n').length))}
      value={text}
      spellcheck={false}
      placeholder="JSON"
      aria-invalid={isBroken}
      onInput={({ currentTarget }) => {
        setText(currentTarget.value);
        try {
          onChange(currentTarget.value.trim() === '' ? undefined : JSON.parse(currentTarget.value));
          tell(false);
        } catch {
          tell(true);
        }
      }}
    />
  );
}

/** The values of a type such as `"image" / "voice"`, each as JSON; `undefined` for any other type. */
function choicesOf(type: string): readonly string[] | undefined {
  if (type === 'boolean') return ['true', 'false'];
  const parts = type.split(' / ');
  return parts.every((part) => /^(?:"[^"]*"|-?\d+|true|false)$/.test(part)) ? parts : undefined;
}
