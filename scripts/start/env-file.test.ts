import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readEnvFile, readLocalFile } from './env-file.ts';
import { accountOf } from './local-account.ts';
import { functionEnv } from './local-functions.ts';
import { newKeys } from './local-keys.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'env-'));
const file = path.join(folder, '.env.test');
afterAll(() => rmSync(folder, { recursive: true }));

describe('a real account from a file', () => {
  test('both sides get it; the functions then call WeChat, and the local database', () => {
    writeFileSync(
      file,
      [
        'WECHAT_APPID=wx1',
        'WECHAT_APPSECRET=s',
        'WECHAT_TOKEN=t',
        'WECHAT_MODE=safe',
        'OTHER=',
      ].join('\n'),
    );

    const env = readEnvFile(file);
    const account = accountOf('plain', newKeys(), env);

    expect(account).toMatchObject({ appid: 'wx1', secret: 's', token: 't', mode: 'plain' });
    const variables = functionEnv(account, newKeys(), env);
    expect(variables).toMatchObject({
      WECHAT_APPID: 'wx1',
      WECHAT_MODE: 'plain',
      CLOUDBASE_ENV_ID: 'fuwuhao-local',
    });
    expect(variables).not.toHaveProperty('WECHAT_API_BASE_URL');
    expect(variables).not.toHaveProperty('OTHER');
  });

  test('a file that lacks something is refused, and so is one that is not there', () => {
    writeFileSync(file, 'WECHAT_APPID=wx1');

    expect(() => readEnvFile(file)).toThrow('lacks WECHAT_APPSECRET, WECHAT_TOKEN');
    expect(() => readEnvFile(`${file}.gone`)).toThrow('ENOENT');
  });

  test('a variable under the name of an earlier version is refused with the new one', () => {
    writeFileSync(file, 'WORKER_KICK=none');

    expect(() => readLocalFile(file)).toThrow('WORKER_KICK is now WORKER_WAKE: rename it.');
    writeFileSync(file, 'WORKER_KICK=');
    expect(readLocalFile(file)).toEqual({});
  });
});
