import { expect, test } from '@jest/globals';
import { clipTo, padTo } from './width.ts';

const family = '👨‍👩‍👧';

test.each([
  ['a short text', 'menu', 6, 'menu  '],
  ['Chinese, two columns a character', '菜单', 6, '菜单  '],
  ['an emoji of several code points', `${family}好`, 6, `${family}好  `],
])('pads %s to columns of a terminal', (_, text, width, padded) => {
  expect(padTo(text, width)).toBe(padded);
});

test.each([
  ['a text that fits', '菜单', 4, '菜单'],
  ['Chinese', '你好，世界', 8, '你好，…'],
  ['emoji, none of which is cut', family.repeat(3), 5, `${family}${family}…`],
])('clips %s', (_, text, width, clipped) => {
  expect(clipTo(text, width)).toBe(clipped);
});
