import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { collections } from '../../shared/app/collections.ts';
import { type CloudbaseEmulator, startCloudbase } from '../emulator/cloudbase/index.ts';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';

const account = { appid: '1251234567', uin: '1', secretId: 'AKID1', secretKey: 'SK1' };
const envId = 'env-1';
let cloudbase: CloudbaseEmulator;
let tencent: TencentEmulator;

beforeAll(async () => {
  const { secretId, secretKey } = account;
  cloudbase = await startCloudbase({ environments: [{ envId, secretId, secretKey }] });
  tencent = await startTencent({ account, envIds: [envId], database: cloudbase.control });
});
afterAll(async () => {
  await tencent.close();
  await cloudbase.close();
});

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.resolve(import.meta.dirname, 'main.ts'), ...args],
    {
      env: {
        PATH: process.env.PATH ?? '',
        ...fakedTime(process.env),
        ...tencent.processEnv,
        CLOUDBASE_ENV_ID: envId,
        TENCENTCLOUD_SECRET_ID: account.secretId,
        TENCENTCLOUD_SECRET_KEY: account.secretKey,
        ...env,
      },
    },
  );
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { output, complaint, code };
}

test('makes everything once, compares without changing, and heals what is gone', async () => {
  const planned = collections.map(({ name, indexes, access }) => ({ name, indexes, rule: access }));
  const names = collections.map(({ name }) => name);

  const before = await run(['--check']);
  expect([before.code, cloudbase.control.collections(envId)]).toEqual([1, []]);
  expect(before.output).toContain(`- ${names[0]} is missing`);

  const first = await run([]);
  expect([first.code, first.complaint]).toEqual([0, '']);
  expect(cloudbase.control.collections(envId)).toEqual(
    planned.map((collection) => ({
      ...collection,
      documents: 0,
      indexes: expect.arrayContaining(
        collection.indexes.map((index) => expect.objectContaining(index)),
      ),
    })),
  );
  expect(tencent.environments()[0]?.functionRule).toBe('{"*":{"invoke":false}}');

  const second = await run(['--json']);
  const states = (JSON.parse(second.output) as { state: string }[]).map(({ state }) => state);
  expect([second.code, new Set(states)]).toEqual([0, new Set(['there'])]);

  cloudbase.control.dropCollection(envId, names[0] ?? '');
  const third = await run([]);
  expect(third.output).toContain(`+ ${names[0]}\n`);
  expect((await run(['--check'])).code).toBe(0);
});

test('leaves an index of the same name alone and says what to do about it', async () => {
  const plan = collections.find(({ indexes }) => indexes.length > 0);
  const [index] = plan?.indexes ?? [];
  cloudbase.control.dropCollection(envId, plan?.name ?? '');
  cloudbase.control.createCollection(envId, {
    name: plan?.name ?? '',
    indexes: [{ name: index?.name ?? '', fields: [{ name: 'other', direction: 'asc' }] }],
  });

  const { code, output } = await run([]);

  expect(code).toBe(1);
  expect(output).toMatch(/^! .*it is over other:asc\. Delete that index in the console/m);
});

test.each([
  ['no keys', { TENCENTCLOUD_SECRET_ID: '' }, 'TENCENTCLOUD_SECRET_ID'],
  [
    'a wrong key',
    { TENCENTCLOUD_SECRET_KEY: 'wrong' },
    'does not belong to TENCENTCLOUD_SECRET_ID',
  ],
  ['another environment', { CLOUDBASE_ENV_ID: 'env-2' }, 'CLOUDBASE_ENV_ID or TENCENTCLOUD_REGION'],
])('%s: says what is wrong, and does nothing', async (_, env, words) => {
  const { code, complaint } = await run([], env);

  expect([code, complaint]).toEqual([1, expect.stringContaining(words)]);
});
