import { describe, expect, test } from '@jest/globals';
import { testEnv } from '../../scripts/testing/test-account.ts';
import { loadConfig } from './config.ts';
import { AppError } from './errors.ts';

const { WECHAT_APPID, WECHAT_TOKEN, WECHAT_ENCODING_AES_KEY } = testEnv;
const good = { WECHAT_APPID, WECHAT_TOKEN, WECHAT_ENCODING_AES_KEY };
const callback = ['appid', 'token', 'mode', 'encodingAesKey', 'timestampWindowSeconds'] as const;

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env, callback);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') {
      return error.details.problems as string[];
    }
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  test('reads what was named, with defaults', () => {
    const config = loadConfig(good, callback);

    expect(config.appid).toBe(WECHAT_APPID);
    expect(config.mode).toBe('safe');
    expect(config.timestampWindowSeconds).toBe(600);
    expect(config.token.reveal()).toBe('testtoken');
  });

  test('lists all that is wrong at once, without the values', () => {
    const problems = problemsOf({
      WECHAT_APPID: 'wx-secret-looking',
      WECHAT_MODE: 'open',
      WECHAT_TIMESTAMP_WINDOW_SECONDS: '5 minutes',
    });

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'WECHAT_APPID',
      'WECHAT_TOKEN',
      'WECHAT_MODE',
      'WECHAT_TIMESTAMP_WINDOW_SECONDS',
      'WECHAT_ENCODING_AES_KEY',
    ]);
    expect(problems.join()).not.toContain('wx-secret-looking');
  });

  test('says what is wrong once, however often it was named', () => {
    const load = () => loadConfig({}, ['appid', 'cloudbaseEnvId', 'appid', 'cloudbaseEnvId']);

    expect(load).toThrow(/^[^\n]*(\n- (WECHAT_APPID|CLOUDBASE_ENV_ID) [^\n]*){2}$/);
  });

  test('says which name a variable has now, to those alone that read it', () => {
    const env = { ...good, WORKER_KICK: 'none' };

    expect(() => loadConfig(env, ['workerWake'])).toThrow('WORKER_KICK is now WORKER_WAKE');
    expect(problemsOf(env)).toEqual([]);
    expect(loadConfig({ WORKER_KICK: '' }, ['workerWake'])).toEqual({ workerWake: undefined });
  });

  test('asks for the key in every mode but plain, and takes an empty variable as missing', () => {
    const keyless = { ...good, WECHAT_ENCODING_AES_KEY: '' };

    expect(problemsOf({ ...keyless, WECHAT_MODE: 'compat' })).toHaveLength(1);
    expect(problemsOf({ ...keyless, WECHAT_MODE: 'plain' })).toEqual([]);
  });
});
