import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { type Variables, variable } from '../../shared/index.ts';
import { fakedTime } from '../emulator/scf/faked-time.ts';
import { createWechatApi } from '../emulator/wechat/api.ts';
import { testEnv } from '../testing/test-account.ts';
import { configurationChecks } from './checks/configuration.ts';
import { deploymentOf } from './deployment.ts';

const account = { appid: testEnv.WECHAT_APPID, secret: testEnv.WECHAT_APPSECRET };

async function doctor(args: readonly string[], env: Record<string, string>) {
  const main = path.resolve(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { PATH: process.env.PATH ?? '', ...fakedTime(process.env), ...env },
    cwd: path.dirname(main),
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { output, code };
}

test('says which address to put into the whitelist, and what else is missing, without a secret', async () => {
  const api = createWechatApi({ account, now: Date.now, ipWhitelist: ['203.0.113.9'] });
  const wechat = await api.listen(0);

  const { output, code } = await doctor([], { ...testEnv, WECHAT_API_BASE_URL: wechat.url });
  await wechat.close();

  expect(code).toBe(1);
  expect(output).toMatch(
    /token, from this machine.*: token\.getStable: WeChat answered 40164.*Add 127\.0\.0\.1 to the IP whitelist/,
  );
  expect(output).toContain('TENCENTCLOUD_SECRET_ID');
  expect(output).toContain('clock');
  for (const secret of [
    testEnv.WECHAT_APPSECRET,
    testEnv.WECHAT_TOKEN,
    testEnv.WECHAT_ENCODING_AES_KEY,
  ]) {
    expect(output).not.toContain(secret);
  }
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
