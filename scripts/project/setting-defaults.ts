import { type Setting, settings } from '../../shared/kernel/settings.ts';

/** The text that a function takes for a variable which is not set, by the name of the variable. */
export function settingDefaults(): ReadonlyMap<string, string> {
  return new Map(
    Object.values<Setting>(settings).flatMap(({ env, schema }) => {
      const made = schema();
      return 'default' in made && typeof made.default === 'string' ? [[env, made.default]] : [];
    }),
  );
}
