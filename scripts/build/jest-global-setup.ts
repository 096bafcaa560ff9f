import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownTestServer } from '../testing/store/postgres-server.ts';
import { fixtureAccount, fixtureBuild } from '../testing/tools/fixture-build.ts';
import { buildFunctions } from './build.ts';

/** Tests run bundles as they are deployed, so every run of the tests starts by making them. */
export default async function setup({ rootDir }: { rootDir: string }): Promise<void> {
  process.env.LEAKS_DIR = mkdtempSync(path.join(tmpdir(), 'leaks-'));
  await ownTestServer();
  await buildFunctions({
    root: rootDir,
    account: fixtureAccount,
    outDir: fixtureBuild,
    mayReuse: true,
  });
}
