import * as v from 'valibot';
import { AppError } from './errors.ts';
import { type Config, type SettingName, settings } from './settings.ts';

/**
 * Reads the named settings from the environment. It reports all mistakes at once, by the names of the
 * variables and never with their values, which may be secrets.
 *
 * @throws AppError `invalid`, with `details.problems`: one sentence for each variable.
 */
export function loadConfig<const Name extends SettingName>(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly Name[],
): Pick<Config, Name> {
  const problems: string[] = [];
  const values: Partial<Record<SettingName, unknown>> = {};
  // A function joins the lists of its parts, and several parts need the same setting.
  for (const name of new Set(names)) {
    const { env: variable, schema, about } = settings[name];
    const result = v.safeParse(schema, env[variable]?.trim() || undefined);
    if (result.success) values[name] = result.output;
    else problems.push(`${variable} ${result.issues[0].message} (${about}).`);
  }
  if (values.mode !== 'plain' && 'encodingAesKey' in values && !values.encodingAesKey) {
    problems.push(
      `${settings.encodingAesKey.env} is missing: ${settings.mode.env} is ${String(values.mode)}, and only plain mode works without a key.`,
    );
  }
  if (problems.length > 0) {
    throw new AppError('invalid', `The configuration is not usable:\n- ${problems.join('\n- ')}`, {
      details: { problems },
    });
  }
  return values as Pick<Config, Name>;
}
