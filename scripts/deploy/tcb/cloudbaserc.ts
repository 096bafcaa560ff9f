import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { settings } from '../../../shared/kernel/settings.ts';

const FILE = 'cloudbaserc.json';
const text = v.string();

/** A function of cloudbaserc.json. The CLI passes over what it does not know, so a typo ends here. */
const functionSchema = v.strictObject({
  name: text,
  type: v.exactOptional(text),
  handler: text,
  runtime: text,
  memorySize: v.number(),
  timeout: v.number(),
  initTimeout: v.exactOptional(v.number()),
  installDependency: v.literal(false),
  path: v.exactOptional(text),
  triggers: v.exactOptional(
    v.array(v.strictObject({ name: text, type: v.literal('timer'), config: text })),
  ),
  envVariables: v.record(text, text),
  vpc: v.exactOptional(v.strictObject({ vpcId: text, subnetId: text })),
  role: v.exactOptional(text),
  ignore: v.exactOptional(v.array(text)),
  ignoreSysLog: v.exactOptional(v.boolean()),
});
const fileSchema = v.strictObject({
  $schema: v.exactOptional(text),
  version: text,
  envId: text,
  region: v.exactOptional(text),
  functionRoot: text,
  functions: v.array(functionSchema),
});

export type CloudbaseFunction = v.InferOutput<typeof functionSchema>;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment for the CLI, which puts what it finds there into the `{{env.…}}` of
 * cloudbaserc.json and knows no defaults: nothing, or those of our settings, then what is set.
 */
export function withDefaults(root: string, env: Env): Record<string, string | undefined> {
  const named = readFileSync(path.join(root, FILE), 'utf8').matchAll(/\{\{env\.(\w+)\}\}/g);
  const empty = [...named].map(([, name]) => [name, '']);
  const defaults = Object.values(settings).map(({ env: name, schema }) => [
    name,
    'default' in schema && typeof schema.default === 'string' ? schema.default : '',
  ]);
  return { ...Object.fromEntries(empty), ...Object.fromEntries(defaults), ...env };
}

/**
 * The functions of cloudbaserc.json with their variables filled in.
 *
 * @throws Error for what cannot stand there, and for an unknown name.
 */
export function readCloudbaseFunctions(
  root: string,
  env: Env,
  only: readonly string[],
): readonly CloudbaseFunction[] {
  const functions = readFile(path.join(root, FILE));
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

function readFile(file: string): readonly CloudbaseFunction[] {
  const parsed = v.safeParse(fileSchema, JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.output.functions;
  const problems = parsed.issues.map((issue) => `- ${v.getDotPath(issue)}: ${issue.message}`);
  throw new Error(`cloudbaserc.json is not as it should be:\n${problems.join('\n')}`);
}
