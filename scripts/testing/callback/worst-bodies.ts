const XML =
  '<ToUserName>g</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>x</Event>';
const JSON_FIELDS =
  '"ToUserName":"g","FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"x",';

/** A unit that is repeated until the body has its length, and what stands around it. */
type Pattern = readonly [unit: string, before?: string, after?: string];

const xml: Readonly<Record<string, Pattern>> = {
  'one element again and again': ['<a>1</a>'],
  'the same behind a reference': ['<a>1</a>', '<b>&amp;</b>'],
  'elements without text': ['<a></a>'],
  'elements of one tag': ['<a/>'],
  'lists in lists': ['<a><b>1</b><b>2</b></a>'],
  'elements with attributes': ['<a b="1">x</a>'],
  'a tag of attributes': [' b="1"', '<a', '/>'],
  'a tag of open quotes': [" b='", '<a', '/>'],
  'a tag of equals signs': ["='", '<a', '>'],
  'a tag of blanks': [' ', '<a', '/>'],
  'a long name': ['n', '<', '/>'],
  'references by name': ['&amp;', '<a>', '</a>'],
  'references by number': ['&#65;', '<a>', '</a>'],
  ampersands: ['&', '<a>', '</a>'],
  'unfinished references': ['&#x', '<a>', '</a>'],
  CDATA: ['<![CDATA[]]>', '<a>', '</a>'],
  'CDATA that opens': ['<![CDATA[', '<a>', ']]></a>'],
  brackets: [']]', '<a><![CDATA[', ']]></a>'],
  comments: ['<!---->'],
  'comments that open': ['<!--', '', '-->'],
  declarations: ['<!'],
  instructions: ['<?a?>'],
  'instructions that open': ['<?'],
  'a deep tree': ['<a>'],
  'closing tags': ['</a>'],
  'open angles': ['<'],
  'closing angles': ['>'],
  'other line ends': ['\r\n'],
  'remarks between elements': ['a<b/>'],
  'blanks beside an element': [' ', '<a/>&amp;'],
  'a long text': ['你', '<a><![CDATA[', ']]></a>'],
};

const json: Readonly<Record<string, Pattern>> = {
  'a list of numbers': ['1,', '"a":[', '1]'],
  'a list of long numbers': ['12345678901234567890,', '"a":[', '1]'],
  'a list of objects': ['{},', '"a":[', '{}]'],
  'a list of nothing': ['null,', '"a":[', '1]'],
  'a deep list': ['[', '"a":'],
  'one name again and again': ['"a":1,', '', '"a":1'],
  escapes: ['\\u0001', '"a":"', '"'],
  'control characters': ['\u0001', '"a":"', '"'],
  'wrong escapes': ['\\x', '"a":"', '"'],
  'quotation marks': ['"'],
  'texts without commas': ['"a" ', '"a":'],
  'one long number': ['1', '"a":'],
  signs: ['-', '"a":'],
  blanks: [' ', '"a"', ':1'],
};

/** The names that a body has when no two are the same. */
const namesUpTo = (bytes: number, write: (n: number) => string) => {
  const parts: string[] = [];
  for (let length = 0, n = 0; length < bytes - 300; n += 1) {
    const part = write(n);
    parts.push(part);
    length += part.length;
  }
  return parts;
};

/** Bodies of this length, in every shape that could cost more than its length. */
export function worstBodies(bytes: number): readonly (readonly [name: string, body: Buffer])[] {
  const fill = ([unit, before = '', after = '']: Pattern, open: string, close: string) => {
    const left = bytes - Buffer.byteLength(open + before + after + close);
    const times = Math.floor(left / Buffer.byteLength(unit));
    return Buffer.from(open + before + unit.repeat(times) + after + close);
  };
  const elements = namesUpTo(bytes, (n) => `<n${n}/>`).join('');
  const entries = namesUpTo(bytes, (n) => `"n${n}":1,`).join('');
  return [
    ...Object.entries(xml).map(
      ([name, pattern]) => [`XML: ${name}`, fill(pattern, `<xml>${XML}`, '</xml>')] as const,
    ),
    ...Object.entries(json).map(
      ([name, pattern]) => [`JSON: ${name}`, fill(pattern, `{${JSON_FIELDS}`, '}')] as const,
    ),
    ['XML: many names', Buffer.from(`<xml>${XML}${elements}</xml>`)],
    ['JSON: many names', Buffer.from(`{${JSON_FIELDS}${entries}"n":1}`)],
  ];
}
