import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One part of the state: plain JSON, changed only inside `update`. */
export interface Section<T> {
  read(): Readonly<T>;
  update<R>(change: (value: T) => R): R;
}

/** Files by id. They are there, or gone, as soon as the call returns. */
export interface Blobs {
  put(id: string, bytes: Uint8Array): void;
  get(id: string): Uint8Array | undefined;
  delete(id: string): void;
}

export interface Storage {
  /** A part that lives in `<name>.json`, or in memory only when there is no folder. */
  section<T extends object>(name: string, initial: () => T): Section<T>;
  /** Files in the folder `<name>`, or in memory only. An id may hold letters, digits, `-` and `_`. */
  blobs(name: string): Blobs;
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
    blobs(name) {
      const blobs = folder ? createFileBlobs(path.join(folder, name)) : createMemoryBlobs();
      resets.push(blobs.clear);
      return blobs;
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

function createMemoryBlobs() {
  const blobs = new Map<string, Uint8Array>();
  return {
    put: (id: string, bytes: Uint8Array) => void blobs.set(id, bytes),
    get: (id: string) => blobs.get(id),
    delete: (id: string) => void blobs.delete(id),
    clear: () => blobs.clear(),
  };
}

function createFileBlobs(folder: string) {
  mkdirSync(folder, { recursive: true });
  const fileOf = (id: string) => {
    if (!/^[\w-]+$/.test(id)) throw new RangeError('an id of a file may hold [A-Za-z0-9_-] only');
    return path.join(folder, id);
  };
  return {
    put: (id: string, bytes: Uint8Array) => write(fileOf(id), bytes),
    get(id: string): Uint8Array | undefined {
      try {
        return readFileSync(fileOf(id));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    delete: (id: string) => rmSync(fileOf(id), { force: true }),
    clear() {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
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
function write(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
