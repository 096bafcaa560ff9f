import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { isSafe } from '../rich-text.ts';
import { t } from '../words.ts';

/** What lies over the chat: a sheet from below, or a web page. */
export const sheet = signal<JSX.Element | undefined>(undefined);
export const webPage = signal<string | undefined>(undefined);

/** Whatever the account sends, nothing but a web page is opened. */
export function openPage(url: string): void {
  if (isSafe(url)) webPage.value = url;
}

export function closeSheet(): void {
  sheet.value = undefined;
}

/** A panel that comes up from the bottom of the phone and has the keyboard until it is closed. */
export function Sheet(props: {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onSubmit?: () => void;
  readonly isReady?: boolean;
}) {
  const { title, children, onSubmit, isReady = true } = props;
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>('input, textarea, select, .sheet-body button')?.focus();
    return () => before instanceof HTMLElement && before.focus();
  }, []);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a tap beside the sheet and Escape close it
    <div
      class="sheet-shade"
      role="presentation"
      onClick={(event) => event.target === event.currentTarget && closeSheet()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') closeSheet();
        if (event.key === 'Tab' && box.current) keepInside(event, box.current);
      }}
    >
      <div ref={box} class="sheet" role="dialog" aria-modal="true" aria-label={title}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit?.();
          }}
        >
          <header class="sheet-head">
            <button type="button" class="plain" aria-label={t('close')} onClick={closeSheet}>
              <Icon name="close" size={20} />
            </button>
            <h2>{title}</h2>
          </header>
          <div class="sheet-body">{children}</div>
          {onSubmit && (
            <button type="submit" class="wide-button" disabled={!isReady}>
              {t('ok')}
            </button>
          )}
        </form>
      </div>
    </div>
  );
}

function keepInside(event: KeyboardEvent, inside: HTMLElement): void {
  const stops = [
    ...inside.querySelectorAll<HTMLElement>('button, input, textarea, select, a'),
  ].filter((element) => !element.hasAttribute('disabled'));
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** Choices one below the other, as WeChat asks at the bottom of the screen. */
export function ActionSheet(props: {
  readonly title: string;
  readonly actions: readonly {
    readonly label: string;
    readonly isGrave?: boolean;
    readonly run: () => void;
  }[];
}) {
  return (
    <Sheet title={props.title}>
      <ul class="actions">
        {props.actions.map(({ label, isGrave, run }) => (
          <li key={label}>
            <button
              type="button"
              class={isGrave ? 'action grave' : 'action'}
              onClick={() => {
                closeSheet();
                run();
              }}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

export function Field(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // The control is what the caller puts inside.
    // biome-ignore lint/a11y/noLabelWithoutControl: it is among the children
    <label class="field">
      <span>{props.label}</span>
      {props.children}
    </label>
  );
}
