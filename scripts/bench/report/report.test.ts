import { describe, expect, test } from '@jest/globals';
import { median, quantile } from './stats.ts';
import { format, tableOf } from './table.ts';

describe('stats', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('the median of %j is %d', (values, wanted) => {
    expect(median(values)).toBe(wanted);
  });

  test('a quantile lies between its neighbours in proportion', () => {
    expect(quantile([0, 10, 20, 30], 0.5)).toBe(15);
    expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
  });

  test('there is none of nothing', () => {
    expect(() => median([])).toThrow('There are no values.');
  });
});

test('a table is Markdown with its columns in line', () => {
  const table = tableOf({
    title: 'Title',
    note: 'Note.',
    columns: ['µs'],
    rows: [
      { name: 'a', values: [1234.5] },
      { name: 'bb', values: ['-'] },
    ],
    ratios: { 'a over b': 0.51234 },
  });

  expect(table).toBe(
    [
      ...['## Title', '', 'Note.', ''],
      ...['|     |   µs |', '| --- | ---: |', '| a   | 1235 |', '| bb  |    - |'],
      ...['', '- a over b: **0.512**', ''],
    ].join('\n'),
  );
});

test.each([
  [0.012345, '0.0123'],
  [12.345, '12.3'],
  [123.45, '123'],
  [0, '0'],
])('%d is written %s', (value, text) => {
  expect(format(value)).toBe(text);
});
