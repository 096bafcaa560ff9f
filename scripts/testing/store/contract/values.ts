import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Store } from '../../../../shared/store/store.ts';
import { failureOf, type Order, order, orders } from './fixtures.ts';

/**
 * What every driver must carry, or refuse to.
 *
 * @param runs of the property: fewer where each is some requests
 */
export function valuesContract(current: () => Store, runs: number): void {
  describe('values', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const lossy: [string, unknown, string][] = [
      ['bytes', Buffer.from('hi'), 'anything'],
      ['typed arrays', { a: new Uint8Array(2) }, 'anything.a'],
      ['big integers', 10n, 'anything'],
      ['maps', { m: new Map([[1, 2]]) }, 'anything.m'],
      ['instances of a class', [new (class Money {})()], 'anything[0]'],
      ['undefined in a list', { list: [1, undefined] }, 'anything.list[1]'],
      ['holes in a list', new Array(1), 'anything[0]'],
      ['NaN', { n: Number.NaN }, 'anything.n'],
      ['infinity', Number.POSITIVE_INFINITY, 'anything'],
      ['integers beyond 2^53', 2 ** 53, 'anything'],
      ['invalid dates', new Date(Number.NaN), 'anything'],
      ['functions', () => 1, 'anything'],
      ['names that begin with $', { $set: 1 }, 'anything.$set'],
      ['names with a dot', { 'a.b': 1 }, 'anything.a.b'],
      ['an empty name', { '': 1 }, 'anything.'],
      ['half an emoji', '\ud83d', 'anything'],
      ['GeoJSON', { at: { type: 'Point', coordinates: [500, 1] } }, 'anything.at'],
      ['cycles', cyclic, 'anything.self'],
    ];
    test.each(lossy)('that an encoding would lose are refused: %s', async (_, value, path) => {
      const doc = order({ anything: value });

      const error = await failureOf(current().create(orders, doc));

      expect(error.code).toBe('invalid');
      const [problem] = error.details.problems as { path: string }[];
      expect(problem?.path.startsWith(path)).toBe(true);
      expect(await current().get(orders, doc._id)).toBeUndefined();
    });

    test('that do not fit the schema are refused by place, without saying what they are', async () => {
      const doc = { ...order(), total: 'oSecretFollower', extra: 1 } as unknown as Order;
      const fitting = order();
      await current().create(orders, fitting);

      const error = await failureOf(current().create(orders, doc));
      const patch = { buyer: { name: 5 }, state: 'oSecretFollower' } as unknown as Partial<Order>;
      const patched = await failureOf(
        current().patchIf(
          orders,
          fitting._id,
          patch,
          (await current().get(orders, fitting._id))?.rev ?? 0,
        ),
      );

      const paths = (e: AppError) => (e.details.problems as { path: string }[]).map((p) => p.path);
      expect(paths(error)).toEqual(expect.arrayContaining(['total', 'extra']));
      expect(paths(patched)).toEqual(['buyer.name', 'state']);
      expect(JSON.stringify([error, error.message, patched, patched.message])).not.toContain(
        'oSecretFollower',
      );
      expect((await current().get(orders, fitting._id))?.doc).toEqual(fitting);
    });

    test.each(['', undefined, 7, '\ud83d'])('%p is no id', async (id) => {
      expect((await failureOf(current().get(orders, id as string))).code).toBe('invalid');
      expect((await failureOf(current().remove(orders, id as string))).code).toBe('invalid');
    });

    test('survive, or are refused', async () => {
      const dates = fc.date({ noInvalidDate: false });
      const values = fc.anything({ withDate: true, withBigInt: true, withMap: true, maxDepth: 3 });
      const shapes = fc.constantFrom<unknown>(
        { type: 'Point', coordinates: [1, 2] },
        { type: 'LineString', coordinates: [[1, 2]] },
        { operator: 'inc', operands: [1], fieldName: {} },
        { $date: 1 },
        { toString: 'x', constructor: 1, valueOf: 2, length: 3 },
        { hasOwnProperty: 1 },
        { _bsontype: 'Long', low: 1, high: 2 },
        { _internalType: 'x' },
      );
      const value = fc.oneof(values, fc.record({ dates, values }), fc.array(shapes), shapes);
      await fc.assert(
        fc.asyncProperty(value, async (anything) => {
          const doc = order({ anything });
          const isCreated = await current()
            .create(orders, doc)
            .catch((error: unknown) => {
              if (error instanceof AppError && error.code === 'invalid') return false;
              throw error;
            });
          const found = await current().get(orders, doc._id);
          if (!isCreated) return expect(found).toBeUndefined();
          expect(found?.doc).toEqual(unsigned(doc));
          // A change takes another way to the database than a new document.
          const patched = { ...doc, anything: { again: anything } };
          const patch = { anything: patched.anything };
          expect(await current().patchIf(orders, doc._id, patch, found?.rev ?? 0)).toBe(true);
          expect((await current().get(orders, doc._id))?.doc).toEqual(unsigned(patched));
        }),
        { numRuns: runs },
      );
    });

    test('are copied: what the caller does to them later changes nothing', async () => {
      const doc = order({ anything: { list: [1] } });
      await current().create(orders, doc);
      (doc.anything as { list: number[] }).list.push(2);

      const read = (await current().get(orders, doc._id))?.doc.anything as { list: number[] };
      read.list.push(3);

      expect((await current().get(orders, doc._id))?.doc.anything).toEqual({ list: [1] });
    });
  });
}

/** The value with 0 for -0, the one change that loses nothing. */
function unsigned(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(unsigned);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unsigned(item)]));
}
