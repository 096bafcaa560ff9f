import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCron, toCroner } from './cron.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const beijing = (text: string) => Date.parse(`${text}+08:00`);

describe('parseCron', () => {
  test.each([
    ['0 */5 * * * * *', '2026-01-01T00:02:00', '2026-01-01T00:05:00'],
    ['0 30 9 * * * *', '2026-01-01T09:30:00', '2026-01-02T09:30:00'],
    ['*/20 * * * * * *', '2026-01-01T00:00:41', '2026-01-01T00:01:00'],
    ['0 15/20 * * * * *', '2026-01-01T00:36:00', '2026-01-01T00:55:00'],
    ['0 0 10-12/2 * * * *', '2026-01-01T11:00:00', '2026-01-01T12:00:00'],
    ['0 0 8 * * MON-FRI *', '2026-01-03T00:00:00', '2026-01-05T08:00:00'],
    ['0 0 8 * * 0 *', '2026-01-01T00:00:00', '2026-01-04T08:00:00'],
    ['0 0 0 1 jan,JUL * *', '2026-01-01T00:00:00', '2026-07-01T00:00:00'],
    ['0 0 0 29 2 * *', '2026-01-01T00:00:00', '2028-02-29T00:00:00'],
    ['0 0 0 15 * MON *', '2026-01-13T00:00:00', '2026-01-15T00:00:00'],
    ['0 0 0 1 1 * 2030', '2026-01-01T00:00:00', '2030-01-01T00:00:00'],
    ['0 */90 * * * * *', '2026-01-01T00:01:00', '2026-01-01T01:00:00'],
  ])('%s after %s is %s in Beijing', (cron, after, next) => {
    expect(parseCron(cron).next(beijing(after))).toBe(beijing(next));
  });

  test.each([['0 0 0 1 1 * 2020'], ['0 0 0 30 2 * *']])('%s never comes', (cron) => {
    expect(parseCron(cron).next(beijing('2026-01-01T00:00:00'))).toBeUndefined();
  });

  test.each([
    ['*/5 * * * *', 'has 5 fields'],
    ['60 * * * * * *', '"60" is no second (0 to 59)'],
    ['0 0 24 * * * *', 'no hour'],
    ['0 0 0 0 * * *', 'no day'],
    ['0 0 0 * 13 * *', 'no month'],
    ['0 0 0 * * 7 *', 'no week'],
    ['0 0 0 * * * 1969', 'no year'],
    ['0 5-3 * * * * *', 'no minute'],
    ['0 */0 * * * * *', 'no minute'],
    ['0 1, * * * * *', 'no minute'],
    ['0 0 0 L * * *', 'no day'],
    ['0 0 0 ? * * *', 'no day'],
    ['0 *-5 * * * * *', 'no minute'],
  ])('%s is refused: %s', (cron, why) => {
    expect(() => parseCron(cron)).toThrow(why);
  });

  test('any text is a schedule or a clear error', () => {
    const pieces = fc.constantFrom(
      '*',
      '0',
      '5',
      '59',
      '-',
      '/',
      ',',
      'MON',
      '2026',
      ' ',
      'x',
      '#',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
        try {
          expect(toCroner(parts.join(''))).toMatch(/^((\*|[\d,]+) ){6}(\*|[\d,]+)$/);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: ".*" (has \d+ fields|is no \w+)/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the next time is the first second of the coming days that fits every field', () => {
    const some = (min: number, max: number) =>
      fc.oneof(
        fc.constant({ text: '*', fits: () => true }),
        fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 }).map((list) => ({
          text: list.join(','),
          fits: (value: number) => list.includes(value),
        })),
        fc.tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 9 })).map(([from, step]) => ({
          text: `${from}/${step}`,
          fits: (value: number) => value >= from && (value - from) % step === 0,
        })),
      );
    const start = Date.UTC(2026, 0, 1);
    const end = start + 3 * DAY;
    fc.assert(
      fc.property(
        some(0, 59),
        some(0, 23),
        some(0, 6),
        fc.integer({ min: 0, max: DAY / 1000 }),
        (minute, hour, week, seconds) => {
          const after = start + seconds * 1000;
          const cron = `0 ${minute.text} ${hour.text} * * ${week.text} *`;
          let expected: number | undefined;
          const firstMinute = Math.floor(after / 60_000) * 60_000 + 60_000;
          for (let at = firstMinute; at < end && expected === undefined; at += 60_000) {
            // Beijing has had no daylight saving time since 1991.
            const there = new Date(at + 8 * HOUR);
            const fits =
              minute.fits(there.getUTCMinutes()) &&
              hour.fits(there.getUTCHours()) &&
              week.fits(there.getUTCDay());
            if (fits) expected = at;
          }

          const next = parseCron(cron).next(after);

          expect(next !== undefined && next < end ? next : undefined).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
