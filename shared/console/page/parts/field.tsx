import type { ComponentChildren } from 'preact';

/** A labelled field; what is wrong with it, or a hint, stands below. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label class={`field ${error ? 'wrong' : ''}`}>
      <span>{label}</span>
      {children}
      {(error ?? hint) && <small class={error ? 'reason' : 'muted'}>{error ?? hint}</small>}
    </label>
  );
}
