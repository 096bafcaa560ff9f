/**
 * Knows the folder of a bot alone. Plain JavaScript without dependencies, because the door of the commands
 * needs it, too.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Whether the folder holds a bot that takes fuwuhao as a package, and not a checkout of fuwuhao. */
export function isBotFolder(folder) {
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object.hasOwn(dependencies, 'fuwuhao');
}
