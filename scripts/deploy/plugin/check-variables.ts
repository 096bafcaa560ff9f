import { loadConfig } from '../../../shared/kernel/config.ts';
import type { AppError } from '../../../shared/kernel/errors.ts';
import { type SettingName, settings } from '../../../shared/kernel/settings.ts';
import { serverFrom, serverSettings } from '../../../shared/store/postgres/server.ts';
import { driverFrom, type StoreDriver } from '../../build/sdk-bundle.ts';
import type { Common } from './plan.ts';

/**
 * Reads the variables as the functions will, before anything is sent: a deployed function with a
 * wrong one would only stop when WeChat calls it.
 *
 * @throws Error with everything that is wrong, each once; never with a value.
 */
export function checkVariables(
  functions: readonly Common[],
  driver: StoreDriver = driverFrom(process.env),
): void {
  const problems = new Set(functions.flatMap((each) => problemsOf(each, driver)));
  if (problems.size === 0) return;
  throw new Error(
    `The variables are not usable:\n- ${[...problems].join('\n- ')}\nSet them in the environment or in .env; nothing was deployed.`,
  );
}

function problemsOf({ environment }: Common, driver: StoreDriver): readonly string[] {
  const variables = Object.fromEntries(
    Object.entries(environment?.variables ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const unread: readonly string[] = driver === 'postgres' ? ['cloudbaseEnvId'] : serverSettings;
  const names = (Object.keys(settings) as SettingName[]).filter(
    (name) => Object.hasOwn(variables, settings[name].env) && !unread.includes(name),
  );
  try {
    const config = loadConfig(variables, names);
    if (driver !== 'postgres' || !names.includes('databaseUrl') || serverFrom(config)) return [];
    return ['DATABASE_URL is missing, or PGHOST, PGDATABASE and PGUSER: STORE_DRIVER is postgres.'];
  } catch (error) {
    const { message, details } = error as AppError;
    return (details.problems as readonly string[] | undefined) ?? [message];
  }
}
