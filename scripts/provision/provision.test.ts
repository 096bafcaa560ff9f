import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { collections } from '../../shared/app/collections.ts';
import { type CloudbaseEmulator, startCloudbase } from '../emulator/cloudbase/index.ts';

const keys = { envId: 'env-1', secretId: 'AKID1', secretKey: 'SK1' };
let cloudbase: CloudbaseEmulator;

beforeAll(async () => {
  cloudbase = await startCloudbase({ environments: [keys] });
});
afterAll(() => cloudbase.close());

async function run(env: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.resolve(import.meta.dirname, 'main.ts'), '--json'],
    { env: { PATH: process.env.PATH ?? '', ...env } },
  );
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { output, complaint, code };
}

test('makes every collection with the real SDK, once, and names what is left to do', async () => {
  const env = {
    CLOUDBASE_ENV_ID: keys.envId,
    TENCENTCLOUD_SECRETID: keys.secretId,
    TENCENTCLOUD_SECRETKEY: keys.secretKey,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
  };
  const names = collections.map(({ name }) => name);

  const first = await run(env);
  const second = await run(env);

  expect(cloudbase.control.collections(keys.envId).map(({ name }) => name)).toEqual(names);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(JSON.parse(first.output)).toMatchObject({ created: names, present: [] });
  expect(JSON.parse(second.output)).toMatchObject({ created: [], present: names });
  expect(first.output).toContain('tokens: set the access rule to ADMINONLY');
});

test('says what is missing in the environment, and does nothing', async () => {
  const { code, complaint } = await run({ CLOUDBASE_ENV_ID: keys.envId });

  expect(code).toBe(1);
  expect(complaint).toContain('TENCENTCLOUD_SECRETID');
});
