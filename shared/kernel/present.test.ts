import { expect, test } from '@jest/globals';
import { present } from './present.ts';

test('fields that are undefined are absent, and other empty values stay', () => {
  expect(Object.entries(present({ a: undefined, b: null, c: 0, d: '', e: false }))).toEqual([
    ['b', null],
    ['c', 0],
    ['d', ''],
    ['e', false],
  ]);
});
