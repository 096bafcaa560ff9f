/**
 * Finds installed packages. Plain JavaScript without dependencies, because the door of the commands needs
 * it, too.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of a package as code in `from` would find it: in its own node_modules, or beside it where
 * npm has put the packages of a package. Where it is nowhere, the place in which it should be.
 */
export function packageFolder(from, name) {
  const own = path.join(from, 'node_modules', name);
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (existsSync(found)) return found;
    if (folder === path.dirname(folder)) return own;
  }
}
