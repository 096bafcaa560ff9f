import path from 'node:path';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { buildFunctions } from '../../build/build.ts';
import { driverFrom, type StoreDriver } from '../../build/sdk-bundle.ts';
import { type CloudApi, cloudApiFrom } from '../../cloud/api.ts';
import { DEFAULT_REGION, keysFrom } from '../../cloud/keys.ts';
import { type DeployAct, recordAct, recordedWork } from '../../cloud/record-act.ts';
import { readDomain } from '../../project/domain.ts';
import { serviceName } from '../../project/service-name.ts';
import { checkVariables } from '../plugin/check-variables.ts';
import { planFunction } from '../plugin/plan.ts';
import { preflight } from '../plugin/preflight/preflight.ts';
import { runTcb } from './cli.ts';
import { type CloudbaseFunction, readCloudbaseFunctions, withDefaults } from './cloudbaserc.ts';
import { createHttpAccess, type Route } from './http-access.ts';
import { createVerifier } from './verify.ts';

export interface TcbDeploy {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Functions; all unless given. */
  readonly only: readonly string[];
  /** Of which `.env` is read; for what the messages tell the reader to run. */
  readonly stage: string;
  /** Whether nothing is looked at before. */
  readonly skipsPreflight: boolean;
  /** Whether functions of another WeChat account may be replaced. */
  readonly replacesAccount: boolean;
  /** Another file than cloudbaserc.json, absolute. */
  readonly configFile?: string;
  /** As the audit trail names it; default `deploy:tcb`. */
  readonly command?: DeployAct['command'];
  readonly write: (line: string) => void;
  /** Where the words of the CLI go; default `stdout`. */
  readonly output?: 'stdout' | 'stderr';
}

/**
 * Deploys through `tcb fn deploy`, and then looks for itself: the CLI's exit code is 0 even when
 * nothing was deployed.
 *
 * @throws Error that says which functions are not as cloudbaserc.json has them, and why.
 */
export async function deployByTcb(request: TcbDeploy): Promise<void> {
  const { root, env, only, configFile, command = 'deploy:tcb', write } = request;
  const startedAt = Date.now();
  const cliEnv = withDefaults(root, env, configFile);
  const credentials = keysFrom(env);
  const functions = readCloudbaseFunctions(root, cliEnv, only, configFile);
  const driver = driverFrom(env);
  const { cloudbaseEnvId: envId } = loadConfig(env, ['cloudbaseEnvId']);
  const region = env.TENCENTCLOUD_REGION ?? DEFAULT_REGION;
  const api = cloudApiFrom(env, region);
  if (!request.skipsPreflight) {
    for (const line of await lookBefore(request, { api, region, envId, driver, functions })) {
      write(line);
    }
  }
  const custom = only.length === 0 ? readDomain(root, env) : undefined;
  const access = createHttpAccess({ api, envId, region });
  const verifier = createVerifier(api, envId, access);
  const before = await verifier.before(functions);
  const worker = { FunctionName: 'worker', Namespace: envId };
  const record = (act: DeployAct) => recordAct(act, async () => ({ api, worker }), write);
  let domain: string | undefined;
  await recordedWork({ command, subject: envId }, record, async (begin) => {
    begin('HTTP access');
    domain = functions.some((fn) => fn.path) ? await access.open() : undefined;
    const names = functions.map(({ name }) => name);
    const built = await buildFunctions({
      root,
      outDir: path.join(root, 'dist'),
      only: names,
      driver,
      mayReuse: true,
    });
    for (const { name, files } of built) {
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      write(`${name}: ${(bytes / 1000).toFixed(1)} KB`);
    }
    // New functions need no bucket then: the packages are small enough to go with the call itself.
    const where = ['--force', '-e', envId, '--region', region, '--deployMode', 'zip'];
    if (configFile !== undefined) where.push('--config-file', configFile);
    const run = (args: readonly string[]) => runTcb(args, credentials, cliEnv, request.output);
    begin('upload');
    const code =
      only.length === 0
        ? await run(['fn', 'deploy', '--all', ...where])
        : await oneByOne(names, (name) => run(['fn', 'deploy', name, ...where]));

    begin('paths');
    if (domain !== undefined) await access.route(domain, routesOf(functions));
    if (custom !== undefined) await access.bind(custom);
    begin('check');
    const failures: string[] = [];
    for (const fn of functions) {
      const wrong = await verifier.problems(fn, before.get(fn.name));
      if (wrong.length > 0) failures.push(`${fn.name} ${wrong.join(', ')}`);
    }
    if (failures.length > 0 || code !== 0) {
      throw new Error(
        `The deploy by tcb did not succeed${code === 0 ? '' : ` (exit code ${code})`}; the output above says why.\n` +
          failures.map((failure) => `- ${failure}\n`).join('') +
          'When the cause is gone, run the same command again.',
      );
    }
  });
  for (const { functionName, path } of routesOf(functions)) {
    write(`${functionName}: https://${domain}${path}`);
  }
  for (const line of custom ? await access.tell(custom) : []) write(line);
  const addresses = await verifier.egressAddresses(functions);
  if (addresses.length > 0) {
    write(
      `Calls to WeChat come from ${addresses.join(', ')}: put that into the IP whitelist of the account.`,
    );
  }
  write(`Deployed to ${envId} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** Looks whether the deploy can succeed, as one on SCF does. */
function lookBefore(
  { root, env, stage, replacesAccount }: TcbDeploy,
  { api, region, envId, driver, functions }: Found,
): Promise<readonly string[]> {
  return preflight({
    api,
    apiIn: (other) => cloudApiFrom(env, other),
    region,
    service: serviceName(root),
    stage,
    place: 'cloudbase',
    namespace: envId,
    deployedName: (name) => name,
    temporary: [],
    envId,
    replacesAccount,
    usesDocuments: driver !== 'postgres',
    functions: functions.map(({ name, handler, runtime, role, envVariables: variables }) => ({
      name,
      plan: planFunction({ handler, runtime, role: role ?? '', environment: { variables } }, {}),
    })),
    checkVariables: () =>
      checkVariables(
        root,
        functions.map(({ name, envVariables }) => ({ name, variables: envVariables })),
        driver,
        env,
      ),
  });
}

interface Found {
  readonly api: CloudApi;
  readonly region: string;
  readonly envId: string;
  readonly driver: StoreDriver;
  readonly functions: readonly CloudbaseFunction[];
}

function routesOf(functions: readonly CloudbaseFunction[]): readonly Route[] {
  return functions.flatMap(({ name, path }) =>
    path ? [{ path, functionName: name, isWholePath: false }] : [],
  );
}

async function oneByOne(
  names: readonly string[],
  run: (name: string) => Promise<number>,
): Promise<number> {
  let worst = 0;
  for (const name of names) worst = Math.max(worst, await run(name));
  return worst;
}
