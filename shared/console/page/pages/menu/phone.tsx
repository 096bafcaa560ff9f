import { useEffect, useRef } from 'preact/hooks';
import { menuLimits } from '../../../../menu/limits.ts';
import type { ButtonPlace, EditedButton } from './edited-menu.ts';
import { w } from './words.ts';

const steps: Readonly<Record<string, -1 | 1>> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
};

interface PhoneProps {
  readonly buttons: readonly EditedButton[];
  readonly place: ButtonPlace | undefined;
  readonly mayEdit: boolean;
  readonly onChoose: (place: ButtonPlace) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onAdd: (place: ButtonPlace) => void;
}

/** The menu as WeChat shows it below a chat; a tap chooses the button that is edited. */
export function Phone({ buttons, place, mayEdit, onChoose, onMove, onAdd }: PhoneProps) {
  const phone = useRef<HTMLElement>(null);
  const open = place && buttons[place[0]];
  const at = place?.join('.');
  // A button that was moved by the keyboard keeps the focus at its new place.
  useEffect(() => {
    if (!phone.current?.contains(document.activeElement)) return;
    phone.current.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey ? steps[event.key] : undefined;
    if (by === undefined) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <section class="menu-phone" aria-label={w('phone')} ref={phone}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the buttons in it */}
      <div class="menu-screen" onKeyDown={onKeyDown}>
        {place && open?.type === 'list' && (
          <ul
            class={`menu-below at-${place[0]} of-${Math.min(buttons.length + 1, menuLimits.buttons)}`}
          >
            {open.below.map((button, index) => (
              <li key={index}>
                <Key
                  button={button}
                  isChosen={place[1] === index}
                  onChoose={() => onChoose([place[0], index])}
                />
              </li>
            ))}
            {mayEdit && open.below.length < menuLimits.subButtons && (
              <li>
                <Plus label={w('addBelow')} onAdd={() => onAdd([place[0], open.below.length])} />
              </li>
            )}
          </ul>
        )}
        <ul class="menu-bar">
          {buttons.map((button, index) => (
            <li key={index}>
              <Key
                button={button}
                isChosen={at === String(index)}
                onChoose={() => onChoose([index])}
              />
            </li>
          ))}
          {mayEdit && buttons.length < menuLimits.buttons && (
            <li>
              <Plus label={w('add')} onAdd={() => onAdd([buttons.length])} />
            </li>
          )}
        </ul>
      </div>
    </section>
  );
}

function Key({
  button: { name, type },
  isChosen,
  onChoose,
}: {
  readonly button: EditedButton;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button type="button" class="menu-key" aria-pressed={isChosen} onClick={onChoose}>
      {type === 'list' && <span aria-hidden="true">≡ </span>}
      {name === '' ? <span class="muted">{w('unnamed')}</span> : name}
    </button>
  );
}

function Plus({ label, onAdd }: { readonly label: string; readonly onAdd: () => void }) {
  return (
    <button type="button" class="menu-key" aria-label={label} title={label} onClick={onAdd}>
      +
    </button>
  );
}
