import path from 'node:path';
import { toolsRoot } from '../project/root.ts';

/** A package inside another one's node_modules is itself, not its host. */
const IN_PACKAGE = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/;

/**
 * The package that a file, absolute, belongs to. Undefined for our own code, which may itself stand in the
 * node_modules of a bot, and for that of an account.
 */
export function packageOf(file: string): string | undefined {
  const isOurs = file.startsWith(toolsRoot + path.sep);
  return IN_PACKAGE.exec(isOurs ? file.slice(toolsRoot.length) : file)?.[1];
}
