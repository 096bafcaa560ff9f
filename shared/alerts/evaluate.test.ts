import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlertDocument, Notice } from './alert-document.ts';
import { evaluate, QUIET_MS, REPEAT_MS } from './evaluate.ts';
import type { Measure, RuleTable } from './rule.ts';

const MINUTE = 60_000;
const about = { summary: 'It is bad.', advice: 'Mend it.' };

const rules = {
  level: { ...about, above: 1 },
  rise: { ...about, above: 0, withinMs: 5 * MINUTE },
  share: { ...about, above: 0.1, withinMs: 5 * MINUTE, least: 5 },
} satisfies RuleTable;

type Measures = Readonly<Partial<Record<keyof typeof rules, Measure>>>;

/** Goes through minutes, each with its measures, and gives what was told in each. */
function play(minutes: readonly Measures[]) {
  let state: Pick<AlertDocument, 'samples' | 'active'> = { samples: [], active: [] };
  return minutes.map((measures, minute) => {
    const { notices, ...after } = evaluate(rules, state, measures, minute * MINUTE);
    state = after;
    return notices;
  });
}

const told = (notices: readonly Notice[][]) =>
  notices.flatMap((each, minute) => each.map(({ rule, status }) => `${minute} ${rule} ${status}`));

const level = (part: number): Measures => ({ level: { part } });
const repeat = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

describe('rules', () => {
  test('a level fires once above its limit, and is over after five quiet minutes', () => {
    const notices = play([level(1), level(2), level(3), ...repeat(7, level(0)), level(2)]);

    expect(told(notices)).toEqual(['1 level firing', '7 level resolved', '10 level firing']);
    expect(notices[1]?.[0]).toMatchObject({ value: 2, since: MINUTE });
    expect(notices[7]?.[0]).toMatchObject({ value: 0, since: MINUTE });
  });

  test('what flickers is one alert', () => {
    const flicker = Array.from({ length: 60 }, (_, i) => level(i % 4 === 0 ? 2 : 0));

    expect(told(play(flicker))).toEqual(['0 level firing']);
  });

  test('what goes on is told again, under another key', () => {
    const notices = play(repeat(REPEAT_MS / MINUTE + 1, level(2))).flat();

    expect(notices.map(({ key }) => key)).toEqual(['level.0.1', 'level.0.2']);
  });

  test('a rise is what was added within its time: the total of before tells nothing', () => {
    const total = (part: number): Measures => ({ rise: { part } });
    const notices = play([total(900), total(900), total(901), ...repeat(12, total(901))]);

    expect(told(notices)).toEqual(['2 rise firing', '11 rise resolved']);
  });

  test('a share needs a least number, and counts only what is new', () => {
    const share = (part: number, whole: number): Measures => ({ share: { part, whole } });

    expect(told(play([share(50, 100), share(54, 104), share(55, 105)]))).toEqual([
      '2 share firing',
    ]);
    expect(told(play([share(50, 100), share(60, 1_000)]))).toEqual([]);
  });

  test('what cannot be told changes nothing; a counter that fell began anew', () => {
    expect(told(play([level(2), ...repeat(20, {}), level(0)]))).toEqual([
      '0 level firing',
      '21 level resolved',
    ]);
    const total = (part: number): Measures => ({ rise: { part } });
    expect(told(play([total(900), total(0), total(0)]))).toEqual([]);
  });

  test('whatever is measured: firing and resolved take turns, and no key comes twice', () => {
    const measures = fc.record(
      {
        level: fc.record({ part: fc.nat(2) }),
        rise: fc.record({ part: fc.nat(5) }),
        share: fc.record({ part: fc.nat(20), whole: fc.nat(40) }),
      },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(fc.array(measures, { maxLength: 80 }), (minutes) => {
        const notices = play(minutes).flat();
        expect(new Set(notices.map(({ key }) => key)).size).toBe(notices.length);
        for (const name of Object.keys(rules)) {
          const own = notices.filter(({ rule }) => rule === name);
          own.forEach(({ status }, i) => {
            expect(status).toBe(i % 2 === 0 ? 'firing' : 'resolved');
          });
        }
      }),
      { numRuns: 500 },
    );
    expect(QUIET_MS).toBeGreaterThan(MINUTE);
  });
});
