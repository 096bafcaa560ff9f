import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../../testing/any-text.ts';
import { childOf, readXml } from './xml-reader.ts';
import { writeXml } from './xml-writer.ts';

describe('writeXml', () => {
  test('writes text as CDATA, numbers bare, lists as repeated elements, and leaves out undefined', () => {
    const xml = writeXml({
      ToUserName: 'gh_1',
      CreateTime: 1_348_831_860,
      MsgId: 6_272_960_105_994_287_618n,
      Ticket: undefined,
      Info: { Count: 2, List: { item: [{ A: 'a' }, { A: 'b' }] } },
    });

    expect(xml).toBe(
      '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><CreateTime>1348831860</CreateTime>' +
        '<MsgId>6272960105994287618</MsgId><Info><Count>2</Count><List>' +
        '<item><A><![CDATA[a]]></A></item><item><A><![CDATA[b]]></A></item></List></Info></xml>',
    );
  });

  test('what it writes can be read, whatever a follower types', () => {
    const nasty = fc.constantFrom(']]>', '<![CDATA[', '<xml>', '\0', '\ud800', '\ufffe', '&lt;');
    const typed = fc.array(fc.oneof(nasty, anyText()), { maxLength: 6 });

    fc.assert(
      fc.property(typed, (pieces) => {
        const text = pieces.join('');
        const clean = [...text].filter(isXmlChar).join('');

        const read = childOf(readXml(writeXml({ Content: text })), 'Content')?.text;

        // XML readers turn every line end into \n.
        expect(read).toBe(clean.replace(/\r\n?/g, '\n'));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('readXml', () => {
  test('joins text and CDATA and forgets the layout', () => {
    const root = readXml('<xml>\n  <A>1<![CDATA[ <2> ]]>&amp;</A>\n  <B><C>3</C></B>\n</xml>\n');

    expect(root.text).toBe('');
    expect(childOf(root, 'A')?.text).toBe('1 <2> &');
    expect(root.children.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  test.each([
    ['nothing', ''],
    ['plain text', 'hello'],
    ['JSON', '{"errcode":0}'],
    ['HTML', '<!DOCTYPE html><html><body>hi</body></html>'],
    ['HTML without a doctype', '<html><body><br>hi</body></html>'],
    ['an open element', '<xml><A></xml>'],
    ['two roots', '<xml/><xml/>'],
    ['text behind the root', '<xml/>success'],
    ['an unknown entity', '<xml><A>&nbsp;</A></xml>'],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa">]><xml>&a;</xml>'],
    ['a bare ampersand', '<xml><A>a&b</A></xml>'],
    ['a control character', '<xml><A>\x01</A></xml>'],
    ['CDATA that ends too early', '<xml><A><![CDATA[a]]>]]></A></xml>'],
    ['text beside elements', '<xml>a<A/></xml>'],
    ['a byte-order mark', '\uFEFF<xml/>'],
    ['a declaration that is not first', '\n<?xml version="1.0"?><xml/>'],
  ])('refuses %s', (_name, text) => {
    expect(() => readXml(text)).toThrow(expect.objectContaining({ name: 'Fault' }));
  });

  test('childOf refuses an element that stands twice', () => {
    expect(() => childOf(readXml('<xml><A/><A/></xml>'), 'A')).toThrow('twice');
  });
});

/** The Char production of XML 1.0. */
function isXmlChar(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}
