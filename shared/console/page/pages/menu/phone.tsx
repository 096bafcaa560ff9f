import { useEffect, useRef, useState } from 'preact/hooks';
import { menuLimits } from '../../../../menu/limits.ts';
import { useDragging } from './dragging.ts';
import { type ButtonPlace, beside, buttonAt, nextList } from './edited-menu.ts';
import type { Buttons } from './live.ts';
import { w } from './words.ts';

interface PhoneProps {
  readonly buttons: Buttons;
  readonly place: ButtonPlace | undefined;
  readonly onChoose: (place: ButtonPlace) => void;
  /** Whether it could be moved. Without it the menu is only looked at. */
  readonly onMove?: (from: ButtonPlace, to: ButtonPlace) => boolean;
  readonly onAdd?: (place: ButtonPlace) => void;
}

const nothingMoves = () => false;

/** The menu as WeChat shows it below a chat; a tap chooses a button, and a drag moves it. */
export function Phone({ buttons, place, onChoose, onMove = nothingMoves, onAdd }: PhoneProps) {
  const screen = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const open = place && buttons[place[0]];
  const at = place?.join('.');
  const move = (from: ButtonPlace, to: ButtonPlace) => {
    const { name = '' } = buttonAt(buttons, from) ?? {};
    const isMoved = onMove(from, to);
    if (isMoved) setSaid(w('movedTo', { name, place: placeWords(to) }));
    return isMoved;
  };
  const { isDragging, handlers } = useDragging(screen, onChoose, move);
  // A button that was moved by the keyboard keeps the focus at its new place.
  useEffect(() => {
    if (!screen.current?.contains(document.activeElement)) return;
    screen.current.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.altKey && place ? targetOf(event.key, buttons, place) : undefined;
    if (!to || !place) return;
    event.preventDefault();
    move(place, to);
  };
  return (
    <section class="menu-phone" aria-label={w('phone')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the buttons in it */}
      <div
        ref={screen}
        class={`menu-screen ${isDragging ? 'dragging' : ''}`}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        {place && open?.type === 'list' && (
          <ul
            class={`menu-below at-${place[0]} of-${Math.min(buttons.length + (onAdd ? 1 : 0), menuLimits.buttons)}`}
          >
            {open.below.map((_, index) => (
              <li key={index}>
                <Key buttons={buttons} place={[place[0], index]} chosen={at} onChoose={onChoose} />
              </li>
            ))}
            {onAdd && open.below.length < menuLimits.subButtons && (
              <li>
                <Plus label={w('addBelow')} onAdd={() => onAdd([place[0], open.below.length])} />
              </li>
            )}
          </ul>
        )}
        <ul class="menu-bar">
          {buttons.map((_, index) => (
            <li key={index}>
              <Key buttons={buttons} place={[index]} chosen={at} onChoose={onChoose} />
            </li>
          ))}
          {onAdd && buttons.length < menuLimits.buttons && (
            <li>
              <Plus label={w('add')} onAdd={() => onAdd([buttons.length])} />
            </li>
          )}
        </ul>
      </div>
      {onAdd && (
        <p class="muted small menu-counts">
          {w('counts', { used: buttons.length, limit: menuLimits.buttons })}
          {open?.type === 'list' &&
            ` · ${w('countsBelow', { used: open.below.length, limit: menuLimits.subButtons })}`}
        </p>
      )}
      <p class="unseen" role="status">
        {said}
      </p>
    </section>
  );
}

/** Along its list; from a list also sideways, into the one of another button. */
function targetOf(key: string, buttons: Buttons, place: ButtonPlace): ButtonPlace | undefined {
  const by = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  if (!/^Arrow(?:Left|Right|Up|Down)$/.test(key)) return undefined;
  const isSideways = key === 'ArrowLeft' || key === 'ArrowRight';
  return isSideways && place.length === 2 ? nextList(buttons, place, by) : beside(place, by);
}

function placeWords([first, second]: ButtonPlace): string {
  return second === undefined
    ? w('place', { first: first + 1 })
    : w('placeBelow', { first: first + 1, second: second + 1 });
}

function Key({
  buttons,
  place,
  chosen,
  onChoose,
}: {
  readonly buttons: Buttons;
  readonly place: ButtonPlace;
  readonly chosen: string | undefined;
  readonly onChoose: (place: ButtonPlace) => void;
}) {
  const { name = '', type, below = [] } = buttonAt(buttons, place) ?? {};
  const at = place.join('.');
  return (
    <button
      type="button"
      class="menu-key"
      data-place={at}
      data-below={below.length}
      aria-pressed={at === chosen}
      onClick={() => onChoose(place)}
    >
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
