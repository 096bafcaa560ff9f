import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectSame } from '../../scripts/testing/expect-same.ts';
import { patternMatcher } from './pattern.ts';

const asItIs = (text: string) => text;
const matches = (pattern: string, text: string) => patternMatcher(pattern, asItIs)(text);

/** The same as a regular expression, which is how one would write it if nobody were to misuse it. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.matchAll(/\\(.)|(.)/gsu);
  const source = Array.from(parts, ([, escaped, plain = '']) => {
    if (escaped === undefined && plain === '*') return '.*';
    if (escaped === undefined && plain === '?') return '.';
    if (escaped === undefined && plain === '#') return '\\d';
    return (escaped ?? plain).replace(/[.*+?^${}()|[\]\\]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'su');
}

describe('a pattern', () => {
  test.each([
    ['订单*', '订单', true],
    ['订单*', '订单 2026 号', true],
    ['订单*', '我的订单', false],
    ['*退款*', '怎么退款呢', true],
    ['第?杯', '第二杯', true],
    ['第?杯', '第杯', false],
    ['房间###', '房间305', true],
    ['房间###', '房间30五', false],
    ['a*b*c', 'a-b-b-c', true],
    ['5\\*5', '5*5', true],
    ['5\\*5', '565', false],
    ['a\\', 'a\\', true],
    ['*', '', true],
    ['', '', true],
    ['?', '😀', true],
    ['.+', 'ab', false],
  ])('%s, to the text %s: %s', (pattern, text, fits) => {
    expect(matches(pattern, text)).toBe(fits);
  });

  test('matches what the regular expression of the same meaning matches', () => {
    const unit = fc.constantFrom('a', 'b', '7', '单', '*', '?', '#', '\\', '.', '😀', '\n');
    const pattern = fc
      .string({ unit, maxLength: 12 })
      .filter((text) => !/(?<!\\)(?:\\\\)*\\$/.test(text));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '7', '单', '*', '.', '😀', '\n') });

    fc.assert(
      fc.property(pattern, text, (from, said) => {
        expectSame(matches(from, said), expressionOf(from).test(said));
      }),
      { numRuns: 5_000 },
    );
  });

  test('that would take a regular expression for ever takes a moment', () => {
    const text = `${'a'.repeat(2_047)}b`;
    const before = process.cpuUsage();

    expect(matches(`${'*a'.repeat(30)}c`, text)).toBe(false);
    expect(matches(`${'*?'.repeat(30)}c`, text)).toBe(false);

    // A moment is some milliseconds; however slow the machine, it is not for ever.
    const { user } = process.cpuUsage(before);
    expect(user).toBeLessThan(5_000_000);
  });
});
