export type Lock =
  | { readonly unlock: () => void; readonly holder?: undefined }
  | { readonly holder: number; readonly unlock?: undefined };

/**
 * Takes a lock file, also from a process that has died with it.
 *
 * @returns what gives it back, or the id of the process that holds it
 */
export function tryLock(file: string): Lock;

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean;
