import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { settings } from '../../shared/kernel/settings.ts';
import { type CloudbaseFunction, readCloudbaseFunctions } from '../deploy/tcb/cloudbaserc.ts';
import { testEnv } from '../testing/test-account.ts';
import { readVariables, sampleTexts } from './account.ts';
import { type FunctionSpec, readFunctions } from './functions.ts';
import { ownAccount } from './root.ts';
import { variableFiles } from './variable-files.ts';

const root = path.resolve(import.meta.dirname, '../..');
const everything = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => `value of ${String(name)}` },
);
const specs = readFunctions(root, everything);

const yaml = parse(readFileSync(path.join(root, 'serverless.yml'), 'utf8')) as {
  readonly provider: { readonly fixedEgressIp: boolean };
  readonly functions: Readonly<Record<string, { readonly fixedEgressIp?: boolean }>>;
};
const runtime = 'Nodejs24.11';
const cloudbase = readCloudbaseFunctions(
  root,
  new Proxy(
    {},
    { get: (_, name) => (name === 'SCF_RUNTIME' ? runtime : everything[name as string]) },
  ),
  [],
);

test.each(specs.map((spec) => [spec.name, spec] as const))(
  'serverless.yml and cloudbaserc.json say the same of %s',
  (name, spec) => {
    const found = cloudbase.find((each) => each.name === name);

    expect(found && summary(found)).toEqual(expected(spec));
  },
);

test.each(specs.map((spec) => [spec.name, spec] as const))(
  '%s gets the variables that it asks for, and no other',
  async (name, { environment }) => {
    // A variable stands there for whichever database the functions are built for.
    const asked = (
      await Promise.all([askedBy(name, []), askedBy(name, ['--conditions=postgres'])])
    ).flat();
    const ours = new Set<string>([
      ...Object.values(settings).map(({ env }) => env),
      ...Object.keys(await readVariables(root, ownAccount(root))),
    ]);
    expect(Object.keys(environment).sort()).toEqual(
      [...new Set(asked)].filter((each) => ours.has(each)).sort(),
    );
  },
);

async function askedBy(name: string, options: readonly string[]): Promise<readonly string[]> {
  const script = path.join(import.meta.dirname, 'asked-variables.ts');
  const nowhere = 'http://127.0.0.1:9';
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...options, '--import', 'tsx', script, name],
    {
      env: {
        ...testEnv,
        ...(await sampleTexts(root, ownAccount(root))),
        WECHAT_API_BASE_URL: nowhere,
        PORT: '0',
        // Both files deploy to SCF; a container asks for more.
        TENCENTCLOUD_RUNENV: 'SCF',
        TENCENTCLOUD: 'true',
        TENCENTCLOUD_SECRETID: 'id',
        TENCENTCLOUD_SECRETKEY: 'key',
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: nowhere }),
      },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as string[];
}

test('the variables of the account are in every file that names variables: `npm run variables`', async () => {
  for (const { name, is, shouldBe } of await variableFiles(root)) {
    expect({ name, text: is }).toEqual({ name, text: shouldBe });
  }
});

test('.env.example lists every variable under what it is, and nothing else', async () => {
  const lines = readFileSync(path.join(root, '.env.example'), 'utf8').split('\n');
  const listed = lines.flatMap((line, index) => {
    const [, name] = /^(\w+)=/.exec(line) ?? [];
    return name ? [`${name}: ${lines[index - 1]?.replace('# ', '')}`] : [];
  });
  const own = Object.entries(await readVariables(root, ownAccount(root)));

  expect(listed.sort()).toEqual(
    [
      ...Object.values(settings).map(({ env, about }) => `${env}: ${about}`),
      ...own.map(([name, { about }]) => `${name}: ${about}`),
    ].sort(),
  );
});

function summary({ envVariables, triggers = [], publicNetConfig, ...rest }: CloudbaseFunction) {
  const variables = Object.entries(envVariables).map(([name, value]) => `${name}=${value}`);
  return {
    ...rest,
    fixedEgressIp: publicNetConfig?.eipConfig?.eipStatus === 'ENABLE',
    triggers: triggers.map(({ name, type, config }) => `${type} ${name} ${config}`),
    variables: variables.sort(),
  };
}

function expected(spec: FunctionSpec) {
  return {
    name: spec.name,
    handler: spec.handler,
    runtime,
    memorySize: spec.memoryMb,
    timeout: spec.timeoutSeconds,
    installDependency: false,
    fixedEgressIp: yaml.functions[spec.name]?.fixedEgressIp ?? yaml.provider.fixedEgressIp,
    ...(spec.hasUrl ? { path: `/${spec.name}` } : {}),
    // CloudBase has no timer that is off.
    triggers: spec.timers
      .filter(({ isEnabled }) => isEnabled)
      .map(({ name, cron }) => `timer ${name} ${cron}`),
    variables: Object.entries(spec.environment)
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
  };
}

test('the deploy tools are not among what the root installs', () => {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: object;
  };
  const tools = ['serverless', 'serverless-tencent-scf', '@cloudbase/cli'];

  expect(tools.filter((name) => Object.hasOwn(lock.packages, `node_modules/${name}`))).toEqual([]);
});
