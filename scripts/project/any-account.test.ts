import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checkVariables } from '../deploy/plugin/check-variables.ts';
import { readCloudbaseFunctions, withDefaults } from '../deploy/tcb/cloudbaserc.ts';
import { faultsOf } from '../testing/callback/smoke.ts';
import { testEnv } from '../testing/test-account.ts';
import { copyProject } from '../testing/tools/project-copy.ts';
import { readVariables } from './account.ts';
import { readFunctions } from './functions.ts';
import { ownAccount } from './root.ts';
import { variableFiles } from './variable-files.ts';
import type { MadeFile } from './write-files.ts';

const root = path.resolve(import.meta.dirname, '../..');
const orders = readFileSync(path.join(root, 'examples/accounts/orders.ts'), 'utf8');
const oneRoute = `import { Router } from '../../shared/index.ts';

export const account = new Router().use((ctx) => ctx.reply('hello'));
`;

/** A checkout in which an author has written another account. */
const project = copyProject();
const account = ownAccount(project.root);
afterAll(() => project.remove());
const files = () => variableFiles(project.root);
async function writeVariables(): Promise<readonly MadeFile[]> {
  const written = (await files()).filter(({ is, shouldBe }) => is !== shouldBe);
  for (const { name, shouldBe } of written) writeFileSync(path.join(project.root, name), shouldBe);
  return written;
}
/** With a value for everything, as `.env` would have it. */
const env = {
  ...testEnv,
  WECHAT_APPSECRET: '0'.repeat(32),
  ORDERS_URL: 'https://orders.test',
  ORDERS_KEY: 'key-of-the-tests',
};

const contestants = path.join(root, 'scripts/bench/contestants');
/** What measures the account of the author. */
const benches = readdirSync(contestants)
  .map((name) => path.join(contestants, name))
  .filter((file) => readFileSync(file, 'utf8').includes('shipped-account.ts'));

describe.each([
  ['one route', oneRoute],
  ['variables of its own', orders],
])('an account with %s in the place of account.ts', (_, source) => {
  test('compiles with the functions, and with all else that runs it', async () => {
    writeFileSync(account, source);
    const config = path.join(project.root, 'tsconfig.account.json');
    writeFileSync(
      config,
      JSON.stringify({
        extends: path.join(root, 'tsconfig.json'),
        compilerOptions: { paths: { '#account': [account] } },
        include: [path.join(root, 'functions/*/*.ts'), ...benches],
        exclude: [path.join(root, 'functions/callback/account.*')],
      }),
    );

    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', config]);

    expect(stdout).toBe('');
  });

  test('answers every sample event and message without a fault', async () => {
    expect((await faultsOf({ root: project.root, account })).faults).toEqual([]);
  });
});

describe('`npm run variables`', () => {
  const texts = async () => (await files()).map(({ name, is }) => [name, is]);

  // Whatever the checkout's own account declares, the copy begins without variables.
  beforeEach(async () => {
    writeFileSync(account, oneRoute);
    await writeVariables();
  });

  test('hands declared variables to the functions that run the account', async () => {
    writeFileSync(account, orders);
    const names = Object.keys(await readVariables(project.root, account));
    const unwritten = readFunctions(project.root, env).map(({ name, environment }) => ({
      name,
      variables: environment,
    }));
    await expect(checkVariables(project.root, unwritten)).rejects.toThrow(
      'ORDERS_URL is not handed to callback: `npm run variables`.',
    );

    expect((await writeVariables()).map(({ name }) => name)).toEqual([
      'serverless.yml',
      'cloudbaserc.json',
      '.env.example',
    ]);

    expect(await writeVariables()).toEqual([]);
    const scf = readFunctions(project.root, env);
    const cloudbase = readCloudbaseFunctions(project.root, withDefaults(project.root, env), []);
    const having = (all: readonly { readonly name: string; readonly variables: object }[]) =>
      all
        .filter(({ variables }) => names.every((name) => Object.hasOwn(variables, name)))
        .map(({ name }) => name);
    const ofScf = scf.map(({ name, environment }) => ({ name, variables: environment }));
    const ofCloudbase = cloudbase.map(({ name, envVariables }) => ({
      name,
      variables: envVariables,
    }));
    expect(having(ofScf)).toEqual(['callback', 'worker']);
    expect(having(ofCloudbase)).toEqual(['callback', 'worker']);
    expect(ofScf.find(({ name }) => name === 'worker')?.variables).toMatchObject({
      ORDERS_URL: 'https://orders.test',
      ORDERS_LANGUAGE: '',
    });
    const example = readFileSync(path.join(project.root, '.env.example'), 'utf8');
    expect(example).toContain('# Address of the order system\nORDERS_URL=\n');
    expect(parseEnv(example)).toMatchObject({ ORDERS_LANGUAGE: 'zh' });
    await checkVariables(project.root, ofScf);
    await expect(
      checkVariables(
        project.root,
        ofScf.map(({ name, variables }) => ({
          name,
          variables: { ...variables, ...(name === 'worker' ? { ORDERS_KEY: '' } : {}) },
        })),
      ),
    ).rejects.toThrow('ORDERS_KEY is missing (Key for the order system).');
    await expect(
      checkVariables(project.root, ofScf, 'node-sdk', { WORKER_KICK: 'none' }),
    ).rejects.toThrow('WORKER_KICK is now WORKER_WAKE: rename it.');
  });

  test('takes out what is no longer declared: the files are again as they were', async () => {
    const before = await texts();
    writeFileSync(account, orders);
    await writeVariables();
    expect(await texts()).not.toEqual(before);
    writeFileSync(account, oneRoute);
    await writeVariables();

    expect(await texts()).toEqual(before);
  });

  test.each([
    ['WECHAT_TOKEN', 'WECHAT_TOKEN is a setting of fuwuhao itself'],
    ['SCF_ORDERS', 'SCF_ORDERS belongs to the platform'],
    ['orders_url', 'orders_url cannot be the name of a variable'],
  ])('refuses the name %s', async (name, words) => {
    writeFileSync(account, orders.replaceAll('ORDERS_URL', name));

    await expect(files()).rejects.toThrow(words);
  });

  test('refuses an account that cannot be read', async () => {
    writeFileSync(account, 'export const acount = 1;');

    await expect(files()).rejects.toThrow(
      'functions/callback/account.ts cannot be read: It exports no `account`.',
    );
  });
});
