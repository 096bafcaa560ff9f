import { expect, test } from '@jest/globals';
import { pretty, spanIn } from './format.ts';

test('spans have two units at most', () => {
  const spans = [0, 999, 61_000, 7_200_000, 172_860_000];

  expect(spans.map((ms) => spanIn('en', ms))).toEqual([
    '0 s',
    '0 s',
    '1 min 1 s',
    '2 h',
    '2 d 1 min',
  ]);
  expect(spans.map((ms) => spanIn('zh', ms))).toEqual([
    '0 秒',
    '0 秒',
    '1 分钟 1 秒',
    '2 小时',
    '2 天 1 分钟',
  ]);
});

test('XML and JSON get line breaks, anything else stays', () => {
  expect(pretty('<xml><A><![CDATA[<b>]]></A><C><D>1</D></C></xml>')).toBe(
    ['<xml>', '  <A><![CDATA[<b>]]></A>', '  <C>', '    <D>1</D>', '  </C>', '</xml>'].join('\n'),
  );
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('success')).toBe('success');
});
