import type { ComponentChildren } from 'preact';

/** A list with nothing in it: what would stand here, and how it comes to be. */
export function Empty({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty teaching">
      <strong>{title}</strong>
      {children}
    </div>
  );
}
