import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bodyOf } from '../../scripts/emulator/wechat/push/body.ts';
import { eventNames, samples } from '../../scripts/emulator/wechat/push/samples.ts';
import { anyText } from '../../scripts/testing/any-text.ts';
import { expectSame } from '../../scripts/testing/expect-same.ts';
import { testAccount } from '../../scripts/testing/test-account.ts';
import type { PushFields } from './fields.ts';
import { parseAnyXml } from './xml-parser.ts';
import { scanXml } from './xml-scan.ts';

/** Everything that a scanner could stumble over, in any order, and much that is nearly right. */
const piece = fc.oneof(
  fc.constantFrom(
    ...['<a>', '</a>', '<b>', '</b>', '<a></a>', '<b><a>1</a></b>', '<xml>', '</xml>', '<b/>'],
    ...['<![CDATA[', ']]>', '<a><![CDATA[x]]></a>', '<a>y</a>', ']]', '>', '<', '/', '!', '&', ';'],
    ...[
      '&lt;',
      '&#65;',
      '&nbsp;',
      ' ',
      '\n',
      '\t',
      '\r',
      '\r\n',
      '\u00a0',
      '\ufeff',
      '\u0000',
      '你',
    ],
    ...['<constructor>1</constructor>', '<toString>1</toString>', '<__proto__>1</__proto__>'],
    ...['<isPrototypeOf>1</isPrototypeOf>', '<valueOf><a>1</a></valueOf>', '<item>1</item>'],
    ...['<a b="1">', '<a >', '</a >', '<A>1</A>', '<!-- x -->', '<?x y?>', '<!DOCTYPE a>', '"'],
  ),
  anyText({ maxLength: 3 }),
);
const anyPieces = fc
  .array(piece, { maxLength: 14 })
  .chain((list) => fc.constantFrom(list.join(''), `<xml>${list.join('')}</xml>`));

/** Trees as WeChat could send them, so that the scanner reads most of these texts. */
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
const value = fc.oneof(
  anyText(),
  fc.string().map((text) => `<![CDATA[${text.replaceAll(']]>', '')}]]>`),
);
const { elements } = fc.letrec<{ elements: string; element: string }>((tie) => ({
  elements: fc.array(tie('element'), { maxLength: 4 }).map((list) => list.join('')),
  element: fc
    .tuple(
      name,
      fc.oneof({ depthSize: 'small' }, value, tie('elements')),
      fc.constantFrom('', '\n '),
    )
    .map(([name, inner, gap]) => `<${name}>${inner}</${name}>${gap}`),
}));

describe('scanXml', () => {
  test('reads every push of WeChat as the parser does', () => {
    const assign = { createTime: 1_714_112_445, msgId: () => '6272960105994287618' };
    const account = { ...testAccount, mode: 'plain' } as const;
    const texts = samples('oFollower').map((message) => bodyOf(account, message, assign).text);

    expect(texts.length).toBeGreaterThan(eventNames.length);
    for (const text of texts) expect(scanXml(text)).toEqual(parseAnyXml(text));
  });

  test('reads indented elements and lists', () => {
    const text = '<xml>\n  <a><![CDATA[ ]]x> ]]></a>\n\t<l> <i>1</i>\n<i></i></l>\n</xml>';

    expect(scanXml(text)).toEqual({ a: ' ]]x> ', l: { i: ['1', ''] } });
  });

  test.each([
    ['a declaration', '<?xml version="1.0"?><xml></xml>'],
    ['a reference', '<xml><a>&lt;</a></xml>'],
    ['an attribute', '<xml><a b="1">1</a></xml>'],
    ['an empty-element tag', '<xml><a/></xml>'],
    ['two CDATA', '<xml><a><![CDATA[]]]]><![CDATA[>]]></a></xml>'],
    ['another line end', '<xml><a>1\r\n</a></xml>'],
    ['text beside elements', '<xml><a>1</a>2</xml>'],
    ['an inherited name', '<xml><constructor>1</constructor></xml>'],
    ['text behind the root', '<xml></xml> '],
  ])('leaves %s to the parser', (_, text) => {
    expect(scanXml(text)).toBeUndefined();
  });

  test.each([
    ['any text', anyPieces],
    ['trees', elements.map((inner) => `<xml>${inner}</xml>`)],
  ])('gives what the parser gives, or nothing: %s', (_, texts) => {
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const fields = scanXml(text);
        if (!fields) return;
        read += 1;
        expectSame(flat(fields), flat(parseAnyXml(text)));
      }),
      { numRuns: 12_000 },
    );
    expect(read).toBeGreaterThan(500);
  });
});

/** With the order of the fields, which is part of what is given. */
function flat(fields: PushFields): string {
  return JSON.stringify(fields);
}
