import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectSame } from '../../../scripts/testing/expect-same.ts';
import { SortedKeyValue } from './sorted-key-value.ts';

const require = createRequire(import.meta.resolve('@cloudbase/node-sdk'));
const { SortedKeyValue: Original } = require('@cloudbase/signature-nodejs') as {
  readonly SortedKeyValue: typeof SortedKeyValue;
};

const letters = [...'_-019abxz'];
const name = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 }) },
  // What the SDKs never sign is sorted as it was.
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...letters, 'A', 'é', '%') }) },
);

test('signs what the original signs, in its order', () => {
  const selection = fc.option(fc.array(name), { nil: undefined });
  fc.assert(
    fc.property(fc.dictionary(name, fc.string()), selection, name, (values, selected, one) => {
      const seen = ({ kv }: typeof SortedKeyValue) => {
        const sorted = kv(values, selected);
        return [
          [sorted.keys(), sorted.values(), sorted.pairs(), sorted.get(one)],
          [String(sorted), sorted.toString(':', '\n')],
        ];
      };

      expectSame(seen(SortedKeyValue), seen(Original));
    }),
    { numRuns: 10_000 },
  );
});

test('holds nothing where there is nothing to sign', () => {
  for (const nothing of ['', undefined, null]) {
    expect(SortedKeyValue.kv(nothing).keys()).toEqual([]);
  }
});
