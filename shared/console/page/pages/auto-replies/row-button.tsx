import type { ComponentChildren } from 'preact';
import type { RowPart } from './use-rows.ts';

/**
 * A control of a row. One that does nothing for now stays where the focus can be: a button that goes off
 * under a finger on the keys would lose it.
 */
export function RowButton({
  part,
  label,
  isIdle = false,
  onClick,
  children,
}: {
  readonly part: RowPart;
  readonly label: string;
  readonly isIdle?: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class="tool"
      data-part={part}
      aria-label={label}
      title={label}
      aria-disabled={isIdle}
      onClick={() => {
        if (!isIdle) onClick();
      }}
    >
      {children}
    </button>
  );
}
