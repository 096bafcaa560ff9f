import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { isRecord } from '../../../shared/kernel/record.ts';
import { settings } from '../../../shared/kernel/settings.ts';
import { DEFAULT_RUNTIME } from '../../project/runtimes.ts';
import { settingDefaults } from '../../project/setting-defaults.ts';
import {
  type CloudbaseFunction,
  defaultsSchema,
  fileSchema,
  functionSchema,
} from './cloudbaserc-schema.ts';

export type { CloudbaseFunction } from './cloudbaserc-schema.ts';

/** Of the checkout; a deploy into WeChat Cloud makes one of its own from it. */
export const CONFIG_FILE = 'cloudbaserc.json';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment for the CLI, which puts what it finds there into the `{{env.…}}` of
 * cloudbaserc.json and knows no defaults: nothing, or those of our settings, then what is set.
 */
export function withDefaults(
  root: string,
  env: Env,
  file = path.join(root, CONFIG_FILE),
): Record<string, string | undefined> {
  const named = readFileSync(file, 'utf8').matchAll(/\{\{env\.(\w+)\}\}/g);
  const empty = [...named].map(([, name]) => [name, '']);
  const unset = Object.values(settings).map(({ env: name }) => [name, '']);
  return {
    ...Object.fromEntries(empty),
    ...Object.fromEntries([...unset, ...settingDefaults()]),
    ...env,
    SCF_RUNTIME: env.SCF_RUNTIME || DEFAULT_RUNTIME,
  };
}

/**
 * The functions of cloudbaserc.json with what they have in common and their variables filled in, as the
 * CLI does it.
 *
 * @throws Error for what cannot stand there, and for an unknown name.
 */
export function readCloudbaseFunctions(
  root: string,
  env: Env,
  only: readonly string[],
  file = path.join(root, CONFIG_FILE),
): readonly CloudbaseFunction[] {
  const functions = parseCloudbaserc(readFileSync(file, 'utf8'), env);
  const names = functions.map(({ name }) => name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `No function ${unknown.join(', ')} in cloudbaserc.json. There is: ${names.join(', ')}.`,
    );
  }
  return functions.filter(({ name }) => only.length === 0 || only.includes(name));
}

/** @throws Error with all that cannot stand there. */
export function parseCloudbaserc(json: string, env: Env): readonly CloudbaseFunction[] {
  const given = JSON.parse(json) as unknown;
  const partial = partialVariables(given);
  if (partial.length > 0) {
    throw unfit(partial.map((each) => `${each}: a variable must be the whole value, "{{env.X}}"`));
  }
  const file = check(fileSchema, fillIn(given, env), '');
  const defaults = check(defaultsSchema, file.functionDefaultConfig ?? {}, 'functionDefaultConfig');
  const merged = file.functions.map((own) => merge(defaults, own));
  return check(v.array(functionSchema), merged, 'functions');
}

/** The CLI replaces whole values only; anything else would leave it with broken JSON. */
function fillIn(value: unknown, env: Env): unknown {
  if (typeof value === 'string') {
    const [, name] = /^\{\{env\.(\w+)\}\}$/.exec(value) ?? [];
    return name === undefined ? value : (env[name] ?? '');
  }
  if (Array.isArray(value)) return value.map((each) => fillIn(each, env));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillIn(each, env)]));
}

/** The paths of the values in which a variable is only a part. */
function partialVariables(value: unknown, at: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') {
    return /\{\{|\}\}/.test(value) && !/^\{\{[\w.]+\}\}$/.test(value) ? [at.join('.')] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => partialVariables(each, [...at, key]));
}

/** What a function says wins; of objects within objects both count. */
function merge(
  defaults: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const both = Object.entries(own).map(([key, value]) => {
    const before = defaults[key];
    return [key, isRecord(before) && isRecord(value) ? merge(before, value) : value];
  });
  return { ...defaults, ...Object.fromEntries(both) };
}

function check<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  place: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw unfit(
    parsed.issues.map((issue) => {
      const keys = [place, v.getDotPath(issue)].filter(Boolean).join('.');
      return `${keys}: ${issue.message}`;
    }),
  );
}

function unfit(problems: readonly string[]): Error {
  return new Error(
    `cloudbaserc.json is not as it should be:\n${problems.map((each) => `- ${each}`).join('\n')}`,
  );
}
