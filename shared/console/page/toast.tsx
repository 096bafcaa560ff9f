import { signal } from '@preact/signals';
import { roles } from '../role.ts';
import { CallError } from './api.ts';
import { t } from './words.ts';

interface Toast {
  readonly text: string;
  readonly isError: boolean;
}

const toast = signal<Toast | undefined>(undefined);
const SHOWN_MS = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says in a line at the bottom what was done. It goes by itself. */
export function tell(text: string): void {
  show({ text, isError: false });
  timer = setTimeout(() => {
    toast.value = undefined;
  }, SHOWN_MS);
}

/** Says what went wrong. It stays until it is closed or something else is said. */
export function complain(error: unknown): void {
  show({ text: messageOf(error), isError: true });
}

function show(next: Toast): void {
  clearTimeout(timer);
  toast.value = next;
}

/**
 * What went wrong, in the language of the page. What only the function knows, such as the fields that are
 * wrong, comes in its own words, which are English.
 */
export function messageOf(error: unknown): string {
  if (!(error instanceof CallError)) return error instanceof Error ? error.message : String(error);
  const { code, message, details } = error;
  const needed = roles.find((role) => role === details.needed);
  switch (code) {
    case 'network':
    case 'unauthorized':
    case 'timeout':
    case 'internal':
      return t(code);
    case 'rate_limited':
      // Only the console says how long; the limits of WeChat say themselves what to do.
      return typeof details.seconds === 'number'
        ? t(code, { seconds: details.seconds })
        : t('upstream', { message });
    case 'forbidden':
      return needed ? t('needsRole', { role: t(needed) }) : message;
    default:
      return t(code, { message });
  }
}

/** Does something and complains if it fails; whether it was done. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    // Signing in again goes on where this stopped.
    if (!(error instanceof CallError && error.code === 'unauthorized')) complain(error);
    return false;
  }
}

export function Toasts() {
  const shown = toast.value;
  return (
    <div class="toasts" role={shown?.isError ? 'alert' : 'status'} aria-live="polite">
      {shown && (
        <div class={`toast ${shown.isError ? 'bad' : ''}`}>
          <span>{shown.text}</span>
          <button
            type="button"
            class="plain"
            aria-label={t('close')}
            onClick={() => {
              toast.value = undefined;
            }}
          >
            ×
          </button>
        </div>
      )}
    </div>
  );
}
