import type { ComponentChildren } from 'preact';
import { t } from './words.ts';

/** The name of the place, and what the page puts beside it. */
export function TopBar({ children }: { readonly children: ComponentChildren }) {
  return (
    <header class="top">
      <span class="logo" aria-hidden="true">
        服
      </span>
      <h1>{t('console')}</h1>
      <span class="grow" />
      {children}
    </header>
  );
}
