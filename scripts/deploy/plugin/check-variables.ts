import { loadEnvironment, renamedIn } from '../../../shared/kernel/config.ts';
import type { AppError } from '../../../shared/kernel/errors.ts';
import { type SettingName, settings } from '../../../shared/kernel/settings.ts';
import type { Variables } from '../../../shared/kernel/variable.ts';
import { serverFrom, serverSettings } from '../../../shared/store/postgres/server.ts';
import { driverFrom, type StoreDriver } from '../../build/sdk-bundle.ts';
import { accountFunctions, readVariables } from '../../project/account.ts';
import { ownAccount } from '../../project/root.ts';

/** A function with the variables that it is to get. */
export interface Checked {
  readonly name: string;
  readonly variables: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Reads the variables as the functions will, before anything is sent: a deployed function with a
 * wrong one would only stop when WeChat calls it.
 *
 * @throws Error with everything that is wrong, each once; never with a value.
 */
export async function checkVariables(
  root: string,
  functions: readonly Checked[],
  driver: StoreDriver = driverFrom(process.env),
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const own = await readVariables(root, ownAccount(root));
  const runAccount = accountFunctions(root);
  const problems = new Set([
    ...renamedIn(env),
    ...functions.flatMap((fn) => problemsOf(fn, runAccount.includes(fn.name) ? own : {}, driver)),
  ]);
  if (problems.size === 0) return;
  throw new Error(
    `The variables are not usable:\n- ${[...problems].join('\n- ')}\nSet them in the environment or in .env; nothing was deployed.`,
  );
}

function problemsOf(
  { name: fn, variables }: Checked,
  own: Variables,
  driver: StoreDriver,
): readonly string[] {
  const texts = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, String(value)]),
  );
  const unnamed = Object.keys(own).filter((name) => !Object.hasOwn(texts, name));
  if (unnamed.length > 0) {
    return unnamed.map((name) => `${name} is not handed to ${fn}: \`npm run variables\`.`);
  }
  const unread: readonly string[] = driver === 'postgres' ? ['cloudbaseEnvId'] : serverSettings;
  const names = (Object.keys(settings) as SettingName[]).filter(
    (name) => Object.hasOwn(texts, settings[name].env) && !unread.includes(name),
  );
  try {
    const { config } = loadEnvironment(texts, names, own);
    if (driver !== 'postgres' || !names.includes('databaseUrl') || serverFrom(config)) return [];
    return ['DATABASE_URL is missing, or PGHOST, PGDATABASE and PGUSER: STORE_DRIVER is postgres.'];
  } catch (error) {
    const { message, details } = error as AppError;
    return (details.problems as readonly string[] | undefined) ?? [message];
  }
}
