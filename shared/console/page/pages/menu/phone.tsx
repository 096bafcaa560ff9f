import { useEffect, useRef, useState } from 'preact/hooks';
import { menuLimits } from '../../../../menu/limits.ts';
import { pressedPlace, useDragging } from './dragging.ts';
import {
  acrossFrom,
  type ButtonPlace,
  barIndexAfter,
  beside,
  buttonAt,
  nextList,
} from './edited-menu.ts';
import type { Buttons } from './live.ts';
import { w } from './words.ts';

interface PhoneProps {
  readonly buttons: Buttons;
  readonly place: ButtonPlace | undefined;
  readonly onChoose: (place: ButtonPlace) => void;
  /** Gives where the button stands then, if it could be moved. Without it the menu is only looked at. */
  readonly onMove?: (from: ButtonPlace, to: ButtonPlace) => ButtonPlace | undefined;
  readonly onAdd?: (place: ButtonPlace) => void;
}

const nothingMoves = () => undefined;

/** The menu as WeChat shows it below a chat; a tap chooses a button, and a drag moves it. */
export function Phone({ buttons, place, onChoose, onMove = nothingMoves, onAdd }: PhoneProps) {
  const screen = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  /** The button of the bar whose list stays open while another is dragged. */
  const [openAt, setOpenAt] = useState<number>();
  const isMovedByKey = useRef(false);
  const at = place?.join('.');
  const move = (from: ButtonPlace, to: ButtonPlace) => {
    const { name = '' } = buttonAt(buttons, from) ?? {};
    const now = onMove(from, to);
    if (!now) return undefined;
    setSaid(w('movedTo', { name, place: placeWords(now) }));
    setOpenAt((index) => {
      const open = from.length === 2 ? from[0] : index;
      return open === undefined ? undefined : barIndexAfter(open, from, to);
    });
    return now;
  };
  const { isDragging, handlers } = useDragging(screen, {
    onStart: (from) => {
      setOpenAt(place?.[0]);
      onChoose(from);
    },
    onOver: (index) => {
      if (buttons[index]?.type === 'list') setOpenAt(index);
    },
    onMove: move,
  });
  const isAbove = isDragging && place?.length === 1 && buttonAt(buttons, place)?.type !== 'list';
  const shownAt = isAbove ? openAt : place?.[0];
  const open = shownAt === undefined ? undefined : buttons[shownAt];
  // A button that was moved by the keyboard keeps the focus at its new place.
  useEffect(() => {
    const hasFocus = screen.current?.contains(document.activeElement);
    if (!hasFocus && !isMovedByKey.current) return;
    isMovedByKey.current = false;
    screen.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const from = event.altKey ? pressedPlace(event.target) : undefined;
    const to = from && targetOf(event.key, buttons, from);
    if (!to) return;
    event.preventDefault();
    isMovedByKey.current = move(from, to) !== undefined;
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
        {shownAt !== undefined && open?.type === 'list' && (
          <ul
            class={`menu-below at-${shownAt} of-${Math.min(buttons.length + (onAdd ? 1 : 0), menuLimits.buttons)}`}
          >
            {open.below.map((_, index) => (
              <li key={index}>
                <Key buttons={buttons} place={[shownAt, index]} chosen={at} onChoose={onChoose} />
              </li>
            ))}
            {onAdd && open.below.length < menuLimits.subButtons && (
              <li>
                <Plus label={w('addBelow')} place={[shownAt, open.below.length]} onAdd={onAdd} />
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
              <Plus label={w('add')} place={[buttons.length]} onAdd={onAdd} />
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

/**
 * Left and right lead along the bar, and from a list into the next one; up and down along a list, and
 * between it and the bar, which stands below it.
 */
function targetOf(key: string, buttons: Buttons, place: ButtonPlace): ButtonPlace | undefined {
  const by = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
  const isOnBar = place.length === 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      return isOnBar ? beside(place, by) : nextList(buttons, place, by);
    case 'ArrowUp':
      return isOnBar ? acrossFrom(buttons, place) : beside(place, by);
    case 'ArrowDown': {
      const isLast = buttonAt(buttons, beside(place, by)) === undefined;
      if (isOnBar) return undefined;
      return isLast ? acrossFrom(buttons, place) : beside(place, by);
    }
    default:
      return undefined;
  }
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
      data-below={type === 'list' ? below.length : undefined}
      aria-pressed={at === chosen}
      onClick={() => onChoose(place)}
    >
      {type === 'list' && <span aria-hidden="true">≡ </span>}
      {name === '' ? <span class="muted">{w('unnamed')}</span> : name}
    </button>
  );
}

function Plus({
  label,
  place,
  onAdd,
}: {
  readonly label: string;
  readonly place: ButtonPlace;
  readonly onAdd: (place: ButtonPlace) => void;
}) {
  return (
    <button
      type="button"
      class="menu-key"
      data-free={place.join('.')}
      aria-label={label}
      title={label}
      onClick={() => onAdd(place)}
    >
      +
    </button>
  );
}
