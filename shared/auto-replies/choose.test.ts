import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectSame } from '../../scripts/testing/expect-same.ts';
import { answersOf, createChooser } from './choose.ts';
import type { Occasion } from './occasion.ts';
import type { AutoReplies, Keyword } from './rule.ts';
import { keywordRule, plainRule, rulesOf } from './samples.test-data.ts';
import type { AnswerTime } from './times.ts';

/** A Monday, 2026-11-30 at 10:00 in Beijing. */
const MONDAY = Date.UTC(2026, 10, 30, 2);
const HOUR = 3_600_000;

function nameFor(rules: AutoReplies, said: Occasion | string, now = MONDAY): string | undefined {
  const choose = createChooser(rules);
  return choose(typeof said === 'string' ? { type: 'text', content: said } : said, now)?.rule.name;
}

describe('a text', () => {
  const answers = (keyword: Keyword, text: string) =>
    nameFor(rulesOf({ keywords: [keywordRule(keyword, 'yes')] }), text) === 'yes';

  test.each<[Keyword['match'], string, string, boolean]>([
    ['equal', 'wifi', ' WiFi ', true],
    ['equal', 'wifi', 'ＷＩＦＩ', true],
    ['equal', 'wifi', 'wifi?', false],
    ['contains', '退款', '我要退款！', true],
    ['contains', '退款', '退 款', false],
    ['pattern', '几点*门', '几点开门', true],
    ['pattern', '几点*门', '你们几点开门', false],
    ['pattern', 'ROOM ##', 'room １２', true],
    ['button', 'HELP', 'HELP', false],
  ])('%s %s, to %s: %s', (match, text, said, fits) => {
    expect(answers({ match, text }, said)).toBe(fits);
  });

  test('that is or has the word has it in every way to type it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (word) => {
        fc.pre(word.trim() !== '');
        expectSame(answers({ match: 'equal', text: word }, ` ${word} `), true);
        expectSame(answers({ match: 'contains', text: word }, `说 ${word} 吧`), true);
      }),
    );
  });

  test('is answered by the first rule that fits and is on, else by one of "otherwise"', () => {
    const rules = rulesOf({
      keywords: [
        keywordRule('a', 'off', { isOn: false }),
        keywordRule({ match: 'contains', text: 'a' }, 'first'),
        keywordRule('a', 'second'),
      ],
      otherwise: [plainRule('rest')],
    });

    expect(nameFor(rules, 'a')).toBe('first');
    expect(nameFor(rules, 'b')).toBe('rest');
    expect(nameFor(rules, { type: 'other' })).toBe('rest');
    expect(nameFor(rules, { type: 'button', key: 'a' })).toBeUndefined();
    expect(nameFor(rulesOf({}), 'a')).toBeUndefined();
  });
});

test('a tap on the menu has the keyword of its key, letter by letter', () => {
  const rules = rulesOf({ keywords: [keywordRule({ match: 'button', text: 'HELP' }, 'help')] });

  expect(nameFor(rules, { type: 'button', key: 'HELP' })).toBe('help');
  expect(nameFor(rules, { type: 'button', key: 'help' })).toBeUndefined();
});

test('who follows is answered by the scene of the code, and who scans it only where that is wanted', () => {
  const rules = rulesOf({
    follow: [
      { ...plainRule('shop'), scenes: ['shop-1', 'shop-2'], alsoScans: true },
      { ...plainRule('fair'), scenes: ['fair'] },
      plainRule('welcome'),
    ],
    otherwise: [plainRule('rest')],
  });

  expect(nameFor(rules, { type: 'follow', scene: 'shop-2' })).toBe('shop');
  expect(nameFor(rules, { type: 'follow', scene: 'fair' })).toBe('fair');
  expect(nameFor(rules, { type: 'follow', scene: 'elsewhere' })).toBe('welcome');
  expect(nameFor(rules, { type: 'follow' })).toBe('welcome');
  expect(nameFor(rules, { type: 'scan', scene: 'shop-1' })).toBe('shop');
  expect(nameFor(rules, { type: 'scan', scene: 'fair' })).toBeUndefined();
});

describe('times in Beijing', () => {
  const isOn = (time: AnswerTime, now: number) =>
    nameFor(rulesOf({ otherwise: [plainRule('on', { times: [time] })] }), 'x', now) === 'on';

  test.each<[string, AnswerTime, number, boolean]>([
    ['office hours', { hours: { from: '09:00', until: '18:00' } }, MONDAY, true],
    ['their first minute', { hours: { from: '10:00', until: '18:00' } }, MONDAY, true],
    ['their end', { hours: { from: '09:00', until: '10:00' } }, MONDAY, false],
    ['a day of the week', { days: [1] }, MONDAY, true],
    ['another', { days: [7] }, MONDAY, false],
    ['the Sunday before, in UTC still', { days: [7] }, MONDAY - 11 * HOUR, true],
    ['a date', { dates: { from: '2026-11-30', until: '2026-11-30' } }, MONDAY, true],
    [
      'the day after',
      { dates: { from: '2026-11-30', until: '2026-11-30' } },
      MONDAY + 24 * HOUR,
      false,
    ],
    [
      'the night, before midnight',
      { days: [1], hours: { from: '22:00', until: '06:00' } },
      MONDAY + 13 * HOUR,
      true,
    ],
    [
      'the night, after midnight',
      { days: [1], hours: { from: '22:00', until: '06:00' } },
      MONDAY + 17 * HOUR,
      true,
    ],
    [
      'the night before',
      { days: [1], hours: { from: '22:00', until: '06:00' } },
      MONDAY - 7 * HOUR,
      false,
    ],
    [
      'until the end of the day',
      { hours: { from: '18:00', until: '24:00' } },
      MONDAY + 13.9 * HOUR,
      true,
    ],
  ])('%s', (_, time, now, expected) => {
    expect(isOn(time, now)).toBe(expected);
  });

  test('of two halves of a day exactly one is on, at any minute', () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    const clock = (at: number) => new Date(at * 60_000).toISOString().slice(11, 16);
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 0, max: 4e12 }), (a, b, now) => {
        fc.pre(a !== b);
        const one = isOn({ hours: { from: clock(a), until: clock(b) } }, now);
        const other = isOn({ hours: { from: clock(b), until: clock(a) } }, now);
        expectSame(one !== other, true);
      }),
    );
  });
});

test('one of several answers is chosen by the message: the same for each delivery, and all come', () => {
  const answers = ['a', 'b', 'c'].map((content) => ({ type: 'text' as const, content }));
  const rule = plainRule('r', { give: 'random', answers });
  const given = Array.from({ length: 300 }, (_, n) => answersOf(rule, () => `message ${n}`));
  const again = Array.from({ length: 300 }, (_, n) => answersOf(rule, () => `message ${n}`));

  expect(given).toEqual(again);
  for (const answer of answers) {
    const times = given.filter(([only]) => only === answer).length;
    expect(times).toBeGreaterThan(60);
  }
  expect(answersOf({ ...rule, give: 'all' }, () => '')).toBe(answers);
});
