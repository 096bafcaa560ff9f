/**
 * Installs what a package-lock.json asks for, once. Plain JavaScript without dependencies, because
 * it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { waitForLock } from './lock.mjs';

/** @returns an error message if npm failed, else undefined. */
export function installOnce(folder, what) {
  if (isInstalled(folder)) return undefined;
  // Two `npm ci` in one folder would spoil each other.
  const unlock = waitForLock(path.join(folder, '.installing'));
  try {
    // Somebody else may have done it while we waited.
    if (isInstalled(folder)) return undefined;
    console.error(`fuwuhao: installing ${what} …`);
    // npm's own report goes to stderr: stdout belongs to the command (`npm start -- --json`).
    // As .npmrc has it, which npm leaves out of the package that a bot gets.
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 2, 2] });
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
