import * as v from 'valibot';
import { AppError } from './errors.ts';
import { type Config, type Setting, type SettingName, settings } from './settings.ts';
import type { Values, Variables } from './variable.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the named settings from the environment. It reports all mistakes at once, by the names of the
 * variables and never with their values, which may be secrets.
 *
 * @throws AppError `invalid`, with `details.problems`: one sentence for each variable.
 */
export function loadConfig<const Name extends SettingName>(
  env: Env,
  names: readonly Name[],
): Pick<Config, Name> {
  return loadEnvironment(env, names, {}).config;
}

/**
 * One sentence for each variable that still stands under the name of an earlier version: read by
 * nobody, it would change what a function does without a word.
 */
export function renamedIn(
  env: Env,
  names = Object.keys(settings) as readonly SettingName[],
): readonly string[] {
  return [...new Set(names)].flatMap((name) => {
    const { env: variable, formerEnv }: Setting = settings[name];
    return formerEnv && env[formerEnv] ? [`${formerEnv} is now ${variable}: rename it.`] : [];
  });
}

/**
 * The same, and beside it the variables that an account declares.
 *
 * @throws AppError `invalid` with what is wrong in either.
 */
export function loadEnvironment<const Name extends SettingName, Declared extends Variables>(
  env: Env,
  names: readonly Name[],
  variables: Declared,
): { readonly config: Pick<Config, Name>; readonly values: Values<Declared> } {
  const problems = [...renamedIn(env, names)];
  // A function joins the lists of its parts, and several parts need the same setting.
  const config = readAll([...new Set(names)].map((name) => [name, settings[name]]));
  problems.push(...contradictionsIn(config));
  const values = readAll(
    Object.entries(variables).map(([name, { about, schema }]) => [
      name,
      { env: name, about, schema: () => schema },
    ]),
  );
  if (problems.length > 0) {
    throw new AppError('invalid', `The configuration is not usable:\n- ${problems.join('\n- ')}`, {
      details: { problems },
    });
  }
  return { config: config as Pick<Config, Name>, values: values as Values<Declared> };

  function readAll(wanted: readonly (readonly [string, Setting])[]): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    for (const [name, { env: variable, about, schema }] of wanted) {
      const result = v.safeParse(schema(), env[variable]?.trim() || undefined);
      if (result.success) found[name] = result.output;
      else problems.push(`${variable} ${result.issues[0].message} (${about}).`);
    }
    return found;
  }
}

/** What one setting asks of another: one sentence for each that is not as it should be. */
function contradictionsIn(config: Partial<Config>): readonly string[] {
  const { mode, encodingAesKey, appsecret, documentKey, tokenSource } = config;
  const problems: string[] = [];
  if (mode !== 'plain' && 'encodingAesKey' in config && !encodingAesKey) {
    problems.push(
      `${settings.encodingAesKey.env} is missing: ${settings.mode.env} is ${String(mode)}, and only plain mode works without a key.`,
    );
  }
  if (!('appsecret' in config) || appsecret) return problems;
  if (tokenSource === 'document' || (tokenSource === undefined && !documentKey)) {
    problems.push(`${settings.appsecret.env} is missing (${settings.appsecret.about}).`);
  } else if (!documentKey) {
    problems.push(
      `${settings.documentKey.env} is missing: ${settings.tokenSource.env} is ${String(tokenSource)}, so there need be no AppSecret, and the proofs of documents must be derived from another key. Take 32 characters or more by chance, the same in every function.`,
    );
  }
  return problems;
}
