import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { tryLock } from '../lock.mjs';
import { allRunning } from '../project/running.ts';

/**
 * Keeps a folder for data to this process: two that write the same documents would spoil them. Gives what
 * sets it free.
 *
 * @throws Error that names the `npm start` that has the folder, and the way out
 */
export function holdState(stateDir: string): () => void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const file = path.join(stateDir, 'lock');
  const { unlock, holder } = tryLock(file);
  if (unlock) return unlock;
  const other = allRunning().find((each) => each.stateDir === stateDir);
  const page = other ? `; its page is ${other.page}` : '';
  throw new Error(
    `another \`npm start\` (process ${holder}) keeps its data in ${stateDir}${page}. Use that one, or stop it, or give this one a folder of its own: npm start -- --state ${path.basename(stateDir)}-2`,
  );
}
