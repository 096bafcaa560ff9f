import { describe, test } from '@jest/globals';
import { outsidePictures } from '../../shared/material/article-pictures.ts';
import { targets } from '../fuzz/targets.ts';
import { worstBodies } from '../testing/callback/worst-bodies.ts';
import { createTally } from './tally.ts';

const tally = createTally('the CPU, by bodies of 260 KB');
const BYTES = 260 * 1_024;
const LIMIT_MS = 150;
/** The least of these counts: other tests have the machine too. */
const ROUNDS = 4;

/** A unit that is repeated until the body has its length, with what stands around it. */
const fill = (unit: string, before = '', after = '') =>
  before + unit.repeat(Math.floor((BYTES - before.length - after.length) / unit.length)) + after;

const articles = [
  ...[
    '<',
    '<p',
    '<!--',
    '<img ',
    '<img src="',
    '&',
    '<svg',
    '<a b=',
    '<p style="url(',
    ']]>',
    ' ',
  ].map((unit) => fill(unit)),
  ...['a', ',', ' ', 'a ', 'a,', ', ', '1x', 'a 1x, ', 'a 1', '  a', '. w', 'a1.1'].map((unit) =>
    fill(unit, '<img srcset="', '">'),
  ),
  ...['url(', 'url()', ' ', '(', ')', '&quot;', 'url( ', 'url(a) ', 'url(&quot;', "'"].flatMap(
    (unit) => [
      fill(unit, '<p style="', '">'),
      fill(unit, '<p style="background:url(', ')">'),
      fill(unit, '<p style="background:url(a', 'b)">'),
    ],
  ),
  fill('<img src="https://a.example/b.png">'),
  fill(' ', '<img src="', '">'),
];

const csv = [
  ...['a', ',', '"', '""', '\n', '\r\n', 'a,', 'a\n', '"a",', '"\n', ' ', '\t', ';'].flatMap(
    (unit) => [fill(unit, 'openid\n'), fill(unit, 'openid,')],
  ),
  fill('o1,a\n', 'openid,b\n'),
];
const json = [
  '"',
  '\\',
  '\\u',
  '1',
  '-',
  '.',
  'e',
  '{',
  '[',
  '[[',
  '{"a":',
  ',',
  ':',
  '\u0001',
  '"a":',
  'x',
];
const types = ['a', '=', ';', '"', 'a=', ';a=b', ' ', 'boundary=', '\\"', ';boundary="'];

const bodies: Readonly<Record<string, readonly (readonly [string, Buffer])[]>> = {
  'push-body': worstBodies(BYTES),
  'xml-scan': worstBodies(BYTES),
  csv: csv.map((text) => [text.slice(0, 20), Buffer.from(text)] as const),
  json: json.flatMap((unit) => [
    [unit, Buffer.from(fill(unit))] as const,
    [`{"a": ${unit}`, Buffer.from(fill(unit, '{"a":"', '"}'))] as const,
  ]),
  multipart: types.map((unit) => [unit, Buffer.from(fill(unit, 'multipart/form-data;'))] as const),
  'proxy-route': ['/', '/a', 'a', '.', '/a.', '-', '%2e', '/..'].map(
    (unit) => [unit, Buffer.from(fill(unit, 'GET /v1'))] as const,
  ),
};

/** The CPU of one reading in ms. */
async function cost(read: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS && !times.some((ms) => ms < LIMIT_MS); round += 1) {
    const before = process.cpuUsage();
    try {
      await read();
    } catch {
      // Whether the body is read or refused is no matter here.
    }
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  return Math.min(...times);
}

describe('260 KB of the worst body of any shape', () => {
  test.each(Object.entries(bodies))('%s: costs less than 150 ms', async (name, shapes) => {
    const slow: string[] = [];
    for (const [shape, body] of shapes) {
      const ms = await cost(() => targets[name]?.run(body));
      if (ms >= LIMIT_MS) slow.push(`${shape}: ${ms} ms`);
    }
    tally.refused(shapes.length, slow);
  });

  test('articles cost less than 150 ms', async () => {
    const slow: string[] = [];
    for (const html of articles) {
      const ms = await cost(() => outsidePictures(html));
      if (ms >= LIMIT_MS) slow.push(`${html.slice(0, 40)}: ${ms} ms`);
    }
    tally.refused(articles.length, slow);
  });
});
