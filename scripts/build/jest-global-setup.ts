import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SERVER_DIR } from '../testing/store/postgres-server.ts';
import { fixtureAccount, fixtureBuild } from '../testing/tools/fixture-build.ts';
import { buildFunctions } from './build.ts';

/** Tests run bundles as they are deployed, so every run of the tests starts by making them. */
export default async function setup({ rootDir }: { rootDir: string }): Promise<void> {
  process.env.LEAKS_DIR = mkdtempSync(path.join(tmpdir(), 'leaks-'));
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  // The server runs as another user where the tests run as root.
  chmodSync(folder, 0o755);
  process.env[SERVER_DIR] = folder;
  await buildFunctions({ root: rootDir, account: fixtureAccount, outDir: fixtureBuild });
}
