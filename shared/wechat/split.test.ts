import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_TEXT_BYTES } from './limits.ts';
import { split } from './split.ts';

const bytes = (text: string) => Buffer.byteLength(text);
const visible = (text: string) => text.replace(/\s/g, '');

describe('split', () => {
  test('leaves a text that fits as it is', () => {
    expect(split('你好，世界。\n\n  再见')).toEqual(['你好，世界。\n\n  再见']);
  });

  test('gives nothing for white space', () => {
    expect(split(' \n\n ')).toEqual([]);
  });

  test('two thousand Chinese characters come whole, in texts that end with a sentence', () => {
    const content = '春眠不觉晓，处处闻啼鸟。'.repeat(168);

    const parts = split(content);

    expect(parts.join('')).toBe(content);
    expect(parts).toHaveLength(3);
    expect(parts.every((part) => part.endsWith('。') && bytes(part) <= MAX_TEXT_BYTES)).toBe(true);
  });

  test.each([
    ['a paragraph', 'One. Two.\n\nThree. Four. Five', 22, ['One. Two.', 'Three. Four. Five']],
    ['a line', 'One. Two.\nThree. Four. Five', 20, ['One. Two.', 'Three. Four. Five']],
    ['a sentence', 'First thing. Second thing, third', 26, ['First thing.', 'Second thing, third']],
    ['a question', '今天好吗？很好很好很好', 24, ['今天好吗？', '很好很好很好']],
    ['a clause', '一二三四五，六七八九十', 24, ['一二三四五，', '六七八九十']],
    ['a word', 'alpha beta gamma', 12, ['alpha beta', 'gamma']],
    ['a character', '一二三四五', 7, ['一二', '三四', '五']],
    ['a full size rather than a pause too early', 'a. bcdefghijkl', 8, ['a. bcdef', 'ghijkl']],
  ])('cuts at %s', (_, content, maxBytes, expected) => {
    expect(split(content, maxBytes)).toEqual(expected);
  });

  test('a number is no end of a sentence', () => {
    expect(split('It costs 3.14 yuan', 12)).toEqual(['It costs', '3.14 yuan']);
  });

  test.each([
    ['an emoji of several code points', '好好👨‍👩‍👧‍👦', 28, ['好好', '👨‍👩‍👧‍👦']],
    [
      'an address',
      'See https://example.com/a?b=1,2 now',
      28,
      ['See', 'https://example.com/a?b=1,2', 'now'],
    ],
    [
      'a link',
      'Please <a href="https://e.cn/x">tap on this</a> now',
      44,
      ['Please', '<a href="https://e.cn/x">tap on this</a> now'],
    ],
    [
      'a fenced block',
      'So:\n```js\nconst a = 1;\n\nconst b = 2;\n```\ndone',
      39,
      ['So:', '```js\nconst a = 1;\n\nconst b = 2;\n```', 'done'],
    ],
  ])('keeps %s whole', (_, content, maxBytes, expected) => {
    expect(split(content, maxBytes)).toEqual(expected);
  });

  test('cuts a block that is longer than a message between its lines, and keeps its indentation', () => {
    expect(split('```\nif (a) {\n  doThis();\n  doThat();\n}\n```', 26)).toEqual([
      '```\nif (a) {\n  doThis();',
      '  doThat();\n}\n```',
    ]);
  });

  test.each([3, 0, -1, Number.NaN])('refuses texts of %d bytes', (maxBytes) => {
    expect(() => split('text', maxBytes)).toThrow('cannot hold a character');
  });

  const writing = fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
        fc.constantFrom(
          '。',
          '，',
          '. ',
          '\n',
          '\n\n',
          '\n```\n',
          '<a href="x">',
          '</a>',
          '👨‍👩‍👧‍👦',
        ),
        fc.webUrl(),
      ),
      { maxLength: 60 },
    )
    .map((pieces) => pieces.join(''));

  test('nothing is lost or doubled, every text fits, and a text that fits is not cut again', () => {
    fc.assert(
      fc.property(writing, fc.integer({ min: 4, max: 400 }), (content, maxBytes) => {
        const parts = split(content, maxBytes);

        expect(visible(parts.join(''))).toBe(visible(content));
        for (const part of parts) {
          expect(bytes(part)).toBeLessThanOrEqual(maxBytes);
          expect(visible(part)).not.toBe('');
          expect(split(part, maxBytes)).toEqual([part]);
        }
      }),
    );
  });

  test('no emoji and no address that fits is ever torn', () => {
    const whole = fc.constantFrom(
      '👨‍👩‍👧‍👦',
      '🇨🇳',
      '❤️',
      'https://example.com/path?q=1.2,3',
      'é',
      '👍🏽',
    );
    const words = fc.array(fc.oneof(whole, fc.constantFrom('好', 'ab', ' ', '。', '\n')), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 120 }), (pieces, maxBytes) => {
        // A space keeps an address from going on in the next word.
        const content = pieces.join(' ');
        const count = (texts: readonly string[], piece: string) =>
          texts.reduce((sum, text) => sum + text.split(piece).length - 1, 0);

        const parts = split(content, maxBytes);

        for (const piece of new Set(pieces.filter((piece) => piece.trim() !== ''))) {
          expect(count(parts, piece)).toBe(count([content], piece));
        }
      }),
    );
  });

  test('a text full of links that never end is read in linear time', () => {
    const content = '<a href="x">'.repeat(20_000);

    expect(visible(split(content).join(''))).toBe(visible(content));
  });
});
