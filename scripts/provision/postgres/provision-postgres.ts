import { appCollections } from '../../../shared/app/collections.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import {
  type PostgresServer,
  serverFrom,
  serverSettings,
} from '../../../shared/store/postgres/server.ts';
import { cloudApiFrom } from '../../cloud/api.ts';
import type { Step } from '../provision.ts';
import { openInCloud } from './cloud.ts';
import { openDirectly } from './direct.ts';
import { readMigrations } from './migration-files.ts';
import { migrate } from './migrations.ts';

export interface ProvisionPostgres {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Compare, change nothing. */
  readonly check: boolean;
  readonly onStep?: (step: Step) => void;
}

/**
 * Applies the migrations: by a connection of our own where the settings name a server that can be
 * reached from here, else by CloudBase for the PostgreSQL of the environment.
 *
 * @throws Error that says which settings are missing, or what the database has refused.
 */
export async function provisionPostgres({
  env,
  check,
  onStep,
}: ProvisionPostgres): Promise<readonly Step[]> {
  const config = loadConfig(env, serverSettings);
  const migrations = readMigrations(config.databaseSchema);
  const server = serverFrom(config);
  const options = { migrations, check, ...(onStep ? { onStep } : {}) };
  if (server) return migrateDirectly(server, options);
  if (!env.CLOUDBASE_ENV_ID) {
    throw new Error(
      'No database is named: set DATABASE_URL, or CLOUDBASE_ENV_ID for the PostgreSQL of a CloudBase environment.',
    );
  }
  const { cloudbaseEnvId: envId } = loadConfig(env, ['cloudbaseEnvId']);
  const api = cloudApiFrom(env);
  return migrate({ database: openInCloud({ api, envId }), ...options });
}

/** The same for a server that is known already. */
export async function migrateDirectly(
  server: PostgresServer,
  options: Omit<Parameters<typeof migrate>[0], 'database'>,
): Promise<readonly Step[]> {
  const database = openDirectly(server, appCollections);
  try {
    return await migrate({ database, ...options });
  } finally {
    await database.close();
  }
}
