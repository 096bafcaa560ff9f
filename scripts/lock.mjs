/**
 * A lock file that names the process which holds it. Plain JavaScript without dependencies, because the
 * installation needs it, too.
 */
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/** So long the file may be without its content: its maker writes it at once, unless it has died. */
const BLANK_TRIES = 20;
const PAUSE_MS = 50;

/**
 * Takes the lock, also from a process that has died with it.
 *
 * @returns what gives it back, or the id of the process that holds it
 */
export function tryLock(file) {
  for (let blanks = 0; ; ) {
    if (make(file)) return { unlock: () => rmSync(file, { force: true }) };
    const holder = holderOf(file);
    const isOther = Boolean(holder) && holder !== process.pid;
    if (isOther && isAlive(holder)) return { holder };
    if (holder === 0 && blanks < BLANK_TRIES) {
      blanks += 1;
      pause();
    } else if (holder !== undefined) removeStale(file, holder);
  }
}

/** The same, and waits as long as another process holds it. */
export function waitForLock(file) {
  for (;;) {
    const { unlock } = tryLock(file);
    if (unlock) return unlock;
    pause();
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function make(file) {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** 0 if the file names none yet, undefined if it is gone. */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Another process may have taken the lock since we looked: then it gets it back. */
function removeStale(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside) !== holder) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
