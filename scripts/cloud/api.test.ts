import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret } from '../../shared/kernel/secret.ts';
import { startTencent, type TencentEmulator } from '../emulator/tencent/index.ts';
import { type CloudApi, createCloudApi } from './api.ts';
import { outcomeOf } from './invocation.ts';

const account = {
  appid: '1251234567',
  uin: '100000000001',
  secretId: 'AKIDapi0000000000000001',
  secretKey: 'apisecretkey000000000001',
  sessionToken: 'apisessiontoken000000001',
};
let tencent: TencentEmulator;
let origin: string;

beforeAll(async () => {
  tencent = await startTencent({ account });
  origin = `http://127.0.0.1:${tencent.port}`;
});
afterAll(() => tencent.close());

function open(changes: { secretKey?: string; origin?: string } = {}): CloudApi {
  return createCloudApi({
    credentials: {
      secretId: account.secretId,
      secretKey: new Secret(changes.secretKey ?? account.secretKey),
      sessionToken: new Secret(account.sessionToken),
    },
    region: 'ap-shanghai',
    origin: changes.origin ?? origin,
  });
}

describe('the cloud API, by the official SDK against the emulator', () => {
  test('answers what is asked with temporary keys', async () => {
    expect(await open()('cam', 'GetUserAppId', {})).toMatchObject({
      AppId: 1251234567,
      Uin: account.uin,
    });
  });

  test('a refusal has the action, the code of the cloud, and what to do', async () => {
    await expect(open({ secretKey: 'other' })('cam', 'GetUserAppId', {})).rejects.toMatchObject({
      code: 'AuthFailure.SignatureFailure',
      message: expect.stringMatching(/^GetUserAppId failed: .*does not belong to/),
    });
    const missing = open()('scf', 'GetFunction', { FunctionName: 'nothing' });
    await expect(missing).rejects.toMatchObject({ code: 'ResourceNotFound.FunctionName' });
  });

  test('waits longer for the end of a function than for anything else', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const api = createCloudApi({
      credentials: { secretId: account.secretId, secretKey: new Secret(account.secretKey) },
      region: 'ap-shanghai',
      origin: `http://127.0.0.1:${port}`,
      limits: { seconds: 0.05, invokeSeconds: 600 },
    });
    let isOver = false;
    const invoking = api('scf', 'Invoke', { FunctionName: 'worker' })
      .catch(() => undefined)
      .finally(() => {
        isOver = true;
      });

    await expect(api('cam', 'GetUserAppId', {})).rejects.toThrow('GetUserAppId failed');
    expect(isOver).toBe(false);
    silent.closeAllConnections();
    silent.close();
    await invoking;
  });

  test('a call that comes too soon is made again', async () => {
    tencent.faults.add({ action: 'GetUserAppId', code: 'RequestLimitExceeded' });
    const before = tencent.calls.length;

    await open()('cam', 'GetUserAppId', {});

    expect(tencent.calls.slice(before).map(({ error }) => error)).toEqual([
      'RequestLimitExceeded',
      undefined,
    ]);
  });

  test('an answer that is not the cloud’s, and none at all, are told apart', async () => {
    const server = createServer((_, response) => response.end('<html>portal</html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const portal = open({ origin: `http://127.0.0.1:${port}` });

    await expect(portal('cam', 'GetUserAppId', {})).rejects.toMatchObject({ code: 'NotTheCloud' });
    await new Promise((resolve) => server.close(resolve));
    await expect(portal('cam', 'GetUserAppId', {})).rejects.toMatchObject({
      code: 'NoConnection',
      message: expect.stringContaining('cam.tencentcloudapi.com'),
    });
  });
});

describe('the answer of Invoke', () => {
  test.each([
    [{ RetMsg: '{"ok":true}' }, { ok: true, text: '{"ok":true}' }],
    [
      { RetMsg: '{}', InvokeResult: 0, ErrMsg: '' },
      { ok: true, text: '{}' },
    ],
    [
      { RetMsg: '{"errorCode":1,"errorMessage":"thrown"}' },
      { ok: false, message: 'thrown', text: '{"errorCode":1,"errorMessage":"thrown"}' },
    ],
    [
      { RetMsg: '', ErrMsg: 'timed out', InvokeResult: 1 },
      { ok: false, text: '', message: 'timed out' },
    ],
    [
      { RetMsg: '', InvokeResult: 433 },
      { ok: false, text: '', message: 'code 433' },
    ],
    [undefined, { ok: true, text: '' }],
  ])('%j', (answer, outcome) => {
    expect(outcomeOf(answer)).toEqual(outcome);
  });
});
