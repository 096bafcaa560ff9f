/**
 * Installs what a package-lock.json asks for, once. Plain JavaScript without dependencies, because
 * it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** @returns an error message if npm failed, else undefined. */
export function installOnce(folder, what) {
  if (isInstalled(folder)) return undefined;
  const unlock = lock(path.join(folder, '.installing'));
  try {
    // Somebody else may have done it while we waited.
    if (isInstalled(folder)) return undefined;
    console.error(`fuwuhao: installing ${what} …`);
    // npm's own report goes to stderr: stdout belongs to the command (`npm start -- --json`).
    const { status } = spawnSync('npm', ['ci'], { cwd: folder, stdio: ['ignore', 2, 2] });
    return status === 0 ? undefined : `fuwuhao: \`npm ci\` in ${folder} failed; see above.`;
  } finally {
    unlock();
  }
}

/** npm writes what it has installed to node_modules/.package-lock.json; compare it with ours. */
function isInstalled(folder) {
  // Where every package is optional, nothing would be missing from a folder with none.
  if (!existsSync(path.join(folder, 'node_modules/.package-lock.json'))) return false;
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  const present = readPackages(path.join(folder, 'node_modules/.package-lock.json'));
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' || present[name]?.version === version || (optional && !(name in present)),
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Waits while another live process holds it; two `npm ci` in one folder would spoil each other. */
function lock(file) {
  for (;;) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isHeld(file)) rmSync(file, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function isHeld(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    // Just made, and not yet written.
    if (!holder) return true;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
