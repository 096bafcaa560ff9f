import type { ComponentChildren } from 'preact';

/** A link to what WeChat keeps, in a window of its own; nothing but a web address leads anywhere. */
export function OutsideLink({
  href,
  label,
  children,
  ...rest
}: {
  readonly href: string;
  readonly label?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  if (!/^https?:\/\//i.test(href)) return <span class="muted">{children}</span>;
  return (
    <a href={href} target="_blank" rel="noreferrer" aria-label={label} {...rest}>
      {children}
    </a>
  );
}
