import { expect, test } from '@jest/globals';
import { chinaDay, chinaHour, chinaMonth, chinaTime, startOfChinaDay } from './china-time.ts';

const at = (text: string) => Date.parse(text);

test('a day begins and ends at midnight in China', () => {
  const last = at('2026-11-30T15:59:59.999Z');
  const first = at('2026-11-30T16:00:00Z');

  expect(chinaDay(first) - chinaDay(last)).toBe(1);
  expect(startOfChinaDay(chinaDay(first))).toBe(first);
  expect([chinaHour(last), chinaHour(first)]).toEqual([23, 0]);
  expect([chinaTime(last), chinaTime(first)]).toEqual(['2026-11-30 23:59', '2026-12-01 00:00']);
});

test.each([
  ['2026-11-15T00:00:00Z', 30],
  ['2026-12-31T15:00:00Z', 31],
  ['2028-02-10T00:00:00Z', 29],
])('the month of %s has its days', (text, days) => {
  const day = chinaDay(at(text));
  const { from, until } = chinaMonth(day);

  expect(until - from).toBe(days);
  expect(day >= from && day < until).toBe(true);
  expect(chinaMonth(until).from).toBe(until);
});
