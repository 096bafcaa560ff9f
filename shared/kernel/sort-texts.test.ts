import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../scripts/testing/any-text.ts';
import { sortTexts } from './sort-texts.ts';

test('sorts few and many texts in their place as `sort` does', () => {
  fc.assert(
    fc.property(fc.array(anyText({ maxLength: 3 }), { maxLength: 64 }), (list) => {
      const expected = [...list].sort();

      expect(sortTexts(list)).toBe(list);
      expect(list).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});
