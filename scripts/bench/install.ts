import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;

/** Installs the peers of `package-lock.json` beside this file unless they are there. */
export function installPeers(): void {
  if (isInstalled()) return;
  console.error('fuwuhao: installing the peers of the benchmarks (once, about 10 s, 50 MB) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    throw new Error('`npm ci` in scripts/bench failed; its output above says why.');
  }
}

/** npm writes what it has installed to node_modules/.package-lock.json; compare it with ours. */
function isInstalled(): boolean {
  const present = versionsIn('node_modules/.package-lock.json');
  return [...versionsIn('package-lock.json')].every(
    ([name, version]) => present.get(name) === version,
  );
}

function versionsIn(file: string): ReadonlyMap<string, string> {
  try {
    const { packages } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version: string }>>;
    };
    const all = Object.entries(packages).map(([name, { version }]) => [name, version] as const);
    return new Map(all.filter(([name]) => name !== ''));
  } catch {
    return new Map();
  }
}
