import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventNames, sampleEvent } from '../../../wechat/push/samples.ts';
import { leafLike, leavesOf, pathText, withLeaf } from './event-fields.ts';
import { eventTitles } from './event-names.ts';

describe('the fields of an event in a form', () => {
  const fields = {
    EventKey: 'PIC',
    SendPicsInfo: { Count: 2, PicList: { item: [{ PicMd5Sum: 'a' }, { PicMd5Sum: 'b' }] } },
  };

  test('are its single values, each with its place', () => {
    expect(leavesOf(fields).map(({ path, value }) => [pathText(path), value])).toEqual([
      ['EventKey', 'PIC'],
      ['SendPicsInfo.Count', 2],
      ['SendPicsInfo.PicList.item[0].PicMd5Sum', 'a'],
      ['SendPicsInfo.PicList.item[1].PicMd5Sum', 'b'],
    ]);
  });

  test('change one by one, and nothing else does', () => {
    const changed = withLeaf(fields, ['SendPicsInfo', 'PicList', 'item', 1, 'PicMd5Sum'], 'c');

    expect(changed.SendPicsInfo.PicList.item).toEqual([{ PicMd5Sum: 'a' }, { PicMd5Sum: 'c' }]);
    expect(fields.SendPicsInfo.PicList.item[1]).toEqual({ PicMd5Sum: 'b' });
    expect(Array.isArray(changed.SendPicsInfo.PicList.item)).toBe(true);
  });

  test('stay numbers while numbers are typed', () => {
    expect([leafLike(3, '12'), leafLike(3, ''), leafLike(3, 'x'), leafLike('3', '12')]).toEqual([
      12,
      '',
      'x',
      '12',
    ]);
  });

  test('of every known event can be written back as they were', () => {
    fc.assert(
      fc.property(fc.constantFrom(...eventNames), (name) => {
        const sample = sampleEvent('oAlice', name);
        const again = leavesOf(sample).reduce(
          (event, { path, value }) => withLeaf(event, path, value),
          sample,
        );

        expect(again).toEqual(sample);
        expect(eventTitles[name]).toHaveLength(2);
      }),
      { numRuns: 200 },
    );
  });
});
