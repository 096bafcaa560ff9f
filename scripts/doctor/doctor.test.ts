import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { type Variables, variable } from '../../shared/index.ts';
import type { Examination } from '../../shared/monitoring/examination.ts';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { startTencent } from '../emulator/tencent/index.ts';
import { createWechatApi } from '../emulator/wechat/api.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { testEnv } from '../testing/test-account.ts';
import { deploySmallFunction } from '../testing/tools/small-function.ts';
import { configurationChecks } from './checks/configuration.ts';
import { functionChecks, waitForToken } from './checks/functions.ts';
import { deploymentOf } from './deployment.ts';
import { readRecording } from './recording.ts';

const account = { appid: testEnv.WECHAT_APPID, secret: testEnv.WECHAT_APPSECRET };

async function doctor(args: readonly string[], env: Record<string, string>) {
  const main = path.resolve(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { PATH: process.env.PATH ?? '', ...fakedTime(process.env), ...env },
    cwd: path.dirname(main),
  });
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { output, complaint, code };
}

const cloudAccount = {
  appid: '1251234567',
  uin: '100000000001',
  secretId: 'AKIDdoctor',
  secretKey: 'SKdoctor',
};

/** A deployed worker that finds in turn what is given, and then the last of it again. */
async function withWorker(found: readonly object[], args: readonly string[], more = {}) {
  const tencent = await startTencent({ account: cloudAccount, envIds: [testEnv.CLOUDBASE_ENV_ID] });
  const code = `const found = ${JSON.stringify(found)}; let n = 0;
    exports.main = async (event) => event.action === 'examine'
      ? { ok: true, data: found[Math.min(n++, found.length - 1)] }
      : { ok: false, error: { code: 'invalid', message: 'There is no action' } };`;
  await deploySmallFunction(tencent, cloudAccount, { name: 'fuwuhao-dev-worker', code });
  const wechat = await createWechatApi({ account, now: Date.now }).listen(0);
  const ran = await doctor(args, {
    ...testEnv,
    WECHAT_API_BASE_URL: wechat.url,
    ...tencent.processEnv,
    TENCENTCLOUD_SECRET_ID: cloudAccount.secretId,
    TENCENTCLOUD_SECRET_KEY: cloudAccount.secretKey,
    ...more,
  });
  await wechat.close();
  await tencent.close();
  return ran;
}

const refused = {
  wechat: {
    ok: false,
    message: 'WeChat answered 40164.',
    advice: 'Add 203.0.113.7 to the IP whitelist.',
  },
  credentials: { ok: true, value: [] },
  deadJobs: { ok: true, value: 2 },
};
const fine = {
  wechat: { ok: true, value: { hasMenu: false } },
  credentials: {
    ok: true,
    value: [
      {
        kind: 'stable_token',
        generation: 1,
        issuedAt: Date.now(),
        expiresAt: Date.now() + 9e6,
        failures: 0,
      },
    ],
  },
  deadJobs: { ok: true, value: 0 },
  lossy: { ok: true, value: [{ ip: '203.0.113.1', loss: '20%' }] },
  quotas: { ok: true, value: [{ path: '/cgi-bin/user/info', used: 90, limit: 100 }] },
};

describe('a ticket that could not be fetched', () => {
  const [token] = fine.credentials.value;
  const before = (token?.issuedAt ?? 0) - 1;
  const ticket = { kind: 'jsapi_ticket', generation: 0, failures: 1 };
  const withTicket = (failed: object) => ({
    ...fine,
    credentials: { ok: true, value: [token, { ...ticket, ...failed }] },
  });

  test('for want of the access token that has come since is no matter: the next tick fetches it', async () => {
    const late = { reason: 'access_token', failedAt: before };
    const { output } = await withWorker([withTicket(late)], []);

    expect(output).toMatch(/✓ .*token.*: The token was issued \d+ minutes ago, as generation 1\./);
  });

  test.each([
    { reason: 'access_token', failedAt: before + 1000 },
    { reason: 'wechat', failedAt: before },
    {},
  ])('for another reason is said: %j', async (failed) => {
    const { output } = await withWorker([withTicket(failed)], []);

    expect(output).toContain('The last attempt to renew the jsapi_ticket failed; the token of');
  });
});

test('says what the functions find, and what is missing here, without a secret', async () => {
  const { output, code } = await withWorker([refused], []);

  expect(code).toBe(1);
  expect(output).toMatch(
    /WeChat, from the functions.*: WeChat answered 40164\.\n.*Add 203\.0\.113\.7 to the IP whitelist/,
  );
  expect(output).toContain('There is no token yet.');
  expect(output).toContain('2 jobs have failed for good.');
  expect(output).toContain('WeChat does not answer the functions, so it was not asked.');
  for (const secret of [
    testEnv.WECHAT_APPSECRET,
    testEnv.WECHAT_TOKEN,
    testEnv.WECHAT_ENCODING_AES_KEY,
    cloudAccount.secretKey,
  ]) {
    expect(output).not.toContain(secret);
  }
});

test('--record writes what it asked the cloud, without a secret or an id', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'doctor-')), 'calls.json');
  const { complaint } = await withWorker([fine], ['--record', file]);
  const text = readFileSync(file, 'utf8');
  rmSync(path.dirname(file), { recursive: true });

  expect(complaint).toMatch(/^\d+ calls are in .*Look through it/m);
  const { calls, findings } = readRecording(text);
  expect(calls.map(({ action }) => action)).toContain('Invoke');
  expect(findings).toContainEqual({ name: 'token', state: 'ok' });
  for (const secret of [...Object.values(cloudAccount), account.secret, testEnv.CLOUDBASE_ENV_ID]) {
    expect(text).not.toContain(secret);
  }
});

test('--ci prints no colours, and marks what has failed', async () => {
  const { output, complaint } = await withWorker([fine], ['--ci'], {
    GITHUB_ACTIONS: 'true',
    FORCE_COLOR: '1',
  });

  expect(complaint).toBe('');
  expect(output).toContain('✓ WeChat, from the functions: ');
  expect(output).toMatch(/✓ token: The token was issued \d minutes ago/);
  expect(output).toContain('! callback/check: WeChat loses 20% of its packets');
  expect(output).toContain('! quotas: Used today: /cgi-bin/user/info: 90 of 100.');
  expect(output).toMatch(/^::error title=callback%3A URL check::/m);
});

test.each([
  ['until there is one', [refused, refused, fine], 600_000, 20_000],
  ['no longer than it may', [refused], 30_000, 30_000],
])('waits for a first token, %s', async (_, found, limitMs, waitedMs) => {
  const clock = createFakeClock(Date.now());
  const startedAt = clock.now();
  const said: string[] = [];
  let looks = 0;
  const examine = async () => {
    looks += 1;
    return (found[looks - 1] ?? found.at(-1)) as Examination;
  };
  const deployment = { ...deploymentOf({ env: testEnv, stage: 'dev' }), clock, examine };

  await clock.settle(
    waitForToken(deployment, limitMs, (why) => said.push(why)),
    700_000,
  );

  expect(said).toEqual(['WeChat answered 40164.']);
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(waitedMs);
  expect(clock.now() - startedAt).toBeLessThan(waitedMs + 10_000);
});

test('a token that WeChat Cloud gives has no document, and none is waited for', async () => {
  const inCloud = { ...fine, tokenSource: 'none', credentials: { ok: true, value: [] } };
  const deployment = {
    ...deploymentOf({ env: testEnv, stage: 'dev' }),
    examine: async () => inCloud as Examination,
  };
  const check = functionChecks.find(({ name }) => name === 'token');

  expect(await check?.run(deployment)).toMatchObject({
    state: 'ok',
    why: expect.stringContaining('TOKEN_SOURCE=none'),
  });
  await waitForToken(deployment, 600_000, (why) => {
    throw new Error(why);
  });
});

test('says that keys are missing', async () => {
  const { output } = await doctor([], testEnv);

  expect(output).toContain('TENCENTCLOUD_SECRET_ID');
});

test('names what is wrong with the variables that the account declares', async () => {
  const check = configurationChecks.find(({ name }) => name === 'variables of the account');
  const find = async (variables: Variables) => {
    const env = { ORDERS_URL: 'https://orders.test' };
    const readVariables = () => Promise.resolve(variables);
    return check?.run(deploymentOf({ env, stage: 'dev', readVariables }));
  };
  const ORDERS_URL = variable.url('Address of the order system');

  expect(await find({})).toEqual({ state: 'ok', why: 'It declares none.' });
  expect(await find({ ORDERS_URL })).toMatchObject({ state: 'ok' });
  await expect(find({ ORDERS_URL, SHOP: variable.text('Number of the shop') })).rejects.toThrow(
    'SHOP is missing (Number of the shop).',
  );
});

test.each([
  [0, 'ok'],
  [90_000, 'failure'],
  [-90_000, 'failure'],
])('a clock that is %i ms off: %s', async (skewMs, state) => {
  const api = createWechatApi({ account, now: Date.now });
  const wechat = await api.listen(0);
  const env = { ...testEnv, WECHAT_API_BASE_URL: wechat.url };
  const deployment = deploymentOf({ env, stage: 'dev' });
  const clock = { ...deployment.clock, now: () => Date.now() + skewMs };

  const check = configurationChecks.find(({ name }) => name === 'clock');
  const finding = await check?.run({ ...deployment, clock });
  await wechat.close();

  expect(finding).toMatchObject({ state });
});
