import { expect, test } from '@jest/globals';
import { createFakeClock } from '../../../scripts/testing/fake-clock.ts';
import { testEnv } from '../../../scripts/testing/test-account.ts';
import { loadConfig } from '../../kernel/config.ts';
import { createLog } from '../../kernel/log.ts';
import { apiSettings } from './api-settings.ts';
import { callerOptions } from './wechat-client.ts';
import { systemWorld } from './world.ts';

function optionsOf(env: Readonly<Record<string, string>>) {
  const world = { ...systemWorld, clock: createFakeClock() };
  const log = createLog({ write: () => {}, now: world.clock.now, level: 'error' });
  const config = loadConfig({ ...testEnv, DOCUMENT_KEY: 'k'.repeat(32), ...env }, apiSettings);
  return callerOptions(world, config, log);
}

test.each([
  ['document', 'https://api.weixin.qq.com', 4, undefined],
  ['none', 'http://api.weixin.qq.com', 0, undefined],
  ['file', 'https://api.weixin.qq.com', 0, 'cloudbase_access_token'],
  ['header', 'https://api.weixin.qq.com', 0, 'cloudbase_access_token'],
])(
  'where the token comes from %s, WeChat is called at %s and %d other hosts',
  (TOKEN_SOURCE, baseUrl, others, field) => {
    const options = optionsOf({ TOKEN_SOURCE, WECHAT_API_BASE_URL: 'https://api.weixin.qq.com' });

    expect(options).toMatchObject({ baseUrl });
    expect(options.fallbackUrls).toHaveLength(others);
    expect(options.token.field).toBe(field);
  },
);

test('an emulator stays where it is, whatever the source', () => {
  const WECHAT_API_BASE_URL = 'http://127.0.0.1:9';

  for (const TOKEN_SOURCE of ['document', 'none', 'file', 'header']) {
    expect(optionsOf({ TOKEN_SOURCE, WECHAT_API_BASE_URL })).toMatchObject({
      baseUrl: WECHAT_API_BASE_URL,
      fallbackUrls: [],
    });
  }
});
