import { describe, expect, test } from '@jest/globals';
import { findLeaks } from './scan.ts';

const token = '80_abcDEF-_ghiJKL0123456789';
const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const evidence = { secrets: [token, aesKey, 'token'], openids: ['oAlice', 'oX'] };

describe('the search of the logs of a test run', () => {
  test.each([
    ['a token as a value', `{"details":{"a":"${token}"}}`],
    ['a token in a URL', `GET /cgi-bin/user/info?access_token=${token}&lang=zh`],
    ['a token at the end of a path', `/x/${token}`],
    ['an AES key in nested JSON', JSON.stringify({ text: JSON.stringify({ key: aesKey }) })],
    ['an openid in a sentence', '{"event":"oAlice has left"}'],
  ])('finds %s, and does not print it', (_, line) => {
    const leaks = findLeaks({ ...evidence, lines: ['{"event":"answered"}', line] });

    expect(leaks).toHaveLength(1);
    expect(leaks[0]?.leaked).not.toContain(token);
  });

  test('takes no common word and no part of another word for one', () => {
    const lines = ['{"event":"token renewed"}', '{"details":"oAliceInWonderland"}', '{"a":"oX"}'];

    expect(findLeaks({ ...evidence, lines })).toEqual([]);
  });
});
