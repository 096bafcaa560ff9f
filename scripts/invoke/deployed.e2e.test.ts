import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { deploySmallFunction } from '../testing/tools/small-function.ts';

const account = {
  appid: '1251234567',
  uin: '100000000001',
  secretId: 'AKIDinvoke',
  secretKey: 'SKinvoke',
};
const envId = 'env-1';
let tencent: TencentEmulator;

/** Says what it was asked, and works in three steps for those who watch it. */
const code = `
let steps = 0;
exports.main = async (event) => {
  if (event.action === 'fail') throw new Error('The function itself is broken.');
  if (event.action === 'refuse') return { ok: false, error: { code: 'invalid', message: 'Not so.' } };
  if (event.action === 'status') {
    steps += 1;
    return { ok: true, data: { state: steps > 2 ? 'done' : 'sending', progress: steps / 3, isOver: steps > 2 } };
  }
  return { ok: true, data: { place: process.env.PLACE, asked: JSON.stringify(event.payload), staticKey: true, id: 'crm' } };
};`;

beforeAll(async () => {
  tencent = await startTencent({ account, envIds: [envId] });
  for (const [name, namespace] of [
    ['fuwuhao-prod-menu', 'default'],
    ['fuwuhao-prod-proxy-client', 'default'],
    ['menu', envId],
  ] as const) {
    const environment = { PLACE: `${namespace}/${name}` };
    await deploySmallFunction(tencent, account, { name, namespace, code, environment });
  }
});
afterAll(() => tencent.close());

async function invoke(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const main = path.resolve(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      ...fakedTime(process.env),
      ...tencent.processEnv,
      TENCENTCLOUD_SECRET_ID: account.secretId,
      TENCENTCLOUD_SECRET_KEY: account.secretKey,
      ...env,
    },
  });
  const [output, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { exitCode, output, complaint: stripVTControlCharacters(complaint) };
}

describe('npm run invoke -- … --stage prod', () => {
  test('invokes the function on SCF, and only says what would happen where asked', async () => {
    const payload = '{"n":1}';

    const { exitCode, output } = await invoke([
      'menu',
      'x',
      payload,
      '--dry-run',
      '--stage',
      'prod',
    ]);

    expect(exitCode).toBe(0);
    expect(output).toContain('default/fuwuhao-prod-menu');
    expect(output).toContain('"dryRun":true');
  });

  test('invokes it in the CloudBase environment where SCF has none', async () => {
    const { exitCode, output } = await invoke(['menu', 'get', '--json', '--stage', 'dev'], {
      CLOUDBASE_ENV_ID: envId,
    });

    expect([exitCode, JSON.parse(output)]).toMatchObject([0, { data: { place: `${envId}/menu` } }]);
  });

  test('watches the progress of a deployed function', async () => {
    const { exitCode, output } = await invoke(['menu', 'status', '--watch', '--stage', 'prod']);

    expect(exitCode).toBe(0);
    expect(output).toMatch(/33 % {2}sending[\s\S]*100 % {2}done/);
  });

  test('shows the secret that it made for a client, which the function only takes', async () => {
    const { output } = await invoke([
      'proxy-client',
      'add',
      '{"id":"crm"}',
      '--json',
      '--stage',
      'prod',
    ]);

    const { data } = JSON.parse(output) as { data: Record<string, string> };
    expect(data.secret).toMatch(/^[\w-]{20,}$/);
    expect(data.accessToken).toContain('crm');
    expect(JSON.parse(data.asked ?? '')).toEqual({ id: 'crm', secret: data.secret });
  });

  test.each([
    [['menu', 'fail', '--stage', 'prod'], 1, 'The function itself is broken.'],
    [['menu', 'refuse', '--stage', 'prod'], 1, 'invalid: Not so.'],
    [['worker', 'list', '--stage', 'prod'], 1, 'worker is deployed neither as fuwuhao-prod-worker'],
    [['menu', 'get', '--stage', 'prod', '--port', '1'], 2, 'not both'],
    [['menu', 'get', '--stage', '../x'], 2, 'the name of a stage'],
  ])('%j says what is wrong', async (args, expected, words) => {
    const { exitCode, complaint } = await invoke(args);

    expect([exitCode, complaint]).toEqual([expected, expect.stringContaining(words)]);
  });
});
