import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../../../shared/store/store.ts';
import { crews, failureOf, freshId, type Order, order, orders, seats } from './fixtures.ts';

/** The operations on single documents that every driver must carry out. */
export function documentsContract(current: () => Store): void {
  async function rev(doc: Order): Promise<number> {
    return (await current().get(orders, doc._id))?.rev ?? Number.NaN;
  }

  describe('documents', () => {
    test('come back as they were written', async () => {
      const doc = order({
        tags: ['a', 'b'],
        urgent: false,
        buyer: { name: '李雷 😀 "\\\n', since: new Date(0) },
        anything: { empty: {}, list: [[], [null, 0, -1.5, '']], when: new Date(-1) },
      });

      expect(await current().create(orders, doc)).toBe(true);

      expect((await current().get(orders, doc._id))?.doc).toEqual(doc);
    });

    test('are created once', async () => {
      const doc = order({ total: 1 });

      expect(await current().create(orders, doc)).toBe(true);
      expect(await current().create(orders, { ...doc, total: 2 })).toBe(false);

      expect((await current().get(orders, doc._id))?.doc.total).toBe(1);
    });

    test('that are inserted tell the revision in which they can be changed', async () => {
      const doc = order({ total: 1 });

      const at = await current().insert(orders, doc);

      expect(await current().insert(orders, doc)).toBeUndefined();
      expect(at).toBe(await rev(doc));
      expect(await current().patchIf(orders, doc._id, { total: 2 }, at ?? 0)).toBe(true);
    });

    test('of the same unique fields are created once, by however many at the same time', async () => {
      const seat = (number: number) => ({ _id: freshId(), row: 'contended', number });

      const created = await Promise.all(
        [1, 1, 1, 1, 2].map((n) => current().create(seats, seat(n))),
      );

      expect(created.filter(Boolean)).toHaveLength(2);
      expect(await current().count(seats, { row: { eq: 'contended' } })).toBe(2);
    });

    test('with a unique list share no element with another', async () => {
      const [first, second] = [freshId(), freshId()];
      await current().create(crews, { _id: first, members: [`${first} a`, `${first} b`] });

      const taken = { _id: second, members: [`${first} b`, `${second} c`] };
      expect(await current().create(crews, taken)).toBe(false);
      expect(await current().create(crews, { _id: second, members: [`${second} c`] })).toBe(true);

      const stored = await current().get(crews, second);
      const joining = current().replaceIf(crews, taken, stored?.rev ?? 0);
      expect((await failureOf(joining)).details.reason).toBe('duplicate');
      expect(await current().count(crews, { members: { hasAny: [`${first} b`] } })).toBe(1);
    });

    test('that are not there are undefined', async () => {
      expect(await current().get(orders, freshId())).toBeUndefined();
    });

    test('are replaced whole, in the revision that was read only', async () => {
      const doc = order({ note: 'old', buyer: { name: 'A' } });
      await current().create(orders, doc);
      const before = await rev(doc);
      const next = order({ _id: doc._id, total: 20, anything: {} });

      expect(await current().replaceIf(orders, next, before)).toBe(true);
      expect(await current().replaceIf(orders, { ...next, total: 30 }, before)).toBe(false);

      expect((await current().get(orders, doc._id))?.doc).toEqual(next);
      expect(await rev(doc)).not.toBe(before);
    });

    test('are patched field by field, and a field is never merged', async () => {
      const doc = order({ note: 'gone', anything: { a: 1, b: { c: 2 } }, buyer: { name: 'A' } });
      await current().create(orders, doc);
      const before = await rev(doc);
      const patch = { note: undefined, anything: { b: {} }, buyer: { name: 'B' }, tags: [] };

      expect(await current().patchIf(orders, doc._id, patch, before)).toBe(true);
      expect(await current().patchIf(orders, doc._id, { total: 11 }, before)).toBe(false);

      const { note, ...rest } = doc;
      const expected = { ...rest, anything: { b: {} }, buyer: { name: 'B' } };
      expect((await current().get(orders, doc._id))?.doc).toEqual(expected);
    });

    test('that are not there are neither replaced nor patched nor created by it', async () => {
      const doc = order();

      expect(await current().replaceIf(orders, doc, 1)).toBe(false);
      expect(await current().patchIf(orders, doc._id, { total: 1 }, 1)).toBe(false);
      expect(await current().remove(orders, doc._id)).toBe(false);

      expect(await current().get(orders, doc._id)).toBeUndefined();
    });

    test('let one of many writers of the same revision through', async () => {
      const doc = order();
      await current().create(orders, doc);
      const before = await rev(doc);

      const results = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((total) => current().patchIf(orders, doc._id, { total }, before)),
      );

      expect(results.filter(Boolean)).toHaveLength(1);
      expect((await current().get(orders, doc._id))?.doc.total).toBe(results.indexOf(true) + 1);
    });

    test('never have a revision again that a removed one had', async () => {
      const doc = order();
      await current().create(orders, doc);
      const before = await rev(doc);

      expect(await current().remove(orders, doc._id)).toBe(true);
      await current().create(orders, doc);

      expect(await current().patchIf(orders, doc._id, { total: 99 }, before)).toBe(false);
    });

    test('count up without losing any, from the first on', async () => {
      const doc = order({ total: 100 });

      await Promise.all(
        Array.from({ length: 12 }, () => current().increment(orders, doc, { total: 2 })),
      );

      expect((await current().get(orders, doc._id))?.doc).toEqual({ ...doc, total: 124 });
    });
  });
}
