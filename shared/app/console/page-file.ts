import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadPageFile } from '../../console/page-files.ts';

/** Reads the files of the page from beside the function's own, where the build has put them. */
export function pageReader(folder = import.meta.dirname): ReadPageFile {
  const files = new Map<string, Promise<Uint8Array | undefined>>();
  return (name) => {
    const found = files.get(name) ?? readFile(path.join(folder, name)).catch(absent);
    files.set(name, found);
    return found;
  };
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
