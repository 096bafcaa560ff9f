import { chmodSync } from 'node:fs';
import path from 'node:path';
import type { CloudbaseEmulator } from '../../emulator/cloudbase/index.ts';
import { cloudbaseDatabase } from '../database/cloudbase-database.ts';
import type { LocalDatabase } from '../database/local-database.ts';
import { startPostgresDatabase } from '../database/postgres-database.ts';
import type { LocalEnvironment } from '../local-account.ts';
import type { EmulationOptions } from './options.ts';

/** What docs/postgresql.md advises for processes that serve many requests at a time. */
const ofServers = { poolSize: 10, maxConnections: 600 } as const;

/** Opens the database of the functions: the documents of CloudBase, or a PostgreSQL that it starts. */
export async function openDatabase(
  {
    store,
    stateDir,
    postgres,
    concurrency = 1,
  }: Pick<EmulationOptions, 'store' | 'stateDir' | 'postgres' | 'concurrency'>,
  cloudbase: CloudbaseEmulator,
  environment: LocalEnvironment,
): Promise<LocalDatabase> {
  if (store !== 'postgres') return cloudbaseDatabase(cloudbase, environment);
  // PostgreSQL refuses to run as root, so its own user must get through to its folder.
  if (stateDir && process.getuid?.() === 0) chmodSync(stateDir, 0o711);
  return startPostgresDatabase({
    folder: stateDir && path.resolve(stateDir, 'postgres'),
    ...(concurrency > 1 ? ofServers : {}),
    ...postgres,
  });
}
