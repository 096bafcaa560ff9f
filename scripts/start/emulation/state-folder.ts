import path from 'node:path';
import { privateFolder } from '../local-keys.ts';

/** The folder in which one part keeps its state between runs; none if nothing is kept. */
export function stateFolder(
  stateDir: string | undefined,
  name: string,
): { readonly stateDir?: string } {
  if (stateDir === undefined) return {};
  const own = path.join(stateDir, name);
  privateFolder(own);
  return { stateDir: own };
}
