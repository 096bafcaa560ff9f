import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildFunctions } from '../../build/build.ts';

/**
 * How long a change of the sources may take to run, in ms: a second, or where others have the
 * machine too and that is no measure, twice as long as building the functions afresh takes right now.
 */
export async function patience(checkout: {
  readonly root: string;
  readonly account: string;
}): Promise<number> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'patience-'));
  const startedAt = performance.now();
  await buildFunctions({ ...checkout, outDir, only: ['callback', 'worker'] });
  const ms = performance.now() - startedAt;
  rmSync(outDir, { recursive: true });
  return Math.max(1_000, 2 * ms);
}
