import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRows } from '../followers/rows.ts';
import { readCsv } from './page/pages/followers/csv-file.ts';
import {
  type ColumnTarget,
  checkColumn,
  guessTargets,
  importRows,
  mappingProblem,
} from './page/pages/followers/import-columns.ts';

const OPENID = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';
const utf8 = (text: string) => new TextEncoder().encode(text);

async function tableOf(text: string) {
  const table = await readCsv(utf8(text));
  if (!('rows' in table)) throw new Error(table.kind);
  return table;
}

describe('a file', () => {
  test('is read in UTF-8 and in GBK, with commas, semicolons and tabs', async () => {
    const gbk = Uint8Array.from([...utf8('openid,a\r\nx,'), 0xb9, 0xe3, 0xb6, 0xab]);
    expect(await readCsv(gbk)).toMatchObject({ encoding: 'GBK', rows: [['x', '广东']] });
    for (const separator of [',', ';', '\t']) {
      const text = `\ufeffopenid${separator}城市\n${OPENID}${separator}"a${separator}b"\n\n`;
      expect(await readCsv(utf8(text))).toEqual({
        encoding: 'UTF-8',
        headings: ['openid', '城市'],
        rows: [[OPENID, `a${separator}b`]],
      });
    }
  });

  test.each([
    ['a workbook of Excel', [0x50, 0x4b, 3, 4, 20], { kind: 'isWorkbook' }],
    ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0], { kind: 'isWorkbook' }],
    ['a picture', [0xff, 0xd8, 0xff, 0xe0], { kind: 'isBinary' }],
    ['nothing', [], { kind: 'isEmpty' }],
    ['headings alone', [...utf8('openid,city\n')], { kind: 'isEmpty' }],
    ['an open quotation', [...utf8('openid,city\no,"A\n')], { kind: 'isBroken' }],
    ['too many rows', [...utf8(`a\n${'b\n'.repeat(100_001)}`)], { kind: 'tooManyRows' }],
  ])('that is %s is explained', async (_, bytes, problem) => {
    expect(await readCsv(Uint8Array.from(bytes))).toMatchObject(problem);
  });
});

describe('columns', () => {
  test('are guessed by their headings, and the openids by how they look', async () => {
    const table = await tableOf(
      `会员号,微信标识,UnionID,性别,城市,会员等级,,备用\n1,${OPENID},oU${OPENID.slice(2)},女,广州,gold,x,`,
    );
    expect(guessTargets(table)).toEqual([
      ...['custom', 'openid', 'custom', 'sex', 'city', 'custom', 'leaveOut', 'leaveOut'],
    ]);
    const named = await tableOf(`昵称,OpenID,city\n张三,${OPENID},A`);
    expect(guessTargets(named)).toEqual(['custom', 'openid', 'city']);
  });

  test('that are wrong are told with the row and what it holds', async () => {
    const table = await tableOf(`昵称,编号\n张三,${OPENID}\n李四,x\n,y`);

    expect(checkColumn(table, 0, 'openid')).toEqual({
      filled: 2,
      bad: 2,
      first: { row: 2, value: '张三' },
      isWrong: true,
    });
    expect(mappingProblem(table, ['openid', 'custom'])).toEqual({ kind: 'wrongColumn' });
    expect(mappingProblem(table, ['custom', 'custom'])).toEqual({ kind: 'noOpenid' });
    expect(mappingProblem(table, ['openid', 'openid'])).toMatchObject({ kind: 'twice' });
    expect(mappingProblem(table, ['leaveOut', 'openid'])).toMatchObject({ kind: 'nothing' });
    const doubled = await tableOf(`openid,a,a,city\n${OPENID},1,2,3`);
    const badName = { kind: 'badName', name: 'a' };
    expect(mappingProblem(doubled, ['openid', 'custom', 'custom', 'city'])).toEqual(badName);
    const asOurs = mappingProblem(doubled, ['openid', 'custom', 'leaveOut', 'custom']);
    expect(asOurs).toEqual({ kind: 'badName', name: 'city' });
  });

  test('give rows, and leave out those that do not fit', async () => {
    const table = await tableOf(
      `openid,性别,等级\n${OPENID},女,gold\n${OPENID},?,gold\n,男,x\n${OPENID},,\n${OPENID},男,a,b`,
    );
    expect(importRows(table, ['openid', 'sex', 'custom'])).toEqual({
      good: [
        { row: 2, values: { openid: OPENID, sex: '女', 等级: 'gold' } },
        { row: 5, values: { openid: OPENID } },
      ],
      refused: [
        { row: 3, why: { kind: 'doesNotFit', heading: '性别', value: '?' } },
        { row: 4, why: { kind: 'noOpenidInRow' } },
        { row: 6, why: { kind: 'tooManyCells' } },
      ],
    });
  });

  test('are checked as the function checks them, whatever they hold', () => {
    const cell = fc.oneof(
      fc.constantFrom(OPENID, 'o', '女', ' 1', 'MALE', 'x'.repeat(101), '\uFFFD', 'toString', ''),
      fc.string({ unit: 'grapheme', maxLength: 110 }),
    );
    const targets: readonly ColumnTarget[] = ['openid', 'sex', 'city', 'custom'];
    const headings = ['a', 'b', 'c', '等级'];
    fc.assert(
      fc.property(fc.tuple(cell, cell, cell, cell), (cells) => {
        const row = cells.map((each) => each.trim());
        const { good } = importRows({ headings, rows: [row], encoding: 'UTF-8' }, targets);
        const [openid, sex, city, level] = row;
        const values = Object.entries({ openid, sex, city, 等级: level });
        const sent = Object.fromEntries(values.filter(([, value]) => value !== ''));
        const isTaken = taken(sent);
        expect([sent, good.length === 1]).toEqual([sent, isTaken]);
        if (isTaken) expect(good[0]?.values).toEqual(sent);
      }),
      { numRuns: 2_000 },
    );
  });
});

function taken(row: object): boolean {
  try {
    return readRows({ rows: [row] }).length === 1;
  } catch {
    return false;
  }
}
