import { describe, expect, jest, test } from '@jest/globals';
import { worstBodies } from '../../scripts/testing/callback/worst-bodies.ts';
import { addField, emptyFields, type Field, MalformedError } from './fields.ts';
import { MAX_PUSH_BYTES, MAX_PUSH_ELEMENTS, MAX_PUSH_LIST, MAX_PUSH_TAG } from './limits.ts';
import { readMessage } from './message/message.ts';
import { decodePush, parsePush } from './push-body.ts';
import { parseAnyXml } from './xml-parser.ts';
import { scanXml } from './xml-scan.ts';

const parse = async (text: string) => parsePush(decodePush(Buffer.from(text)));

function elementsIn(field: Field | undefined): number {
  if (typeof field !== 'object') return 0;
  const inner: readonly (Field | undefined)[] = Object.values(field);
  const own = Array.isArray(field) ? 0 : Object.values(field).flat().length;
  return own + inner.reduce<number>((sum, each) => sum + elementsIn(each), 0);
}

/**
 * How many characters the methods of a text have handed out or been asked to look for, and how often
 * they were called: what the time of reading is made of.
 */
async function operationsOf(work: () => unknown): Promise<number> {
  let operations = 0;
  const names = ['slice', 'indexOf', 'startsWith', 'charAt', 'charCodeAt', 'trim'] as const;
  const spies = names.map((name) => {
    const original = String.prototype[name] as (...args: unknown[]) => unknown;
    return jest.spyOn(String.prototype, name).mockImplementation(function (
      this: string,
      ...args: unknown[]
    ) {
      const result = original.apply(this, args);
      operations += 1 + (typeof result === 'string' ? result.length : 0);
      return result as never;
    });
  });
  const push = Array.prototype.push;
  const pushed = jest.spyOn(Array.prototype, 'push').mockImplementation(function (
    this: unknown[],
    ...items: unknown[]
  ) {
    operations += 1;
    return push.apply(this, items);
  });
  try {
    await work();
  } finally {
    for (const spy of [...spies, pushed]) spy.mockRestore();
  }
  return operations;
}

describe.each(worstBodies(MAX_PUSH_BYTES))('%s, as long as a push may be', (_, body) => {
  test('is read within the limits, or refused', async () => {
    expect(body.length).toBeLessThanOrEqual(MAX_PUSH_BYTES);
    expect(body.length).toBeGreaterThan(MAX_PUSH_BYTES - 400);
    try {
      const fields = await parsePush(decodePush(body));
      expect(elementsIn(fields)).toBeLessThanOrEqual(MAX_PUSH_ELEMENTS);
      expect(readMessage(fields).openid).toBe('o');
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedError);
    }
  });
});

describe('reading is linear', () => {
  test('a list grows in its place: no element is copied when the next one comes', () => {
    const fields = emptyFields();
    addField(fields, 'a', '1');
    addField(fields, 'a', '2');
    const list = fields.a;
    for (let n = 3; n <= MAX_PUSH_LIST; n += 1) addField(fields, 'a', String(n));

    expect(fields.a).toBe(list);
    expect(list).toHaveLength(MAX_PUSH_LIST);
    expect(() => addField(fields, 'a', '')).toThrow(MalformedError);
  });

  const xml = (times: number, unit: string) => `<xml>${unit.repeat(times)}</xml>`;
  test.each<[string, (times: number) => unknown]>([
    ['the scanner, repeated elements', (times) => scanXml(xml(times, '<a>1</a>'))],
    ['the scanner, blanks', (times) => scanXml(xml(times, '<a> </a>\n\t '))],
    ['the parser, repeated elements', (times) => parseAnyXml(xml(times, '<a>1</a>'))],
    ['the parser, CDATA', (times) => parseAnyXml(xml(times, '<a><![CDATA[1]]></a>'))],
    ['the parser, comments', (times) => parseAnyXml(xml(times, '<!-- a --><a/>'))],
    ['JSON', (times) => parse(`{"a":[${'{"b":[1,2]},'.repeat(times)}{}]}`)],
  ])('%s: twice the elements are twice the operations', async (_, read) => {
    const [half, whole] = [
      await operationsOf(() => read(200)),
      await operationsOf(() => read(400)),
    ];

    expect(half).toBeGreaterThan(400);
    expect(whole / half).toBeLessThan(2.2);
  });
});

describe('the limits', () => {
  const names = (count: number) => Array.from({ length: count }, (_, n) => `n${n}`);
  const inXml = (count: number, more = '') =>
    `<xml>${names(count)
      .map((name) => `<${name}>1</${name}>`)
      .join('')}${more}</xml>`;
  const inJson = (count: number) =>
    JSON.stringify(Object.fromEntries(names(count).map((name) => [name, 1])));

  test.each<[string, string, string]>([
    ['elements for the scanner', inXml(MAX_PUSH_ELEMENTS), inXml(MAX_PUSH_ELEMENTS + 1)],
    ['elements for the parser', inXml(1_997, '<c>&lt;</c>'), inXml(2_000, '<c>&lt;</c>')],
    ['fields of JSON', inJson(MAX_PUSH_ELEMENTS), inJson(MAX_PUSH_ELEMENTS + 1)],
    [
      'a list for the scanner',
      `<xml>${'<a>1</a>'.repeat(MAX_PUSH_LIST)}</xml>`,
      `<xml>${'<a>1</a>'.repeat(MAX_PUSH_LIST + 1)}</xml>`,
    ],
    [
      'a list for the parser',
      `<xml>${'<a/>'.repeat(MAX_PUSH_LIST)}</xml>`,
      `<xml>${'<a/>'.repeat(MAX_PUSH_LIST + 1)}</xml>`,
    ],
    [
      'a list of JSON',
      JSON.stringify({ a: Array(MAX_PUSH_LIST).fill(1) }),
      JSON.stringify({ a: Array(MAX_PUSH_LIST + 1).fill(1) }),
    ],
    [
      'a tag',
      `<xml><a${' '.repeat(MAX_PUSH_TAG - 4)}/></xml>`,
      `<xml><a${' '.repeat(MAX_PUSH_TAG - 3)}/></xml>`,
    ],
  ])('%s: the last that is taken, and the first that is not', async (_, taken, refused) => {
    expect(typeof (await parse(taken))).toBe('object');
    await expect(parse(refused)).rejects.toThrow(MalformedError);
  });
});
