import { styleText } from 'node:util';
import { callOf } from './call.ts';
import { format } from './format.ts';
import { withSecret } from './new-secret.ts';
import {
  HELP,
  type HelpWanted,
  type InvokeOptions,
  PayloadError,
  readOptions,
  UsageError,
} from './options.ts';
import type { Terminal } from './terminal.ts';
import { endedWell, watch } from './watch.ts';

/** Runs the command and gives its exit code. */
export async function invoke(
  args: readonly string[],
  functions: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const { print, complain } = terminal;
  let options: InvokeOptions | HelpWanted;
  try {
    options = readOptions(args, functions);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error instanceof PayloadError ? error.message : `${error.message}\n\n${HELP}`);
    return 2;
  }
  if ('help' in options) return help(options.help, functions, terminal);
  try {
    const { options: complete, show } = withSecret(options);
    const call = callOf(complete);
    const outcome = complete.watch
      ? await watch(call, complete, terminal)
      : await call(complete.function, complete.event);
    const { ok, data, error } = Object(outcome) as {
      ok?: unknown;
      data?: unknown;
      error?: unknown;
    };
    if (options.json)
      print(JSON.stringify(ok === true ? { ...Object(outcome), data: show(data) } : outcome));
    else if (ok === false) complain(describe(error, complete));
    else print(format(ok === true ? show(data) : outcome));
    return ok === false || (options.watch && !endedWell(data)) ? 1 : 0;
  } catch (error) {
    complain((error as Error).message);
    return 1;
  }
}

async function help(
  [name, action]: readonly string[],
  functions: readonly string[],
  { print, complain, language }: Terminal,
): Promise<number> {
  if (name === undefined) {
    print(`${HELP}\n\nFunctions: ${functions.join(', ')}.`);
    return 0;
  }
  // The schemas of all functions are loaded for this alone.
  const { actionHelp, notInvokable } = await import('./action-help.ts');
  const text =
    actionHelp(language, name, action) ??
    // An action that is not there: the function says which are.
    actionHelp(language, name, undefined) ??
    (functions.includes(name) ? notInvokable(language, name) : undefined);
  if (text !== undefined) {
    print(text);
    return 0;
  }
  complain(`There is no function "${name}". Functions: ${functions.join(', ')}.`);
  return 2;
}

function describe(error: unknown, { function: name, event }: InvokeOptions): string {
  const { code, message, details } = Object(error) as Record<string, unknown>;
  const said = `${styleText('red', String(code))}: ${String(message)}`;
  const { action } = Object(event) as { action?: unknown };
  const { issues } = Object(details) as { issues?: unknown };
  const isOfPayload = Array.isArray(issues) && typeof action === 'string';
  return isOfPayload ? `${said}\nWhat it takes: npm run invoke -- ${name} ${action} --help` : said;
}
