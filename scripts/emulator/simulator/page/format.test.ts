import { expect, test } from '@jest/globals';
import { pretty, span } from './format.ts';

test('spans have two units at most', () => {
  expect([0, 999, 61_000, 7_200_000, 172_860_000].map(span)).toEqual([
    '0 s',
    '0 s',
    '1 min 1 s',
    '2 h',
    '2 d 1 min',
  ]);
});

test('XML and JSON get line breaks, anything else stays', () => {
  expect(pretty('<xml><A><![CDATA[<b>]]></A><C><D>1</D></C></xml>')).toBe(
    ['<xml>', '  <A><![CDATA[<b>]]></A>', '  <C>', '    <D>1</D>', '  </C>', '</xml>'].join('\n'),
  );
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('success')).toBe('success');
});
