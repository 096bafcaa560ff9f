import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { isAlive } from '../lock.mjs';

/** A running `npm start`, as the other commands of the same user find it. */
export interface Running {
  /** Of the functions. */
  readonly port: number;
  /** The address of the page, with its key; the control API lies below it. */
  readonly page: string;
  /** The checkout that it was started from. */
  readonly root: string;
  /** Where it keeps its data; without it, it keeps none. */
  readonly stateDir?: string;
}

interface Kept extends Running {
  readonly pid: number;
}

/** The folder for data unless `npm start` is given another, from the root of the checkout. */
export const DEFAULT_STATE_DIR = '.fuwuhao';

/** Writes down that an `npm start` runs, where the other commands look. Gives what takes it back. */
export function keepRunning(running: Running, folder = ownFolder()): () => void {
  const file = path.join(folder, `${running.port}.json`);
  const kept: Kept = { ...running, pid: process.pid };
  // Another command may read it at any moment, so it is whole from the beginning.
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/** The `npm start`s of this user that run now. One that was killed is forgotten here. */
export function allRunning(folder = ownFolder()): readonly Running[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const file = path.join(folder, name);
    const { pid, ...running } = readKept(file);
    if (pid !== undefined && isAlive(pid)) return [running as Running];
    rmSync(file, { force: true });
    return [];
  });
}

/**
 * The `npm start` that a command means: the one whose functions listen on the port, or without a port
 * the one of this checkout, and of several the one with the usual folder for data.
 *
 * @param otherwise what the caller may do instead of running one
 * @throws Error that says what to do if there is none, or more than one
 */
export function findRunning(
  root: string,
  port?: number,
  otherwise = '',
  folder = ownFolder(),
): Running {
  const all = allRunning(folder);
  const candidates = all.filter((each) =>
    port === undefined ? each.root === root : each.port === port,
  );
  const usual = candidates.filter(
    ({ stateDir }) => stateDir === path.join(root, DEFAULT_STATE_DIR),
  );
  const [found, ...more] = usual.length === 1 ? usual : candidates;
  if (found && more.length === 0) return found;
  if (found) throw new Error(`Several \`npm start\` are running. Name one:${listOf(candidates)}`);
  const what = port === undefined ? 'No `npm start` of this checkout is running' : nothingOn(port);
  throw new Error(
    `${what}. Run \`npm start\` in another terminal${otherwise}.${all.length > 0 ? ` Others are running:${listOf(all)}` : ''}`,
  );
}

/** Why a `npm start` that was found does not answer. */
export function silent({ port }: Running, cause: unknown): Error {
  return new Error(`${nothingOn(port)}. Run \`npm start\` in another terminal.`, { cause });
}

function nothingOn(port: number): string {
  return `Nothing answers on port ${port}: no \`npm start\` is running there`;
}

function listOf(running: readonly Running[]): string {
  return running
    .map(({ port, root, stateDir }) => `\n  --port ${port}   ${stateDir ?? root}`)
    .join('');
}

function readKept(file: string): Partial<Kept> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return {};
  }
}

/** @throws Error if another user has made the folder, who could read the keys */
function ownFolder(): string {
  const { uid, username } = userInfo();
  const own = path.join(tmpdir(), `fuwuhao-${uid === -1 ? username : uid}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = lstatSync(own);
  if (uid !== -1 && (owner !== uid || (mode & 0o077) !== 0)) {
    throw new Error(`${own} is open to others than you; remove it.`);
  }
  return own;
}
