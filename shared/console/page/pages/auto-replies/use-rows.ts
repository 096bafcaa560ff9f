import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { movedTo } from './edited-rules.ts';

/** What has the focus in a row: its controls say it as `data-part`. */
export type RowPart = 'edit' | 'switch' | 'up' | 'down' | 'remove' | 'first';

interface Row {
  readonly key: string;
}

interface Seen<Some extends Row> {
  readonly shown?: readonly Some[];
  readonly left?: string | undefined;
}

/**
 * Rows that are moved, added and removed by keys as well as by pointer. A browser takes the focus from an
 * element that is moved or removed: it comes back to the same control of the row, or to where it makes sense.
 *
 * @param onChange gets the rows in their new order
 * @param shown those that are there to be seen, if not all are
 * @param left the row that somebody comes back from
 */
export function useRows<Some extends Row>(
  rows: readonly Some[],
  onChange: (rows: readonly Some[]) => void,
  { shown = rows, left }: Seen<Some> = {},
) {
  const place = useRef<HTMLElement>(null);
  const returned = shown.find(({ key }) => key === left);
  const wanted = useRef(returned && selectorOf(returned.key, 'edit'));
  const [movedRow, setMovedRow] = useState<{ readonly key: string; readonly place: number }>();
  useLayoutEffect(() => {
    const selector = wanted.current;
    if (selector === undefined) return;
    const found = place.current?.querySelector<HTMLElement>(selector);
    if (!found) return;
    wanted.current = undefined;
    found.focus();
  });
  const focusOn = (key: string, part: RowPart) => {
    wanted.current = selectorOf(key, part);
  };
  const move = (key: string, to: number) => {
    const isMoved = to >= 0 && to < rows.length && rows[to]?.key !== key;
    if (!isMoved) return;
    const part = partOf(document.activeElement);
    if (part) focusOn(key, part);
    setMovedRow({ key, place: to + 1 });
    onChange(movedTo(rows, key, to));
  };
  return {
    /** For the element around the rows. */
    place,
    /** The row that was moved last, and its place, counted from one. */
    movedRow,
    move,
    add(row: Some) {
      focusOn(row.key, 'first');
      onChange([...rows, row]);
    },
    remove(key: string) {
      const at = shown.findIndex((row) => row.key === key);
      const next = shown[at + 1] ?? shown[at - 1];
      wanted.current = next ? selectorOf(next.key, 'remove') : '[data-part="add"]';
      onChange(rows.filter((row) => row.key !== key));
    },
    /** Alt and an arrow, Home or End moves a row. */
    onKeyDown(event: KeyboardEvent, key: string) {
      const at = rows.findIndex((row) => row.key === key);
      const to = event.altKey ? targetOf(event.key, at, rows.length) : undefined;
      if (to === undefined) return;
      event.preventDefault();
      move(key, to);
    },
  };
}

function selectorOf(key: string, part: RowPart): string {
  return `[data-row="${key}"] [data-part="${part}"]`;
}

function targetOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return at - 1;
    case 'ArrowDown':
      return at + 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function partOf(element: Element | null): RowPart | undefined {
  return (element?.getAttribute('data-part') ?? undefined) as RowPart | undefined;
}
