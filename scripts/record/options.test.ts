import { expect, test } from '@jest/globals';
import { readOptions } from './options.ts';

test('takes one file, and knows the rest', () => {
  expect(readOptions(['a.json'])).toEqual({
    file: 'a.json',
    openid: 'oAlice',
    last: Number.POSITIVE_INFINITY,
  });
  expect(readOptions(['a.json', '--follower', 'oBob', '--last', '3', '--port', '9000'])).toEqual({
    file: 'a.json',
    openid: 'oBob',
    last: 3,
    port: 9000,
  });
  expect(readOptions(['--help'])).toBe('help');
});

test.each([
  [[], 'Name one file'],
  [['a', 'b'], 'Name one file'],
  [['a', '--last', 'x'], '--last must be a number'],
  [['a', '--port', '0'], '--port must be a number'],
  [['a', '--colour'], '--colour'],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
