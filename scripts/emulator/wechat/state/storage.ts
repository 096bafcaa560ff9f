import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One part of the state: plain JSON, changed only inside `update`. */
export interface Section<T> {
  read(): Readonly<T>;
  update<R>(change: (value: T) => R): R;
}

export interface Storage {
  /** A part that lives in `<name>.json`, or in memory only when there is no folder. */
  section<T extends object>(name: string, initial: () => T): Section<T>;
  /** Writes what has changed; afterwards it survives the end of the process, however sudden. */
  save(): void;
  /** Everything as on the first day. */
  reset(): void;
}

export function createStorage(folder: string | undefined): Storage {
  const dirty = new Map<string, () => object>();
  const resets: (() => void)[] = [];
  if (folder) mkdirSync(folder, { recursive: true });
  const fileOf = (name: string) => path.join(folder ?? '', `${name}.json`);

  return {
    section<T extends object>(name: string, initial: () => T): Section<T> {
      let value = (folder ? load<T>(fileOf(name)) : undefined) ?? initial();
      const touch = () => dirty.set(name, () => value);
      // What the first day drew by lot must be the same on the second.
      touch();
      resets.push(() => {
        value = initial();
        touch();
      });
      return {
        read: () => value,
        update(change) {
          touch();
          return change(value);
        },
      };
    },
    save() {
      if (folder) for (const [name, read] of dirty) write(fileOf(name), JSON.stringify(read()));
      dirty.clear();
    },
    reset() {
      for (const reset of resets) reset();
    },
  };
}

function load<T>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`${file} is not readable as state. Delete it to start afresh.`, { cause });
  }
}

/** A reader sees the old file or the new one, never half of it. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
