import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ButtonPlace } from './edited-menu.ts';

/** So many pixels make a press into a drag. */
const THRESHOLD = 6;

interface Drag {
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  place: ButtonPlace;
  isMoving: boolean;
}

/**
 * Moves the buttons of a menu by pointer: mouse, finger or pen. The menu changes while the pointer goes
 * over it, so that what is seen is what would be dropped.
 *
 * @param onMove whether the button could be moved
 */
export function useDragging(
  screen: RefObject<HTMLElement | null>,
  onStart: (place: ButtonPlace) => void,
  onMove: (from: ButtonPlace, to: ButtonPlace) => boolean,
) {
  const drag = useRef<Drag | undefined>(undefined);
  const [isDragging, setDragging] = useState(false);
  const end = () => {
    drag.current = undefined;
    setDragging(false);
  };
  const onPointerDown = (event: PointerEvent) => {
    const place = placeOf(event.target);
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
    const to = targetOf(event, current.place);
    if (to && onMove(current.place, to)) current.place = to;
  };
  return {
    isDragging,
    handlers: { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end },
  };
}

/** Where the dragged button belongs by what is under the pointer. */
function targetOf({ clientX: x, clientY: y }: PointerEvent, from: ButtonPlace) {
  const element = document.elementFromPoint(x, y)?.closest('[data-place]');
  const over = element && placeOf(element);
  if (!element || !over) return undefined;
  if (over.length < from.length) {
    // Over another button of the bar: to the end of its list.
    const end = Number(element.getAttribute('data-below') ?? 0);
    return over[0] === from[0] ? undefined : ([over[0], end] as const);
  }
  if (over.length > from.length || (over.length === 2 && over[0] !== from[0])) return undefined;
  const { left, top, width, height } = element.getBoundingClientRect();
  const isPast = over.length === 1 ? x > left + width / 2 : y > top + height / 2;
  const isForward = (over.at(-1) ?? 0) > (from.at(-1) ?? 0);
  // Only past its middle: else two buttons of unequal size would change places for ever.
  return isPast === isForward ? over : undefined;
}

function placeOf(target: EventTarget | null): ButtonPlace | undefined {
  const text = target instanceof Element && target.closest('[data-place]');
  const [first, second] = text ? (text.getAttribute('data-place') ?? '').split('.') : [];
  if (first === undefined) return undefined;
  return second === undefined ? [Number(first)] : [Number(first), Number(second)];
}
