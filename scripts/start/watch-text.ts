import { existsSync, readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/** The text of a file, or `undefined` while it is not there. */
export function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/**
 * Calls `onChange` whenever a small file has another text than before, also when it appears or goes,
 * until the returned function is called. It looks at the file itself, since the watchers of the system
 * tell nothing of a file that is not there yet.
 */
export function watchText(
  file: string,
  known: string | undefined,
  onChange: () => Promise<void>,
): () => void {
  let seen = known;
  const timer = setInterval(() => {
    const text = textOf(file);
    if (text === seen) return;
    seen = text;
    void onChange();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
