import { resolveCname } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import type { CloudApi } from '../../cloud/api.ts';
import { outcomeOf } from '../../cloud/invocation.ts';
import { type DeployAct, recordAct, recordedWork } from '../../cloud/record-act.ts';
import { DEFAULT_RUNTIME } from '../../project/runtimes.ts';
import type { Cloud } from './cloud.ts';
import { type Deployment, deployFunction, isDeployed } from './deploy-function.ts';
import { type Deployed, find, removeFunction } from './deployed.ts';
import { bindDomain } from './domain.ts';
import { eachFunction } from './each-function.ts';
import { interruptible } from './interruption.ts';
import { findLeftovers } from './inventory.ts';
import { underLock } from './lock.ts';
import type { packFunctions } from './pack-functions.ts';
import type { Package } from './package.ts';
import { type FunctionPlan, planFunction } from './plan.ts';
import { preflight } from './preflight/preflight.ts';
import { subjectOf } from './preflight/subject.ts';
import { keepRelease, newReleaseId, releasesOf, timeOf } from './releases.ts';
import { packageTable, placesOf } from './report.ts';
import { appSecretOf, type Options, type Service } from './service.ts';

export interface CommandTools {
  readonly service: Service;
  readonly options: Options;
  readonly openCloud: () => Cloud;
  /** The cloud API in a region. @throws Error without keys */
  readonly apiIn: (region: string) => CloudApi;
  readonly pack: typeof packFunctions;
  /** Results, for stdout. */
  readonly write: (line: string) => void;
  /** What is going on, for stderr. */
  readonly progress: (line: string) => void;
  readonly now: () => number;
}

/** The newest releases, of any number. */
const LISTED = 20;

/** What `serverless deploy`, `rollback`, `remove`, `info`, `invoke` do. All of them throw when they fail. */
export function createCommands(tools: CommandTools) {
  const { service, options, openCloud, apiIn, write, progress, now } = tools;
  const deployedName = (name: string) => `${service.prefix}-${name}`;
  const openReleases = (cloud: Cloud) => releasesOf(cloud, service.prefix, appSecretOf(service));
  let packages: readonly Package[] = [];

  return { lookBefore, pack, deploy, rollback, listReleases, remove, info, invoke };

  /** Bundles and zips; nothing is sent. `mayReuse`: unless that would make what is there already. */
  async function pack(names: readonly string[], mayReuse = false): Promise<readonly Package[]> {
    const chosen = names.map((name) => ({
      name,
      isHttp: service.functions[name]?.type === 'http',
    }));
    packages = await tools.pack(service.root, chosen, {
      mayReuse: mayReuse && options.force !== true,
    });
    if (packages.some(({ isReused }) => isReused)) {
      progress('Nothing that goes into the packages has changed since they were made.');
    }
    write(packageTable(packages));
    return packages;
  }

  /** Looks at what can be known to be wrong before anything is bundled or sent. */
  async function lookBefore(names: readonly string[]): Promise<void> {
    if (options['skip-preflight']) return;
    const replacesAccount = options['replace-account'] === true;
    const subject = subjectOf(service, { names, apiIn, replacesAccount });
    for (const line of await preflight(subject)) progress(line);
  }

  async function deploy(names: readonly string[]): Promise<void> {
    const startedAt = now();
    const cloud = openCloud();
    const id = newReleaseId(startedAt);
    const chosen = names.map((name) => {
      const file = packages.find((each) => each.name === name)?.file;
      if (file === undefined) throw new Error(`${name} was not packaged.`);
      const plan = planFunction(service.functions[name] ?? { handler: '' }, service.provider);
      const isForced = options.force === true;
      return { name, deployment: deploymentOf(name, plan, readFileSync(file), isForced) };
    });
    const isWhole = names.length === Object.keys(service.functions).length;
    const leftovers = isWhole ? await findLeftovers(cloud, service) : [];
    const pruned = options.prune ? leftovers : [];
    const done = await Promise.all(chosen.map(({ deployment }) => isDeployed(cloud, deployment)));
    if (done.every(Boolean) && pruned.length === 0) {
      await tellPlaces(cloud, names);
      tellLeftovers(leftovers);
      if (isWhole) await bindOwnDomain(cloud);
      write(`Nothing has changed: all of it is deployed (${seconds(startedAt)}).`);
      return;
    }
    await recordedWork({ command: 'deploy', subject: id }, recorded, (begin) =>
      locked(cloud, id, async (signal) => {
        const each = { progress, signal };
        begin('functions');
        await eachFunction(chosen, ({ deployment }) => deployFunction(cloud, deployment), each);
        begin('prune');
        const gone = pruned.map((name) => ({ name }));
        await eachFunction(gone, ({ name }) => removed(cloud, name), each);
        // Only what runs can be gone back to.
        begin('release');
        const warning = await keepRelease(openReleases(cloud), id, chosen);
        if (warning !== undefined) progress(warning);
      }),
    );
    await tellPlaces(cloud, names);
    if (!options.prune) tellLeftovers(leftovers);
    if (isWhole) await bindOwnDomain(cloud);
    write(`Release ${id} deployed in ${seconds(startedAt)}.`);
  }

  async function rollback(): Promise<void> {
    if (options.timestamp === undefined) {
      await listReleases();
      write('Go back to one of them: npm run serverless -- rollback -t RELEASE');
      return;
    }
    const cloud = openCloud();
    const releases = openReleases(cloud);
    const id = String(options.timestamp);
    const known = await releases.list();
    if (!known.includes(id)) {
      throw new Error(`There is no release ${id}. There is: ${known.join(', ') || 'none'}.`);
    }
    const { functions } = await releases.get(id);
    const chosen = await Promise.all(
      Object.entries(functions).map(async ([name, { plan, digest }]) => {
        const zip = await releases.zip(name, digest);
        return { name, deployment: deploymentOf(name, plan, zip, false) };
      }),
    );
    await recordedWork({ command: 'rollback', subject: id }, recorded, (begin) =>
      locked(cloud, newReleaseId(now()), async (signal) => {
        begin('functions');
        const each = { progress, signal };
        await eachFunction(chosen, ({ deployment }) => deployFunction(cloud, deployment), each);
      }),
    );
    await tellPlaces(cloud, Object.keys(functions));
    write(`Back at release ${id}: code, triggers and limits. Variables stay as they are now.`);
  }

  async function listReleases(): Promise<void> {
    const releases = openReleases(openCloud());
    const all = await releases.list();
    write(
      all.length === 0
        ? 'There is no release yet.'
        : 'RELEASE                   deployed at (UTC)    functions',
    );
    for (const id of all.slice(0, LISTED)) {
      const { functions } = await releases.get(id);
      write(`${id}  ${timeOf(id)}  ${Object.keys(functions).join(', ')}`);
    }
  }

  async function remove(): Promise<void> {
    const cloud = openCloud();
    const leftovers = await findLeftovers(cloud, service);
    const names = [...Object.keys(service.functions).map(deployedName), ...leftovers];
    // Afterwards there is no worker that could write it.
    await recorded({ command: 'remove', subject: service.prefix });
    await locked(cloud, newReleaseId(now()), (signal) =>
      eachFunction(
        names.map((name) => ({ name })),
        ({ name }) => removed(cloud, name),
        { progress, signal },
      ),
    );
    write(
      `The packages of releases stay in COS, bucket ${cloud.bucket}, under ${service.prefix}/.`,
    );
  }

  function deploymentOf(
    name: string,
    plan: FunctionPlan,
    zip: Buffer,
    isForced: boolean,
  ): Deployment {
    return { name: deployedName(name), plan, zip, tags: service.tags, isForced };
  }

  /** Into the audit trail, by the worker of this stage. */
  function recorded(act: DeployAct): Promise<void> {
    const worker = { FunctionName: deployedName('worker'), Namespace: 'default' };
    return recordAct(act, async () => ({ api: apiIn(service.region), worker }), progress);
  }

  /** Nothing else changes the functions of this stage meanwhile. */
  function locked(
    cloud: Cloud,
    id: string,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { prefix, tags, provider } = service;
    const runtime = provider.runtime ?? DEFAULT_RUNTIME;
    const lock = { cloud, prefix, id, now: now(), tags, runtime };
    const breaksOther = options['break-lock'] === true;
    return interruptible(
      (signal) => underLock(lock, { breaksOther, progress }, () => work(signal)),
      progress,
    );
  }

  async function bindOwnDomain(cloud: Cloud): Promise<void> {
    const { domain } = service;
    if (!domain) return;
    const changes = await bindDomain({ cloud, domain, deployedName, resolveCname });
    for (const line of changes) write(line);
  }

  async function removed(cloud: Cloud, name: string): Promise<string> {
    return (await removeFunction(cloud, name)) ? 'removed' : 'was not there';
  }

  function tellLeftovers(names: readonly string[]): void {
    if (names.length === 0) return;
    write(
      `Deployed, but no longer in serverless.yml: ${names.join(', ')}. To remove them, with their timers and addresses: npm run deploy -- --prune`,
    );
  }

  function seconds(since: number): string {
    return `${((now() - since) / 1000).toFixed(1)} s`;
  }

  async function info(): Promise<void> {
    await tellPlaces(openCloud(), Object.keys(service.functions));
  }

  async function invoke(): Promise<void> {
    const event = options.data ?? (options.path ? readFileSync(options.path, 'utf8') : '{}');
    const cloud = openCloud();
    const { Result } = await cloud.scf('Invoke', {
      FunctionName: deployedName(options.function ?? ''),
      Namespace: 'default',
      ClientContext: event,
    });
    const outcome = outcomeOf(Result);
    write(outcome.text);
    if (!outcome.ok) throw new Error(`The function failed: ${outcome.message}`);
  }

  async function tellPlaces(cloud: Cloud, names: readonly string[]): Promise<void> {
    const found: (readonly [string, Deployed | undefined])[] = [];
    for (const name of names) found.push([name, await find(cloud, deployedName(name))]);
    for (const line of placesOf(found)) write(line);
  }
}

export type Commands = ReturnType<typeof createCommands>;
