import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type ButtonPlace, beside, isSameList } from './edited-menu.ts';

/** So many pixels make a press into a drag. */
const THRESHOLD = 6;

interface Drag {
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  place: ButtonPlace;
  isMoving: boolean;
}

export interface DraggingOptions {
  readonly onStart: (place: ButtonPlace) => void;
  /** A button of the bar is under the pointer. */
  readonly onOver: (index: number) => void;
  /** Gives where the button stands then, or `undefined` if it could not be moved. */
  readonly onMove: (from: ButtonPlace, to: ButtonPlace) => ButtonPlace | undefined;
}

/**
 * Moves the buttons of a menu by pointer: mouse, finger or pen. The menu changes while the pointer goes
 * over it, so that what is seen is what would be dropped.
 */
export function useDragging(
  screen: RefObject<HTMLElement | null>,
  { onStart, onOver, onMove }: DraggingOptions,
) {
  const drag = useRef<Drag | undefined>(undefined);
  const [isDragging, setDragging] = useState(false);
  const end = () => {
    drag.current = undefined;
    setDragging(false);
  };
  const onPointerDown = (event: PointerEvent) => {
    const place = pressedPlace(event.target);
    if (!place || event.button !== 0) return;
    const { pointerId: pointer, clientX: x, clientY: y } = event;
    drag.current = { pointer, x, y, place, isMoving: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = drag;
    if (current?.pointer !== event.pointerId) return;
    if (!current.isMoving) {
      const far = Math.hypot(event.clientX - current.x, event.clientY - current.y);
      if (far < THRESHOLD) return;
      current.isMoving = true;
      // From here on no click follows, and the pointer may leave the phone.
      screen.current?.setPointerCapture(event.pointerId);
      setDragging(true);
      onStart(current.place);
    }
    const under = document
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest('[data-place], [data-free]');
    if (!under || !screen.current?.contains(under)) return;
    const over = placeOf(under);
    if (over.length === 1) onOver(over[0]);
    const to = targetOf(event, under, current.place);
    if (to) current.place = onMove(current.place, to) ?? current.place;
  };
  return {
    isDragging,
    handlers: { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end },
  };
}

/** Where the dragged button belongs by what is under the pointer. */
function targetOf({ clientX: x, clientY: y }: PointerEvent, under: Element, from: ButtonPlace) {
  const over = placeOf(under);
  // Where another could be added, at the end of the bar or of a list.
  if (under.hasAttribute('data-free')) return over;
  const { left, top, width, height } = under.getBoundingClientRect();
  const isPast = over.length === 1 ? x > left + width / 2 : y > top + height / 2;
  if (isSameList(from, over)) {
    const isForward = (over.at(-1) ?? 0) > (from.at(-1) ?? 0);
    // Only past its middle: else two buttons of unequal size would change places for ever.
    return isPast === isForward ? over : undefined;
  }
  if (under.hasAttribute('data-below') && over.length === 1) {
    // Over another button that opens a list: to the end of that.
    return over[0] === from[0] ? undefined : ([over[0], belowOf(under)] as const);
  }
  return isPast ? beside(over, 1) : over;
}

/** Of the button at which an event began. */
export function pressedPlace(target: EventTarget | null): ButtonPlace | undefined {
  const key = target instanceof Element && target.closest('[data-place]');
  return key ? placeOf(key) : undefined;
}

function belowOf(key: Element): number {
  return Number(key.getAttribute('data-below'));
}

function placeOf(key: Element): ButtonPlace {
  const text = key.getAttribute('data-place') ?? key.getAttribute('data-free') ?? '';
  const [first = 0, second] = text.split('.').map(Number);
  return second === undefined ? [first] : [first, second];
}
