import { Fragment } from 'preact';
import { menuLimits } from '../../../../menu/limits.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { Limited } from '../../parts/limited.tsx';
import { ContentChoice } from './content-choice.tsx';
import {
  type ButtonField,
  type ButtonPlace,
  beside,
  buttonTypes,
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
  /** From the bar into this list, or from a list onto the bar, if there is room. */
  readonly across: { readonly to: ButtonPlace; readonly list: string } | undefined;
  readonly mayEdit: boolean;
  readonly onChange: (button: EditedButton) => void;
  readonly onMove: (to: ButtonPlace) => void;
  readonly onRemove: () => void;
}

/** What the chosen button is called and does, with WeChat's limits while somebody types. */
export function ButtonForm({
  button,
  place,
  siblings,
  across,
  mayEdit,
  onChange,
  onMove,
  onRemove,
}: ButtonFormProps) {
  const { name, type, fields, below } = button;
  const isTop = place.length === 1;
  const own: readonly ButtonField[] = isButtonType(type) ? fieldsOf[type] : [];
  const setField = (field: ButtonField, value: string) =>
    onChange({ ...button, fields: { ...fields, [field]: value } });
  const index = place.at(-1) ?? 0;
  const lost = type === 'list' ? below.length : 0;
  const question = lost > 0 ? { question: w('removeList', { count: lost }) } : {};
  return (
    <fieldset class="menu-form" disabled={!mayEdit}>
      <legend class="unseen">{w('button')}</legend>
      <Limited
        isNeeded
        unit="bytes"
        label={w('name')}
        value={name}
        limit={isTop ? menuLimits.nameBytes : menuLimits.subNameBytes}
        hint={cutWords(name, isTop ? menuLimits.shownName : menuLimits.shownSubName)}
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
        <Fragment key={field}>
          <Limited
            isNeeded
            unit="bytes"
            label={fieldWord(field)}
            value={fields[field] ?? ''}
            limit={fieldBytes[field]}
            wrong={wrongIn(field, fields[field] ?? '')}
            onInput={(value) => setField(field, value)}
          />
          {mayEdit && type !== 'view_limited' && (
            <ContentChoice field={field} onChoose={(id) => setField(field, id)} />
          )}
        </Fragment>
      ))}
      <div class="actions">
        <Act needs="edit" disabled={index === 0} onAct={async () => onMove(beside(place, -1))}>
          {w(isTop ? 'moveLeft' : 'moveUp')}
        </Act>
        <Act
          needs="edit"
          disabled={index === siblings - 1}
          onAct={async () => onMove(beside(place, 1))}
        >
          {w(isTop ? 'moveRight' : 'moveDown')}
        </Act>
        {across && (
          <Act needs="edit" onAct={async () => onMove(across.to)}>
            {isTop ? w('intoList', { name: across.list || w('unnamed') }) : w('toBar')}
          </Act>
        )}
        <Act needs="edit" {...question} onAct={async () => onRemove()}>
          {w('remove')}
        </Act>
      </div>
      <p class="muted small">{w('keys')}</p>
    </fieldset>
  );
}

/** What a phone cuts off: a Chinese character is as wide as two others. */
function cutWords(name: string, shown: number): string | undefined {
  const width = [...name].reduce((sum, each) => sum + (/[ -~]/.test(each) ? 0.5 : 1), 0);
  return width > shown ? w('cut', { shown }) : undefined;
}

/** What WeChat refuses in a text that is there; the room `menu` judges the whole in the end. */
function wrongIn(field: ButtonField, value: string): string | undefined {
  if (field === 'url' && !/^https?:\/\/[^\s/?#]/i.test(value)) return w('noLink');
  if (field === 'appid' && !/^wx[0-9a-z]{16}$/.test(value)) return w('noAppid');
  return undefined;
}
