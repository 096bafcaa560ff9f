import { describe, expect, test } from '@jest/globals';
import { testEnv } from '../../scripts/testing/test-account.ts';
import { accountKeyOf, findAccountKey } from './account-key.ts';
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

describe('the AppSecret', () => {
  const names = ['appid', 'appsecret', 'documentKey', 'tokenSource'] as const;
  const load = (env: Record<string, string>) => () => loadConfig({ WECHAT_APPID, ...env }, names);
  const DOCUMENT_KEY = 'a key of the documents of tests'.replaceAll(' ', '-').padEnd(32, '-');

  test('is asked for where it fetches the token', () => {
    expect(load({})).toThrow('WECHAT_APPSECRET is missing');
    expect(load({ DOCUMENT_KEY })).toThrow('WECHAT_APPSECRET is missing');
  });

  test.each(['none', 'file', 'header'])(
    'is not needed where TOKEN_SOURCE is %s, but then a key for the documents is',
    (TOKEN_SOURCE) => {
      expect(load({ TOKEN_SOURCE })).toThrow('DOCUMENT_KEY is missing: TOKEN_SOURCE is');
      expect(load({ TOKEN_SOURCE, DOCUMENT_KEY })).not.toThrow();
      expect(load({ TOKEN_SOURCE, ...pick(testEnv, 'WECHAT_APPSECRET') })).not.toThrow();
    },
  );

  test('or a key in its place is enough for a function that fetches no token', () => {
    const keys = ['appid', 'appsecret', 'documentKey'] as const;

    expect(() => loadConfig({ WECHAT_APPID }, keys)).toThrow('WECHAT_APPSECRET is missing');
    expect(() => loadConfig({ WECHAT_APPID, DOCUMENT_KEY }, keys)).not.toThrow();
  });

  test('gives way to the key of the documents, which may be what it was before a move', () => {
    const { appid, ...config } = loadConfig({ ...testEnv, DOCUMENT_KEY }, names);

    expect(findAccountKey({ appid, ...config })?.key.reveal()).toBe(DOCUMENT_KEY);
    expect(findAccountKey({ appid, appsecret: config.appsecret })?.key.reveal()).toBe(
      testEnv.WECHAT_APPSECRET,
    );
    expect(findAccountKey({ appid })).toBeUndefined();
    expect(() => accountKeyOf({ appid })).toThrow('one of them is needed');
  });
});

function pick<Name extends keyof typeof testEnv>(env: typeof testEnv, name: Name) {
  return { [name]: env[name] };
}
