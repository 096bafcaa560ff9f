import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/**
 * Keeps the address of the page of a running `npm start`, with its key, where the other commands of
 * the same user find it by the port of the functions. Gives what forgets it.
 */
export function keepRunning(port: number, page: string): () => void {
  const file = fileOf(port);
  writeFileSync(file, page, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/**
 * The address of the page of the `npm start` whose functions listen on a port.
 *
 * @throws Error that says what to do if none was started by this user
 */
export function runningAt(port: number): string {
  try {
    return readFileSync(fileOf(port), 'utf8');
  } catch (cause) {
    throw new Error(
      `Nothing answers on port ${port}. Run \`npm start\` in another terminal, or name its --port, or the --stage of a deployed function.`,
      { cause },
    );
  }
}

/** @throws Error if somebody else has made the folder: he could read the keys. */
function fileOf(port: number): string {
  const { uid, username } = userInfo();
  const folder = path.join(tmpdir(), `fuwuhao-${uid === -1 ? username : uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = lstatSync(folder);
  if (uid !== -1 && (owner !== uid || (mode & 0o077) !== 0)) {
    throw new Error(`${folder} is open to others than you; remove it.`);
  }
  return path.join(folder, String(port));
}
