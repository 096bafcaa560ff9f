import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The files of one environment by their path in the cloud. */
export interface Files {
  put(cloudPath: string, bytes: Buffer): void;
  get(cloudPath: string): Buffer | undefined;
  /** `false` if it was not there. */
  remove(cloudPath: string): boolean;
  clear(): void;
}

export function createMemoryFiles(): Files {
  const files = new Map<string, Buffer>();
  return {
    put: (cloudPath, bytes) => void files.set(cloudPath, bytes),
    get: (cloudPath) => files.get(cloudPath),
    remove: (cloudPath) => files.delete(cloudPath),
    clear: () => files.clear(),
  };
}

/** Each file is named by the digest of its path, so that no path can lead out of the directory. */
export function createDiskFiles(directory: string): Files {
  const place = (cloudPath: string) =>
    path.join(directory, createHash('sha256').update(cloudPath).digest('hex'));

  const get = (cloudPath: string) => {
    try {
      return readFileSync(place(cloudPath));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };

  return {
    put(cloudPath, bytes) {
      mkdirSync(directory, { recursive: true });
      const aside = `${place(cloudPath)}.new`;
      writeFileSync(aside, bytes);
      renameSync(aside, place(cloudPath));
    },
    get,
    remove(cloudPath) {
      if (get(cloudPath) === undefined) return false;
      rmSync(place(cloudPath));
      return true;
    },
    clear: () => rmSync(directory, { recursive: true, force: true }),
  };
}
