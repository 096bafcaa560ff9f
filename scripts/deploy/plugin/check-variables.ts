import { loadConfig } from '../../../shared/kernel/config.ts';
import type { AppError } from '../../../shared/kernel/errors.ts';
import { type SettingName, settings } from '../../../shared/kernel/settings.ts';
import type { Common } from './plan.ts';

/**
 * Reads the variables as the functions will, before anything is sent: a deployed function with a
 * wrong one would only stop when WeChat calls it.
 *
 * @throws Error with everything that is wrong, each once; never with a value.
 */
export function checkVariables(functions: readonly Common[]): void {
  const problems = new Set(functions.flatMap(problemsOf));
  if (problems.size === 0) return;
  throw new Error(
    `The variables are not usable:\n- ${[...problems].join('\n- ')}\nSet them in the environment or in .env; nothing was deployed.`,
  );
}

function problemsOf({ environment }: Common): readonly string[] {
  const variables = Object.fromEntries(
    Object.entries(environment?.variables ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const names = (Object.keys(settings) as SettingName[]).filter((name) =>
    Object.hasOwn(variables, settings[name].env),
  );
  try {
    loadConfig(variables, names);
    return [];
  } catch (error) {
    return (error as AppError).details.problems as readonly string[];
  }
}
