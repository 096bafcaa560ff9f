import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { windowOf } from './window.ts';

/** A list of rows of one height, of which only those in sight are drawn. */
export function VirtualList<T extends { readonly id: number }>(props: {
  readonly items: readonly T[];
  readonly rowHeight: number;
  readonly label: string;
  readonly selected: number | undefined;
  readonly onSelect: (id: number) => void;
  readonly children: (item: T) => ComponentChildren;
}) {
  const { items, rowHeight, label, selected, onSelect, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  /** Whoever looks at the end goes on looking at it. */
  const isAtEnd = useRef(true);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setView(({ top }) => ({ top, height: element.clientHeight })),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = items.length * rowHeight;
  }, [items, rowHeight]);

  const { first, last } = windowOf({ ...view, rowHeight, count: items.length });
  const at = items.findIndex(({ id }) => id === selected);

  return (
    <div
      ref={box}
      class="virtual-list"
      role="listbox"
      aria-label={label}
      aria-activedescendant={at === -1 ? undefined : `row-${selected}`}
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - rowHeight;
        setView({ top: scrollTop, height: clientHeight });
      }}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
        if (step === undefined || items.length === 0) return;
        event.preventDefault();
        const next = Math.min(
          Math.max(at === -1 ? items.length - 1 : at + step, 0),
          items.length - 1,
        );
        const item = items[next];
        if (!item) return;
        onSelect(item.id);
        const top = next * rowHeight;
        const { scrollTop, clientHeight } = event.currentTarget;
        if (top < scrollTop) event.currentTarget.scrollTop = top;
        if (top + rowHeight > scrollTop + clientHeight) {
          event.currentTarget.scrollTop = top + rowHeight - clientHeight;
        }
      }}
    >
      <div style={{ height: `${items.length * rowHeight}px` }} role="presentation">
        {items.slice(first, last).map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the keyboard
          <div
            key={item.id}
            id={`row-${item.id}`}
            class="virtual-row"
            role="option"
            tabIndex={-1}
            aria-selected={item.id === selected}
            aria-setsize={items.length}
            aria-posinset={first + index + 1}
            style={{
              transform: `translateY(${(first + index) * rowHeight}px)`,
              height: `${rowHeight}px`,
            }}
            onClick={() => onSelect(item.id)}
          >
            {children(item)}
          </div>
        ))}
      </div>
    </div>
  );
}
