import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { collections } from '../../shared/app/collections.ts';
import { findFunctions } from '../build/functions.ts';
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

describe('rules that somebody else has written', () => {
  const theirs = '{"*":{"invoke":"auth.loginType != \'ANONYMOUS\'"}}';
  const [{ name = '' } = {}] = collections;
  beforeAll(async () => {
    for (const each of collections) cloudbase.control.dropCollection(envId, each.name);
    await run([]);
  });

  test('are shown beside ours and stay, until --replace', async () => {
    const [environment] = tencent.environments();
    if (!environment) throw new Error('There is no environment.');
    environment.functionRule = theirs;
    cloudbase.control.setRule(envId, name, 'ADMINWRITE');

    const kept = await run([]);
    const checked = await run(['--check']);

    expect([kept.code, checked.code]).toEqual([1, 1]);
    expect(kept.output).toContain(
      `! functions: no client may call them: it is ${theirs}, and would become {"*":{"invoke":false}}.`,
    );
    expect(kept.output).toContain(`! ${name}: access ADMINONLY: it is ADMINWRITE`);
    expect(environment.functionRule).toBe(theirs);

    const replaced = await run(['--replace']);
    expect([replaced.code, environment.functionRule]).toEqual([0, '{"*":{"invoke":false}}']);
    expect((await run(['--check'])).code).toBe(0);
  });

  test.each([
    [
      'one that opens only functions of their own',
      '{"*":{"invoke":false},"shop":{"invoke":true}}',
      0,
    ],
    ['one that opens one of ours', '{"*":{"invoke":false},"worker":{"invoke":true}}', 1],
  ])('%s', async (_, rule, code) => {
    const [environment] = tencent.environments();
    if (environment) environment.functionRule = rule;

    expect((await run([])).code).toBe(code);
    expect(environment?.functionRule).toBe(rule);
  });

  test('the rule that older environments come with is nobody’s', async () => {
    const [environment] = tencent.environments();
    if (environment) environment.functionRule = '{"*":{"invoke":"auth != null"}}';

    expect((await run([])).code).toBe(0);
    expect(environment?.functionRule).toBe('{"*":{"invoke":false}}');
  });
});

describe('where commands of MongoDB are not taken', () => {
  test('indexes are made without an expiry, which the worker does not need', async () => {
    for (const { name } of collections) cloudbase.control.dropCollection(envId, name);

    const [environment] = tencent.environments();
    if (environment) environment.region = 'ap-nanjing';

    const made = await run([], { TENCENTCLOUD_REGION: 'ap-nanjing' });

    expect([made.code, made.complaint]).toEqual([0, '']);
    const inbox = cloudbase.control.collections(envId).find(({ name }) => name === 'inbox');
    const index = inbox?.indexes.find(({ name }) => name === 'removeAt_asc');
    expect(index).toMatchObject({ unique: false });
    expect(index).not.toHaveProperty('expireAfterSeconds');
    expect((await run(['--check'], { TENCENTCLOUD_REGION: 'ap-nanjing' })).code).toBe(0);
    if (environment) environment.region = 'ap-shanghai';
  });
});

describe('an environment of a mini-program', () => {
  const names = findFunctions(path.resolve(import.meta.dirname, '../..')).map(({ name }) => name);
  const ours = Object.fromEntries(names.map((name) => [name, { invoke: false }]));

  async function withRule(rule: string, args: readonly string[] = []) {
    const [environment] = tencent.environments();
    if (!environment) throw new Error('There is no environment.');
    Object.assign(environment, { source: 'miniapp', functionRule: rule });
    const ran = await run(args);
    environment.source = 'qcloud';
    return { ...ran, rule: environment.functionRule };
  }

  test.each([
    ['no rule', '', { '*': { invoke: 'auth != null' } }],
    [
      'a rule of its own',
      '{"*":{"invoke":true},"shop":{"invoke":"auth != null"}}',
      { '*': { invoke: true }, shop: { invoke: 'auth != null' } },
    ],
  ])(
    'with %s: our functions are closed, and those of the mini-program stay open',
    async (_, rule, kept) => {
      const made = await withRule(rule);

      expect([made.code, JSON.parse(made.rule)]).toEqual([0, { ...kept, ...ours }]);
      expect((await withRule(made.rule, ['--check'])).code).toBe(0);
    },
  );

  test('that has opened one of ours is told so, and kept until --replace', async () => {
    const rule = '{"*":{"invoke":true},"worker":{"invoke":true}}';
    const kept = await withRule(rule);

    expect([kept.code, kept.rule]).toEqual([1, rule]);
    expect(kept.output).toMatch(
      /^! functions: no client may call them: it is .*"worker":\{"invoke":true\}/m,
    );
    expect(JSON.parse((await withRule(rule, ['--replace'])).rule)).toMatchObject({
      '*': { invoke: true },
      worker: { invoke: false },
    });
  });
});
