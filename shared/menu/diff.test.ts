import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diff } from './diff.ts';
import type { AnyButton } from './match.ts';

const word = fc.constantFrom('A', 'B', 'C');
const leaf = fc.record({ type: fc.constant('click'), name: word, key: word });
const parent = fc.record({
  name: word,
  sub_button: fc.array(leaf, { minLength: 1, maxLength: 4 }),
});
const menu = fc.array(fc.oneof(leaf, parent), { maxLength: 3 });

test('a menu differs from itself in nothing, and from any other in something', () => {
  fc.assert(
    fc.property(menu, menu, (current, wanted) => {
      expect(diff(wanted, wanted).lines).toEqual([]);
      const isEqual = JSON.stringify(current) === JSON.stringify(wanted);
      expect(diff(current, wanted).identical).toBe(isEqual);
    }),
    { numRuns: 500 },
  );
});

test('every button that is not added was there, and every one that is not removed still is', () => {
  fc.assert(
    fc.property(menu, menu, (current, wanted) => {
      const { changes } = diff(current, wanted);
      const count = (kind: string) => changes.filter(({ change }) => change === kind).length;

      expect(size(current) - count('removed')).toBe(size(wanted) - count('added'));
    }),
  );
});

function size(buttons: readonly AnyButton[]): number {
  return buttons.reduce((sum, { sub_button: more = [] }) => sum + 1 + size(more), 0);
}
