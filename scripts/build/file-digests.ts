import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** File systems note times with a coarser clock. */
const CLOCK_MS = 100;

/** The digests of files, each of which is read once. */
export class FileDigests {
  readonly #known = new Map<string, string | undefined>();

  /** `undefined` if there is no such file. */
  of(file: string): string | undefined {
    if (!this.#known.has(file)) this.#known.set(file, digestOf(file));
    return this.#known.get(file);
  }

  /** Reads every file again. */
  forget(): void {
    this.#known.clear();
  }
}

/**
 * Whether a file may have changed since then, in epoch ms: it is not known then which state of it was
 * read. Goes by the time that, unlike mtime, nothing sets back.
 */
export function mayHaveChanged(file: string, since: number): boolean {
  const changedAt = statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? Infinity;
  return changedAt > since - CLOCK_MS;
}

function digestOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}
