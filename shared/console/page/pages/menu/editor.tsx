import { useState } from 'preact/hooks';
import { isAllowed } from '../../../role.ts';
import { me } from '../../session.ts';
import { ButtonForm } from './button-form.tsx';
import {
  acrossFrom,
  type ButtonPlace,
  buttonAt,
  moved,
  newButton,
  siblingsOf,
  withSiblings,
} from './edited-menu.ts';
import type { Buttons } from './live.ts';
import { Phone } from './phone.tsx';
import { w } from './words.ts';

/** A menu on a phone, with the form of the button that was chosen there. */
export function MenuEditor({
  buttons,
  onChange,
}: {
  readonly buttons: Buttons;
  readonly onChange: (buttons: Buttons) => void;
}) {
  const [chosen, setChosen] = useState<ButtonPlace>();
  const mayEdit = isAllowed(me.value?.role ?? 'look', 'edit');
  const button = chosen && buttonAt(buttons, chosen);
  const across = chosen && acrossFrom(buttons, chosen);
  const move = (from: ButtonPlace, to: ButtonPlace) => {
    const next = moved(buttons, from, to);
    if (!next) return undefined;
    onChange(next.buttons);
    setChosen(next.place);
    return next.place;
  };
  const add = (place: ButtonPlace) => {
    onChange(withSiblings(buttons, place, (siblings) => [...siblings, newButton]));
    setChosen(place);
  };
  const remove = (place: ButtonPlace) => {
    onChange(withSiblings(buttons, place, (siblings) => siblings.toSpliced(place.at(-1) ?? 0, 1)));
    setChosen(place.length === 1 ? undefined : [place[0]]);
  };
  return (
    <div class="menu-editor">
      <Phone
        buttons={buttons}
        place={button && chosen}
        onChoose={setChosen}
        {...(mayEdit ? { onMove: move, onAdd: add } : {})}
      />
      {chosen && button ? (
        <ButtonForm
          button={button}
          place={chosen}
          mayEdit={mayEdit}
          siblings={siblingsOf(buttons, chosen).length}
          across={across && { to: across, list: buttons[across[0]]?.name ?? '' }}
          onChange={(next) =>
            onChange(withSiblings(buttons, chosen, (all) => all.with(chosen.at(-1) ?? 0, next)))
          }
          onMove={(to) => move(chosen, to)}
          onRemove={() => remove(chosen)}
        />
      ) : (
        <p class="muted">{w('choose')}</p>
      )}
    </div>
  );
}
