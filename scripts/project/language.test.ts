import { expect, test } from '@jest/globals';
import { languageOf } from './language.ts';

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'en-US', 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'zh-CN', 'en'],
  [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'zh_TW' }, 'en-US', 'zh'],
  [{ LANG: 'de_DE.UTF-8' }, 'zh-CN', 'en'],
  [{}, 'zh-CN', 'zh'],
  [{ LANG: '' }, 'en-US', 'en'],
] as const)('%j on a system in %s speaks %s', (env, system, language) => {
  expect(languageOf(env, system)).toBe(language);
});
