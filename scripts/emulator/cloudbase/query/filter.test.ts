import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createClock } from '../clock.ts';
import { createEnvironment } from '../environment.ts';
import type { Value } from '../values.ts';
import { matching } from './filter.ts';

const scalar = fc.oneof(
  fc.constantFrom('a', 'b', '1'),
  fc.integer({ min: 0, max: 2 }),
  fc.boolean(),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc.constant(null),
  fc.array(scalar, { maxLength: 3 }),
  fc.integer({ min: 0, max: 2 }).map((time) => new Date(time)),
);
const item = fc.record({ x: value }, { requiredKeys: [] });
const fields = fc.record(
  { plain: value, nested: fc.oneof(item, fc.array(item, { maxLength: 2 }), value) },
  { requiredKeys: [] },
);
const condition = fc.oneof(
  value,
  fc.record({ $eq: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
);
const filter = fc.record({ plain: condition, 'nested.x': condition }, { requiredKeys: [] });

test('an index changes nothing about what is found', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fields, { maxLength: 8 }), filter, async (documents, query) => {
      const environment = createEnvironment({
        envId: 'env-filter',
        stateDir: undefined,
        clock: createClock(() => 0),
        settings: { duplicates: 'request-failed' },
      });
      const { database } = environment;
      for (const name of ['bare', 'indexed']) database.createCollection(name);
      const session = environment.session(undefined);
      for (const [n, rest] of documents.entries()) {
        // The second index is built over documents, the first one along with them.
        if (n === 4) index('nested.x');
        if (n === 0) index('plain');
        for (const name of ['bare', 'indexed']) {
          await session.write(name, `n:${n}`, () => ({ _id: n, stale: true, plain: 'a' }));
          await session.write(name, `n:${n}`, () => ({ _id: n, ...rest }));
        }
      }

      const found = (name: string) => [...matching(session, name, query)].map(([key]) => key);

      expect(found('indexed').sort()).toEqual(found('bare').sort());

      function index(name: string) {
        database.createIndex('indexed', { name, fields: [{ name, direction: 'asc' }] });
      }
    }),
    { numRuns: 300 },
  );
});
