import { menuLimits } from '../../../../menu/limits.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import {
  type ButtonField,
  type ButtonPlace,
  buttonTypes,
  bytesOf,
  type EditedButton,
  fieldBytes,
  fieldsOf,
  isButtonType,
} from './edited-menu.ts';
import { fieldWord, typeWord, w } from './words.ts';

interface ButtonFormProps {
  readonly button: EditedButton;
  readonly place: ButtonPlace;
  readonly siblings: number;
  readonly mayEdit: boolean;
  readonly onChange: (button: EditedButton) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** What the chosen button is called and does, with WeChat's limits while somebody types. */
export function ButtonForm({
  button,
  place,
  siblings,
  mayEdit,
  onChange,
  onMove,
  onRemove,
}: ButtonFormProps) {
  const { name, type, fields, below } = button;
  const isTop = place.length === 1;
  const own: readonly ButtonField[] = isButtonType(type) ? fieldsOf[type] : [];
  const index = place.at(-1) ?? 0;
  const lost = type === 'list' ? below.length : 0;
  const question = lost > 0 ? { question: w('removeList', { count: lost }) } : {};
  return (
    <fieldset class="menu-form" disabled={!mayEdit}>
      <legend class="unseen">{w('button')}</legend>
      <Limited
        label={w('name')}
        value={name}
        limit={isTop ? menuLimits.nameBytes : menuLimits.subNameBytes}
        onInput={(value) => onChange({ ...button, name: value })}
      />
      <Field
        label={w('type')}
        hint={type === 'list' ? w('listHint') : undefined}
        error={type === 'list' || isButtonType(type) ? undefined : typeWord('other', { type })}
      >
        <select
          value={type}
          onChange={(event) => onChange({ ...button, type: event.currentTarget.value })}
        >
          {isTop && <option value="list">{typeWord('list')}</option>}
          {type !== 'list' && !isButtonType(type) && <option value={type}>{type}</option>}
          {buttonTypes.map((each) => (
            <option key={each} value={each}>
              {typeWord(each)}
            </option>
          ))}
        </select>
      </Field>
      {own.map((field) => (
        <Limited
          key={field}
          label={fieldWord(field)}
          value={fields[field] ?? ''}
          limit={fieldBytes[field]}
          wrong={wrongIn(field, fields[field] ?? '')}
          onInput={(value) => onChange({ ...button, fields: { ...fields, [field]: value } })}
        />
      ))}
      <div class="actions">
        <Act needs="edit" disabled={index === 0} onAct={async () => onMove(-1)}>
          {w(isTop ? 'moveLeft' : 'moveUp')}
        </Act>
        <Act needs="edit" disabled={index === siblings - 1} onAct={async () => onMove(1)}>
          {w(isTop ? 'moveRight' : 'moveDown')}
        </Act>
        <Act needs="edit" {...question} onAct={async () => onRemove()}>
          {w('remove')}
        </Act>
      </div>
      <p class="muted small">{w('keys')}</p>
    </fieldset>
  );
}

/** What WeChat refuses in a text that is there; the room `menu` judges the whole in the end. */
function wrongIn(field: ButtonField, value: string): string | undefined {
  if (field === 'url' && !/^https?:\/\/[^\s/?#]/i.test(value)) return w('noLink');
  if (field === 'appid' && !/^wx[0-9a-z]{16}$/.test(value)) return w('noAppid');
  return undefined;
}

function Limited({
  label,
  value,
  limit,
  wrong,
  onInput,
}: {
  readonly label: string;
  readonly value: string;
  readonly limit?: number | undefined;
  readonly wrong?: string | undefined;
  readonly onInput: (value: string) => void;
}) {
  const used = bytesOf(value);
  const isOver = limit !== undefined && used > limit;
  const over = isOver ? w('overBytes', { used, limit }) : undefined;
  return (
    <Field
      label={label}
      hint={limit === undefined ? undefined : w('bytes', { used, limit })}
      error={value === '' ? w('missing') : (over ?? wrong)}
    >
      <input
        value={value}
        autocomplete="off"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  );
}
