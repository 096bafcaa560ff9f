import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { windowOf } from './window.ts';

test('every row in sight is drawn, and not many more', () => {
  fc.assert(
    fc.property(
      fc.record({
        top: fc.integer({ min: 0, max: 200_000 }),
        height: fc.integer({ min: 0, max: 2_000 }),
        rowHeight: fc.integer({ min: 10, max: 60 }),
        count: fc.integer({ min: 0, max: 5_000 }),
      }),
      (view) => {
        const { first, last } = windowOf(view);

        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThanOrEqual(view.count);
        expect(last - first).toBeLessThanOrEqual(view.height / view.rowHeight + 26);
        const [top, bottom] = [view.top, view.top + view.height].map((at) =>
          Math.floor(at / view.rowHeight),
        );
        for (const row of [top, bottom]) {
          if (row !== undefined && row < view.count) {
            expect(first).toBeLessThanOrEqual(row);
            expect(last).toBeGreaterThan(row);
          }
        }
      },
    ),
  );
});
