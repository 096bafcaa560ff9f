import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { anyText } from '../../scripts/testing/any-text.ts';
import { expectSame } from '../../scripts/testing/expect-same.ts';
import { MalformedError } from './fields.ts';
import { MAX_PUSH_BYTES, MAX_PUSH_DEPTH } from './limits.ts';
import { decodePush, parsePush } from './push-body.ts';
import { cleanText, parseXml, writeXml } from './xml.ts';

const hostile = fc.oneof(
  anyText(),
  fc.string({ unit: fc.constantFrom(...']]><![CDATA[&;/xml "\'\u0000\ud800\udc00😀你\n\t') }),
  fc.constantFrom(']]>', '<xml>', '</xml>', '<![CDATA[', ']]]]>>', '&lt;', '&#0;', '\ud83d'),
);

describe('parseXml', () => {
  test('reads nested elements, repeated elements, CDATA, entities and empty elements', async () => {
    const fields = await parseXml(
      `<?xml version="1.0"?>
      <xml>
        <MsgId>6272960105994287618</MsgId>
        <Content><![CDATA[ <b> & ]]]]><![CDATA[> ]]></Content>
        <Plain>&lt;&amp;&#20320;</Plain>
        <Empty/>
        <List><item><A>1</A></item><item><A>2</A></item></List>
      </xml>`,
    );

    expect(fields).toEqual({
      MsgId: '6272960105994287618',
      Content: ' <b> & ]]> ',
      Plain: '<&你',
      Empty: '',
      List: { item: [{ A: '1' }, { A: '2' }] },
    });
  });

  test('keeps markup that is text inside CDATA', async () => {
    const content = '<!DOCTYPE x [<!ENTITY a "b">]> <!-- &a; -->';
    const xml = `<xml><Content><![CDATA[${content}]]></Content></xml>`;

    expect(await parseXml(xml)).toEqual({ Content: content });
  });

  test.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['an open element', '<xml><a>1</a>'],
    ['crossed elements', '<xml><a>1</b></xml>'],
    ['two roots', '<xml/><xml/>'],
    ['another root', '<html></html>'],
    ['text behind the root', '<xml></xml>hello'],
    ['open CDATA', '<xml><a><![CDATA[x</a></xml>'],
    ['an open comment', '<xml><!-- x ><a>1</a></xml>'],
    ['a DOCTYPE behind a comment', '<!-- x --><!DOCTYPE xml><xml></xml>'],
    ['a processing instruction', '<xml><?php x ?><a>1</a></xml>'],
    ['a DOCTYPE', '<!DOCTYPE xml><xml><a>1</a></xml>'],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>&e;</xml>'],
    [
      'an entity bomb',
      `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(99)}"><!ENTITY b "${'&a;'.repeat(99)}">]><xml>&b;</xml>`,
    ],
    ['a reserved name', '<xml><__proto__><a>1</a></__proto__></xml>'],
    [
      'too deep a tree',
      `<xml>${'<a>'.repeat(MAX_PUSH_DEPTH)}${'</a>'.repeat(MAX_PUSH_DEPTH)}</xml>`,
    ],
    ['a tree to exhaust the stack', `<xml>${'<a>'.repeat(20_000)}`],
  ])('refuses %s', async (_, xml) => {
    await expect((async () => parseXml(xml))()).rejects.toThrow(MalformedError);
  });

  test('leaves out comments, and remarks beside elements', async () => {
    const xml =
      '<!-- a --><xml>\n<!-- <b>2</b> --><Event>scan</Event> // b\n<A> c <B>1</B><![CDATA[d]]></A></xml><!-- e -->';

    expect(await parseXml(xml)).toEqual({ Event: 'scan', A: { B: '1' } });
  });

  test('gives fields without a prototype', async () => {
    const fields = await parseXml('<xml><a>1</a></xml>');

    expect(fields.constructor).toBeUndefined();
    expect(fields.toString).toBeUndefined();
  });

  test('gives fields or a MalformedError for any text at all', async () => {
    const pieces = fc.array(
      fc.constantFrom(
        ...['<xml>', '</xml>', '<a>', '</a>', '<b/>', '<![CDATA[', ']]>', '<!', '<?xml?>', '&amp;'],
        ...['&', '<', '>', ' ', 'x', '你', '\u0000', '<a b="1">', '"', '--', '<!DOCTYPE a>'],
      ),
      { maxLength: 20 },
    );
    const text = fc.oneof(
      anyText(),
      pieces.map((list) => list.join('')),
      pieces.map((list) => `<xml>${list.join('')}</xml>`),
    );

    await fc.assert(
      fc.asyncProperty(text, async (xml) => {
        try {
          expectSame(typeof (await parseXml(xml)), 'object');
        } catch (error) {
          if (!(error instanceof MalformedError)) throw error;
        }
      }),
      { numRuns: 30_000 },
    );
  });

  test('accepts nothing that a strict parser refuses', async () => {
    const pieces = fc.array(
      fc.constantFrom('<a>', '</a>', '<b/>', '<![CDATA[', ']]>', 'x', '你', ' ', '&lt;', '&', '<'),
      { maxLength: 12 },
    );

    await fc.assert(
      fc.asyncProperty(pieces, async (list) => {
        const xml = `<xml>${list.join('')}</xml>`;
        if (!(await isAccepted(xml))) return;
        // fast-xml-parser lets a bare `]]>` pass as text, which harms nobody.
        const plain = xml.replace(/<!\[CDATA\[.*?\]\]>/g, '').replaceAll(']]>', '');
        expectSame(isWellFormed(plain), true);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('writeXml', () => {
  test('what it writes is well-formed and comes back as the same text, cleaned', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (content, title) => {
        const xml = writeXml({
          Content: content,
          Articles: { item: [{ Title: title }, { Title: '' }] },
        });

        expectSame(isWellFormed(xml), true);
        expect(await parseXml(xml)).toEqual({
          Content: cleanText(content),
          Articles: { item: [{ Title: cleanText(title) }, { Title: '' }] },
        });
      }),
      { numRuns: 20_000 },
    );
  });

  test('cleans only what XML cannot hold', () => {
    expect(cleanText('a\u0000b\u001fc\ufffed')).toBe('abcd');
    expect(cleanText('\ud83d!')).toBe('\ufffd!');
    expect(cleanText('a\r\nb\rc')).toBe('a\nb\nc');
    expect(cleanText('你好 😀\n\t]]> <xml> &amp;')).toBe('你好 😀\n\t]]> <xml> &amp;');
  });

  test('leaves out what is undefined and repeats lists', () => {
    expect(writeXml({ a: undefined, b: 1, c: ['x', 'y'] })).toBe(
      '<xml><b>1</b><c><![CDATA[x]]></c><c><![CDATA[y]]></c></xml>',
    );
  });
});

describe('parsePush', () => {
  test('takes JSON, with ids digit for digit', async () => {
    const body = Buffer.from(
      '{"MsgId":6272960105994287618,"Content":"id 6272960105994287618","n":null,"b":true,"l":[1,null,{"a":-1.5}]}',
    );

    expect(await parsePush(decodePush(body))).toEqual({
      MsgId: '6272960105994287618',
      Content: 'id 6272960105994287618',
      b: 'true',
      l: ['1', { a: '-1.5' }],
    });
  });

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0xff, 0xfe])],
    ['more bytes than a push has', Buffer.alloc(MAX_PUSH_BYTES + 1, 'x')],
    ['broken JSON', Buffer.from('{"a":')],
    ['JSON that is too deep', Buffer.from(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
  ])('refuses %s', async (_, bytes) => {
    await expect((async () => parsePush(decodePush(bytes)))()).rejects.toThrow(MalformedError);
  });

  test('as a text is read like its bytes, whatever the gateway has made of it', () => {
    fc.assert(
      fc.property(
        anyText(),
        fc.string({ unit: fc.constantFrom('\ud800', '你', '\ufeff', ' ') }),
        (a, b) => {
          const body = a + b;

          expect(decodePush(body)).toEqual(decodePush(Buffer.from(body)));
        },
      ),
    );
    expect(() => decodePush('你'.repeat(MAX_PUSH_BYTES / 2))).toThrow(/too large/);
  });

  test('reads any JSON as JSON.parse does, numbers as text', async () => {
    const objects = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()));

    await fc.assert(
      fc.asyncProperty(objects, async (object) => {
        const fields = await parsePush(decodePush(Buffer.from(JSON.stringify(object))));

        expectSame(
          Object.entries(fields),
          Object.entries(object).map(([name, value]) => [name, String(value).toWellFormed()]),
        );
      }),
      { numRuns: 5_000 },
    );
  });
});

async function isAccepted(xml: string): Promise<boolean> {
  try {
    await parseXml(xml);
    return true;
  } catch {
    return false;
  }
}

function isWellFormed(xml: string): boolean {
  let ok = true;
  const parser = new SaxesParser();
  parser.on('error', () => {
    ok = false;
  });
  parser.write(xml).close();
  return ok;
}
