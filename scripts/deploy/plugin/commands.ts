import { readFileSync } from 'node:fs';
import { outcomeOf } from '../../cloud/invocation.ts';
import { checkVariables } from './check-variables.ts';
import type { Cloud } from './cloud.ts';
import { type Deployed, deployFunction, find, removeFunction } from './deploy-function.ts';
import { type Package, packFunctions } from './package.ts';
import { planFunction } from './plan.ts';
import { releasesOf } from './releases.ts';
import { packageTable, placesOf } from './report.ts';
import type { Options, Service } from './service.ts';

export interface CommandTools {
  readonly service: Service;
  readonly options: Options;
  readonly openCloud: () => Promise<Cloud>;
  /** Results, for stdout. */
  readonly write: (line: string) => void;
  /** What is going on, for stderr. */
  readonly progress: (line: string) => void;
  readonly now: () => number;
}

/** So many functions at the same time: the cloud takes 20 calls a second. */
const AT_ONCE = 3;
/** The newest releases, of any number. */
const LISTED = 20;

/** What `serverless deploy`, `rollback`, `remove`, `info`, `invoke` do. All of them throw when they fail. */
export function createCommands(tools: CommandTools) {
  const { service, options, openCloud, write, progress, now } = tools;
  const deployedName = (name: string) => `${service.prefix}-${name}`;
  let packages: readonly Package[] = [];

  return { pack, deploy, rollback, listReleases, remove, info, invoke };

  /** Bundles and zips; nothing is sent. */
  async function pack(names: readonly string[]): Promise<readonly Package[]> {
    packages = await packFunctions(service.root, names);
    write(packageTable(packages));
    return packages;
  }

  async function deploy(names: readonly string[]): Promise<void> {
    const startedAt = now();
    await checkVariables(
      service.root,
      names.map((name) => {
        const { variables = {} } = service.functions[name]?.environment ?? {};
        return { name, variables };
      }),
    );
    const cloud = await openCloud();
    const releases = releasesOf(cloud, service.prefix);
    const timestamp = Math.floor(startedAt / 1000);
    const chosen = names.map((name) => {
      const plan = planFunction(service.functions[name] ?? { handler: '' }, service.provider);
      return { name, plan, code: releases.codeKey(timestamp, name) };
    });
    progress(`Uploading ${names.length} packages to COS …`);
    for (const { name, code } of chosen) {
      const file = packages.find((each) => each.name === name)?.file;
      if (file === undefined) throw new Error(`${name} was not packaged.`);
      await cloud.put(code, readFileSync(file));
    }
    await everyFunction(chosen, async ({ name, plan, code }) => {
      const { tags } = service;
      return deployFunction(cloud, { name: deployedName(name), plan, code, tags });
    });
    // Only what runs can be gone back to.
    const functions = chosen.map(({ name, code, plan: { variables, ...plan } }) => [
      name,
      { plan, code },
    ]);
    await releases.save({ timestamp, functions: Object.fromEntries(functions) });
    await tellPlaces(cloud, names);
    write(`Release ${timestamp} deployed in ${((now() - startedAt) / 1000).toFixed(1)} s.`);
  }

  async function rollback(): Promise<void> {
    if (options.timestamp === undefined) {
      await listReleases();
      write('Go back to one of them: npm run serverless -- rollback -t RELEASE');
      return;
    }
    const cloud = await openCloud();
    const releases = releasesOf(cloud, service.prefix);
    const timestamp = Number(options.timestamp);
    const known = await releases.list();
    if (!known.includes(timestamp)) {
      throw new Error(
        `There is no release ${options.timestamp}. There is: ${known.join(', ') || 'none'}.`,
      );
    }
    const { functions } = await releases.get(timestamp);
    await everyFunction(
      Object.entries(functions).map(([name, { plan, code }]) => ({ name, plan, code })),
      async ({ name, plan, code }) =>
        deployFunction(cloud, { name: deployedName(name), plan, code, tags: service.tags }),
    );
    await tellPlaces(cloud, Object.keys(functions));
    write(
      `Back at release ${timestamp}: code, triggers and limits. Variables stay as they are now.`,
    );
  }

  async function listReleases(): Promise<void> {
    const releases = releasesOf(await openCloud(), service.prefix);
    const all = await releases.list();
    write(
      all.length === 0 ? 'There is no release yet.' : 'RELEASE     deployed at (UTC)    functions',
    );
    for (const timestamp of all.slice(0, LISTED)) {
      const { functions } = await releases.get(timestamp);
      const time = new Date(timestamp * 1000).toISOString().slice(0, 19);
      write(`${timestamp}  ${time}  ${Object.keys(functions).join(', ')}`);
    }
  }

  async function remove(): Promise<void> {
    const cloud = await openCloud();
    const items = Object.keys(service.functions).map((name) => ({ name }));
    await everyFunction(items, async ({ name }) =>
      (await removeFunction(cloud, deployedName(name))) ? 'removed' : 'was not there',
    );
    write(`The packages stay in COS, bucket ${cloud.bucket}, under ${service.prefix}/.`);
  }

  async function info(): Promise<void> {
    await tellPlaces(await openCloud(), Object.keys(service.functions));
  }

  async function invoke(): Promise<void> {
    const name = deployedName(options.function ?? '');
    const event = options.data ?? (options.path ? readFileSync(options.path, 'utf8') : '{}');
    const cloud = await openCloud();
    const { Result } = await cloud.scf('Invoke', {
      FunctionName: name,
      Namespace: 'default',
      ClientContext: event,
    });
    const outcome = outcomeOf(Result);
    write(outcome.text);
    if (!outcome.ok) throw new Error(`The function failed: ${outcome.message}`);
  }

  /** Each is tried, whatever becomes of the others; then it is said of all that failed. */
  async function everyFunction<T extends { readonly name: string }>(
    items: readonly T[],
    work: (item: T) => Promise<string>,
  ): Promise<void> {
    const failures: string[] = [];
    const waiting = [...items];
    const worker = async () => {
      for (let item = waiting.shift(); item; item = waiting.shift()) {
        try {
          progress(`${item.name}: ${await work(item)}`);
        } catch (error) {
          failures.push(`${item.name}: ${(error as Error).message}`);
          progress(`${item.name}: failed`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (failures.length === 0) return;
    const done = items.length - failures.length;
    throw new Error(
      `${failures.length} of ${items.length} functions failed:\n- ${failures.join('\n- ')}\n` +
        `The other ${done} are done. When the cause is gone, run the same command again: it goes on from here.`,
    );
  }

  async function tellPlaces(cloud: Cloud, names: readonly string[]): Promise<void> {
    const found: (readonly [string, Deployed | undefined])[] = [];
    for (const name of names) found.push([name, await find(cloud, deployedName(name))]);
    for (const line of placesOf(found)) write(line);
  }
}

export type Commands = ReturnType<typeof createCommands>;
