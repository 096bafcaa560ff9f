/**
 * Under `faketime` a preloaded library moves the clock of every process that has these variables. An
 * instance without them would live at another time than those that call it.
 */
export function fakedTime(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (environment.FAKETIME === undefined) return {};
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => /^(LD_PRELOAD$|FAKETIME)/.test(name)),
  );
}
