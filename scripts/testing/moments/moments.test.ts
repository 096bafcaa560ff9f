import { describe, expect, test } from '@jest/globals';
import { moments } from './moments.ts';
import { readOptions } from './options.ts';

const at = (text: string) => Date.parse(text);
const next = (name: keyof typeof moments, now: string) =>
  new Date(moments[name].next(at(now))).toISOString().slice(0, 19);

describe('the next such moment', () => {
  test.each([
    ['midnight', '2026-11-28T15:59:59Z', '2026-11-28T16:00:00'],
    ['midnight', '2026-11-28T16:00:00Z', '2026-11-29T16:00:00'],
    ['month-end', '2026-11-28T12:00:00Z', '2026-11-30T16:00:00'],
    ['month-end', '2026-12-31T16:00:00Z', '2027-01-31T16:00:00'],
    ['year-end', '2026-11-28T12:00:00Z', '2027-01-01T00:00:00'],
    ['leap-day', '2026-11-28T12:00:00Z', '2028-02-28T16:00:00'],
    ['leap-day', '2096-03-01T00:00:00Z', '2104-02-28T16:00:00'],
    ['clocks-forward', '2026-11-28T12:00:00Z', '2027-03-14T07:00:00'],
    ['clocks-forward', '2027-03-14T07:00:00Z', '2028-03-12T07:00:00'],
    ['clocks-back', '2026-11-28T12:00:00Z', '2027-11-07T06:00:00'],
  ] as const)('%s after %s is %s', (name, now, expected) => {
    expect(next(name, now)).toBe(expected);
  });

  test.each(['clocks-forward', 'clocks-back'] as const)('%s moves the clocks', (name) => {
    const { next, zone } = moments[name];
    const hour = (time: number) =>
      new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(
        time,
      );
    const moment = next(at('2026-11-28T12:00:00Z'));

    expect([hour(moment - 1), hour(moment)]).toEqual(
      name === 'clocks-forward' ? ['01', '03'] : ['01', '01'],
    );
  });
});

describe('the command', () => {
  const now = at('2026-11-28T15:00:00Z');

  test('starts a while before the moment, in its zone, and hands the rest to the tests', () => {
    expect(readOptions(['clocks-forward', '--lead', '30', 'shared/jobs', '-t', 'x'], now)).toEqual({
      offsetSeconds: (at('2027-03-14T07:00:00Z') - now) / 1_000 - 30,
      zone: 'America/New_York',
      rest: ['shared/jobs', '-t', 'x'],
    });
  });

  test('takes a time as well', () => {
    expect(readOptions(['2026-11-28T16:00:00+00:00'], now)).toEqual({
      offsetSeconds: 3_600 - 180,
      zone: undefined,
      rest: [],
    });
  });

  test.each([
    [['--help'], undefined],
    [[], undefined],
  ])('%j asks for help', (args, expected) => {
    expect(readOptions(args, now)).toBe(expected);
  });

  test.each([
    [['noon'], 'noon is no moment'],
    [['midnight', '--lead', 'soon'], '--lead'],
  ])('%j says what is wrong', (args, words) => {
    expect(() => readOptions(args, now)).toThrow(words);
  });
});
