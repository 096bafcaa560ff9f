import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pooledRandomBytes } from './random.ts';

test('gives as many bytes as asked for, none of them twice, and leaves alone what it has given', () => {
  const sizes = fc.array(
    fc.oneof(fc.integer({ min: 8, max: 64 }), fc.integer({ min: 8, max: 9_000 })),
  );

  fc.assert(
    fc.property(sizes, (list) => {
      const given = list.map((size) => pooledRandomBytes(size));
      const texts = given.map((bytes) => bytes.toString('hex'));

      expect(given.map(({ length }) => length)).toEqual(list);
      expect(new Set(texts).size).toBe(texts.length);
      const places = given.map((bytes) => [bytes.buffer, bytes.byteOffset, bytes.length] as const);
      for (const [index, [buffer, start]] of places.entries()) {
        const before = places.slice(0, index).filter(([other]) => other === buffer);
        expect(before.every(([, from, length]) => from + length <= start)).toBe(true);
      }
      pooledRandomBytes(9_000);
      expect(given.map((bytes) => bytes.toString('hex'))).toEqual(texts);
    }),
    { numRuns: 300 },
  );
});
