import { describe, test } from '@jest/globals';
import { outsidePictures } from '../../shared/material/article-pictures.ts';
import { MAX_PUSH_BYTES } from '../../shared/wechat/limits.ts';
import { targets } from '../fuzz/targets.ts';
import { worstBodies } from '../testing/callback/worst-bodies.ts';
import { createTally } from './tally.ts';

const tally = createTally('the CPU, by bodies of 260 KB');
const BYTES = 260 * 1_024;
/** What a body should cost at most, here as where the functions run. The test prints the worst. */
const GOAL_MS = 150;
/** A machine that others use too counts more; reading that is not linear takes seconds. */
const LIMIT_MS = 5 * GOAL_MS;
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
  fill('o1\n', 'openid\n'),
  fill(',\n', 'openid,a\n'),
  fill('\n', `openid,${'a,'.repeat(100)}\n`),
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
  // More is refused before it is read.
  'push-body': worstBodies(MAX_PUSH_BYTES),
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
  for (let round = 0; round < ROUNDS && !times.some((ms) => ms < GOAL_MS); round += 1) {
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

/** Which of them cost too much. */
async function slowOf(
  name: string,
  readings: readonly (readonly [shape: string, read: () => unknown])[],
): Promise<readonly string[]> {
  const costs: (readonly [shape: string, ms: number])[] = [];
  for (const [shape, read] of readings) costs.push([shape, await cost(read)]);
  const worst = Math.max(...costs.map(([, ms]) => ms));
  process.stderr.write(`260 KB of the worst ${name}: ${Math.round(worst)} ms of ${GOAL_MS}\n`);
  return costs.filter(([, ms]) => ms >= LIMIT_MS).map(([shape, ms]) => `${shape}: ${ms} ms`);
}

describe('260 KB of the worst body of any shape', () => {
  test.each(Object.entries(bodies))('%s: costs little', async (name, shapes) => {
    const readings = shapes.map(
      ([shape, body]) => [shape, () => targets[name]?.run(body)] as const,
    );

    tally.refused(shapes.length, await slowOf(name, readings));
  });

  test('articles cost little', async () => {
    const readings = articles.map(
      (html) => [html.slice(0, 40), () => outsidePictures(html)] as const,
    );

    tally.refused(articles.length, await slowOf('articles', readings));
  });
});
