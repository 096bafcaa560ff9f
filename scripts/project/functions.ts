import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { present } from '../../shared/kernel/present.ts';

/** A function as serverless.yml describes it, for whoever runs or deploys it. */
export interface FunctionSpec {
  readonly name: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly hasUrl: boolean;
  /** Of an HTTP function: how many requests one instance takes at a time. */
  readonly concurrency?: number;
  readonly timers: readonly Timer[];
}

export interface Timer {
  readonly name: string;
  /** Seven fields, as SCF writes it. */
  readonly cron: string;
  /** What the event carries as `Message`. */
  readonly argument?: string;
  /** `enable: false` deploys a timer that does not fire. */
  readonly isEnabled: boolean;
}

interface Yaml {
  readonly provider: { readonly memorySize: number; readonly timeout: number };
  readonly functions: Readonly<Record<string, YamlFunction>>;
}

interface YamlFunction {
  readonly handler: string;
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly url?: object;
  readonly type?: 'event' | 'http';
  readonly concurrency?: number;
  readonly environment?: { readonly variables?: Readonly<Record<string, string>> };
  readonly events?: readonly { readonly timer?: YamlTimer }[];
}

interface YamlTimer {
  readonly name: string;
  readonly parameters: {
    readonly cronExpression: string;
    readonly enable?: boolean;
    readonly argument?: string;
  };
}

/**
 * The functions of serverless.yml, with `${env:NAME, 'default'}` filled in from `env`.
 *
 * @throws Error that names a variable which has neither a value nor a default.
 */
export function readFunctions(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly FunctionSpec[] {
  const file = path.join(root, 'serverless.yml');
  const { provider, functions } = parse(readFileSync(file, 'utf8')) as Yaml;
  return Object.entries(functions).map(([name, spec]) => ({
    name,
    handler: spec.handler,
    memoryMb: spec.memorySize ?? provider.memorySize,
    timeoutSeconds: spec.timeout ?? provider.timeout,
    environment: Object.fromEntries(
      Object.entries(spec.environment?.variables ?? {}).map(([variable, value]) => [
        variable,
        fillIn(String(value), env),
      ]),
    ),
    hasUrl: spec.url !== undefined,
    ...(spec.type === 'http' ? { concurrency: spec.concurrency ?? 1 } : {}),
    timers: (spec.events ?? []).flatMap(({ timer }) => readTimer(timer)),
  }));
}

function readTimer(timer: YamlTimer | undefined): readonly Timer[] {
  if (!timer) return [];
  const { cronExpression: cron, argument, enable: isEnabled = true } = timer.parameters;
  return [{ name: timer.name, cron, isEnabled, ...present({ argument }) }];
}

/** Stands before the names of deployed functions; on this machine they have their plain names. */
const PREFIX = /\$\{self:service\}-\$\{sls:stage\}-/g;

/** A value of serverless.yml with its variables. @throws Error for one without value and default */
export function fillIn(value: string, env: Readonly<Record<string, string | undefined>>): string {
  return value
    .replaceAll(PREFIX, '')
    .replace(/\$\{env:(\w+)(?:,\s*'([^']*)')?\}/g, (_, name: string, fallback?: string) => {
      const found = env[name] ?? fallback;
      if (found === undefined) throw new Error(`serverless.yml needs the variable ${name}`);
      return found;
    });
}
