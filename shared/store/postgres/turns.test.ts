import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Turns } from './turns.ts';

const LATER = Number.POSITIVE_INFINITY;
/** As of `performance.now()`, which begins at 0. */
const LONG_AGO = 0;

/** Who asks, and what has become of each, in the order in which it became known. */
function setUp(atOnce: number) {
  const turns = new Turns(atOnce);
  const told: string[] = [];
  const ask = (name: string, until = LATER) => {
    turns.take(until).then(
      () => told.push(name),
      (error: Error) => told.push(`${name}: ${error.message}`),
    );
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { turns, told, ask, settled };
}

test('so many have a turn at a time, and it is given in the order in which they asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.boolean(), { maxLength: 60 }),
      async (atOnce, steps) => {
        const { turns, told, ask, settled } = setUp(atOnce);
        let [asked, passed] = [0, 0];
        for (const isAsking of steps) {
          if (isAsking) {
            ask(String(asked));
            asked += 1;
          } else if (passed < told.length) {
            turns.pass();
            passed += 1;
          }
          await settled();
          expect(told).toHaveLength(Math.min(asked, passed + atOnce));
        }
        expect(told).toEqual(told.map((_, n) => String(n)));
      },
    ),
    { numRuns: 200 },
  );
});

test('whose time is up is told so, and the turn goes to the next', async () => {
  const { turns, told, ask, settled } = setUp(1);
  ask('holder');
  ask('late', LONG_AGO);
  ask('next');
  ask('late too', LONG_AGO);
  await settled();
  expect(told).toEqual(['holder']);

  turns.pass();
  await settled();
  expect(told.slice(1)).toEqual(['late: No connection became free in time.', 'next']);

  turns.pass();
  await settled();
  ask('after all');
  await settled();
  expect(told.slice(3)).toEqual(['late too: No connection became free in time.', 'after all']);
});
