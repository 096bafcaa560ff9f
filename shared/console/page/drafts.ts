import { effect, type Signal, signal } from '@preact/signals';

const open = new Map<string, Signal<unknown>>();

/**
 * What somebody is typing, kept in this browser until it is sent or thrown away: neither a session that
 * ends nor a page that is closed loses it. The name is the page's, such as `menu`.
 */
export function draftOf<Value>(name: string, initial: Value): Signal<Value> {
  const found = open.get(name);
  if (found) return found as Signal<Value>;
  const place = `fuwuhao.console.draft.${name}`;
  const kept = signal<Value>(read(place, initial));
  let isFirst = true;
  effect(() => {
    const value = kept.value;
    if (!isFirst) localStorage.setItem(place, JSON.stringify(value));
    isFirst = false;
  });
  open.set(name, kept as Signal<unknown>);
  return kept;
}

/** The draft has been sent, or is not wanted. */
export function dropDraft<Value>(name: string, initial: Value): void {
  const found = open.get(name);
  if (found) found.value = initial;
  localStorage.removeItem(`fuwuhao.console.draft.${name}`);
}

/** Whoever signs in next at this browser finds nothing of the last one. */
export function dropAllDrafts(): void {
  open.clear();
  for (const place of Object.keys(localStorage)) {
    if (place.startsWith('fuwuhao.console.draft.')) localStorage.removeItem(place);
  }
}

function read<Value>(place: string, initial: Value): Value {
  try {
    const text = localStorage.getItem(place);
    return text === null ? initial : (JSON.parse(text) as Value);
  } catch {
    // Another version of the page has written it.
    return initial;
  }
}
