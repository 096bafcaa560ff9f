import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from '../../../shared/kernel/settings.ts';

/** A function of cloudbaserc.json, as the CLI will send it. */
export interface CloudbaseFunction {
  readonly name: string;
  readonly memorySize: number;
  readonly timeout: number;
  readonly path?: string;
  readonly triggers?: readonly { readonly name: string; readonly config: string }[];
  readonly envVariables: Readonly<Record<string, string>>;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment for the CLI, which puts what it finds there into the `{{env.…}}` of
 * cloudbaserc.json and knows no defaults: those of our settings, then what is set.
 */
export function withDefaults(env: Env): Record<string, string | undefined> {
  const defaults = Object.values(settings).map(({ env: name, schema }) => [
    name,
    'default' in schema && typeof schema.default === 'string' ? schema.default : '',
  ]);
  return { ...Object.fromEntries(defaults), ...env };
}

/** The functions of cloudbaserc.json with their variables filled in. @throws Error for an unknown name. */
export function readCloudbaseFunctions(
  root: string,
  env: Env,
  only: readonly string[],
): readonly CloudbaseFunction[] {
  const file = path.join(root, 'cloudbaserc.json');
  const { functions } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly functions: readonly CloudbaseFunction[];
  };
  const names = functions.map(({ name }) => name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `No function ${unknown.join(', ')} in cloudbaserc.json. There is: ${names.join(', ')}.`,
    );
  }
  return functions
    .filter(({ name }) => only.length === 0 || only.includes(name))
    .map((fn) => ({
      ...fn,
      envVariables: Object.fromEntries(
        Object.entries(fn.envVariables).map(([name, value]) => [
          name,
          value.replace(/\{\{env\.(\w+)\}\}/g, (_, variable: string) => env[variable] ?? ''),
        ]),
      ),
    }));
}
