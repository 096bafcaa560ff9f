import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CloudApiError } from '../cloud/api.ts';
import { type RecordedCall, recordingApi, replayingApi } from '../cloud/recording.ts';
import { createRedactor } from '../cloud/redaction.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { testEnv } from '../testing/test-account.ts';
import { deploymentOf } from './deployment.ts';
import { examine } from './doctor.ts';
import { knownValues, readRecording } from './recording.ts';

const folder = path.join(import.meta.dirname, 'recorded');
/** Findings that rest on the cloud API alone; the others look at the callback itself and at this machine. */
const OF_THE_CLOUD = [
  'collections',
  'WeChat, from the functions',
  'token',
  'dead letters',
  'callback/check',
  'quotas',
];

describe('what users have recorded', () => {
  test.each(readdirSync(folder))('%s is found again', async (file) => {
    const recording = readRecording(readFileSync(path.join(folder, file), 'utf8'));
    const deployment = deploymentOf({
      env: { ...testEnv, WECHAT_API_BASE_URL: 'http://127.0.0.1:9', ...recording.env },
      stage: recording.stage,
      url: 'http://127.0.0.1:9/',
      cloud: replayingApi(recording.calls),
      clock: createFakeClock(recording.at),
    });

    const found = await examine(deployment, () => {});

    const ofTheCloud = (all: readonly { readonly name: string; readonly state: string }[]) =>
      all.filter(({ name }) => OF_THE_CLOUD.includes(name)).map(({ name, state }) => [name, state]);
    expect(ofTheCloud(found)).toEqual(ofTheCloud(recording.findings));
    expect(recording.calls.length).toBeGreaterThan(0);
  });
});

describe('what is recorded', () => {
  const env = {
    ...testEnv,
    TENCENTCLOUD_SECRET_ID: 'AKIDrecorded00000000001',
    TENCENTCLOUD_SECRET_KEY: 'recordedsecretkey0000001',
    CLOUDBASE_ENV_ID: 'shop-7g8h9i',
  };
  const answer = {
    AppId: 1251234567,
    EnvId: 'shop-7g8h9i',
    FunctionName: 'fuwuhao-prod2-callback',
    Status: 'Active',
    Runtime: 'Nodejs24.11',
    Environment: {
      Variables: [
        { Key: 'WECHAT_APPSECRET', Value: env.WECHAT_APPSECRET },
        { Key: 'ORDERS_PASSWORD', Value: 'swordfish' },
      ],
    },
    TriggerDesc: JSON.stringify({
      AuthType: 'NONE',
      NetConfig: { ExtranetUrl: 'https://1251234567-abc.ap-shanghai.tencentscf.com' },
    }),
    EipAddress: ['203.0.113.7'],
    RetMsg: JSON.stringify({ ok: true, data: { nickname: '小明', count: 3 } }),
  };

  test('has no secret, no id and no text of anybody, and keeps what the API says', async () => {
    const calls: RecordedCall[] = [];
    const api = recordingApi(
      async () => answer as never,
      createRedactor(knownValues(env)),
      (call) => calls.push(call),
    );
    await api('scf', 'GetFunction', {
      FunctionName: 'fuwuhao-prod2-callback',
      Namespace: env.CLOUDBASE_ENV_ID,
    });
    const text = JSON.stringify(calls);

    for (const secret of [
      env.WECHAT_APPSECRET,
      env.TENCENTCLOUD_SECRET_KEY,
      env.CLOUDBASE_ENV_ID,
      'swordfish',
      '1251234567',
      '203.0.113.7',
      'tencentscf.com',
      '小明',
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(calls).toMatchObject([
      {
        request: { FunctionName: 'fuwuhao-prod2-callback', Namespace: 'recorded-env' },
        response: {
          EnvId: 'recorded-env',
          FunctionName: 'fuwuhao-prod2-callback',
          Status: 'Active',
          Runtime: 'Nodejs24.11',
          Environment: { Variables: [{ Key: 'WECHAT_APPSECRET' }, { Key: 'ORDERS_PASSWORD' }] },
        },
      },
    ]);
  });

  test('of an error keeps the code and says nothing of the account', async () => {
    const calls: RecordedCall[] = [];
    const refuse = async (): Promise<never> => {
      throw new CloudApiError(
        'GetFunction',
        'AuthFailure',
        `uin 100000000001 of ${env.CLOUDBASE_ENV_ID}`,
      );
    };
    const api = recordingApi(refuse, createRedactor(knownValues(env)), (call) => calls.push(call));
    await expect(api('cam', 'GetUserAppId', {})).rejects.toThrow('100000000001');

    expect(calls[0]?.error).toEqual({
      code: 'AuthFailure',
      message: 'GetFunction failed: AuthFailure. uin text-1 of recorded-env',
    });
    await expect(replayingApi(calls)('cam', 'GetUserAppId', {})).rejects.toMatchObject({
      code: 'AuthFailure',
      message: calls[0]?.error?.message,
    });
  });

  test('is the same for the same text, and no text of a field that is not known gets through', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        const redactor = createRedactor({});
        const given = { Alias: a, Remark: a, Owner: b };
        const { Alias, Remark, Owner } = redactor.value(given) as Record<string, string>;
        expect(Alias).toBe(Remark);
        for (const out of [Alias, Owner]) expect(out).toMatch(/^(?:text-\d|[[{])/);
        return true;
      }),
    );
  });

  test('equal calls get their answers in turn, and the last one stays', async () => {
    const call = (n: number): RecordedCall => ({
      service: 'scf',
      action: 'GetFunction',
      request: { FunctionName: 'a' },
      response: { n },
    });
    const api = replayingApi([call(1), call(2)]);
    const ask = () => api('scf', 'GetFunction', { FunctionName: 'a' });

    expect([await ask(), await ask(), await ask()]).toEqual([{ n: 1 }, { n: 2 }, { n: 2 }]);
    await expect(api('cam', 'GetUserAppId', {})).rejects.toThrow('has no cam GetUserAppId');
  });
});
