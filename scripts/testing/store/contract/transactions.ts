import { describe, expect, test } from '@jest/globals';
import type { Store, Transaction } from '../../../../shared/store/store.ts';
import { failureOf, freshId, type Order, order, orders, seats } from './fixtures.ts';

/** The transactions that every driver must carry out. */
export function transactionsContract(current: () => Store): void {
  async function created(fields: Partial<Order> = {}): Promise<Order> {
    const doc = order(fields);
    await current().create(orders, doc);
    return doc;
  }
  async function total(id: string): Promise<number | undefined> {
    return (await current().get(orders, id))?.doc.total;
  }
  async function add(tx: Transaction, id: string, by: number): Promise<void> {
    const found = await tx.get(orders, id);
    if (found) await tx.replace(orders, { ...found.doc, total: found.doc.total + by });
  }

  describe('transactions', () => {
    test('write all or nothing', async () => {
      const [a, b] = [await created({ total: 5 }), await created({ total: 5 })];
      const extra = order();

      const result = await current().transaction(async (tx) => {
        await add(tx, a._id, -1);
        await add(tx, b._id, +1);
        await tx.create(orders, extra);
        return 'moved';
      });
      const stopped = current().transaction(async (tx) => {
        await add(tx, a._id, -1);
        await tx.remove(orders, b._id);
        throw new Error('no money');
      });

      await expect(stopped).rejects.toThrow('no money');
      expect(result).toBe('moved');
      expect([await total(a._id), await total(b._id), await total(extra._id)]).toEqual([4, 6, 10]);
    });

    test('read what they have written, and others read it after the commit', async () => {
      const doc = await created({ note: 'old' });
      const { note, ...bare } = { ...doc, total: 77 };

      const inside = await current().transaction(async (tx) => {
        await tx.replace(orders, bare);
        const outside = await total(doc._id);
        return { outside, own: (await tx.get(orders, doc._id))?.doc };
      });

      expect(inside).toEqual({ outside: doc.total, own: bare });
      expect((await current().get(orders, doc._id))?.doc).toEqual(bare);
    });

    test('see the state at their start', async () => {
      const [a, b] = [await created({ total: 1 }), await created({ total: 1 })];

      const seen = await current().transaction(async (tx) => {
        const first = await tx.get(orders, a._id);
        const now = await current().get(orders, b._id);
        await current().patchIf(orders, b._id, { total: 2 }, now?.rev ?? 0);
        return [first?.doc.total, (await tx.get(orders, b._id))?.doc.total];
      });

      expect(seen).toEqual([1, 1]);
      expect(await total(b._id)).toBe(2);
    });

    test('run again after a conflict, until every one has counted', async () => {
      const doc = await created({ total: 0 });
      let runs = 0;

      await Promise.all(
        Array.from({ length: 8 }, () =>
          current().transaction(async (tx) => {
            runs += 1;
            await add(tx, doc._id, 1);
          }),
        ),
      );

      expect(await total(doc._id)).toBe(8);
      expect(runs).toBeGreaterThanOrEqual(8);
    });

    test('do not let two decide on what the other changes', async () => {
      const doctors = [await created({ total: 1 }), await created({ total: 1 })];
      let waiting = 2;
      let meet = () => {};
      const met = new Promise<void>((resolve) => {
        meet = resolve;
      });

      await Promise.all(
        doctors.map((me) =>
          current().transaction(async (tx) => {
            const onDuty = [];
            for (const { _id } of doctors) onDuty.push((await tx.get(orders, _id))?.doc.total);
            waiting -= 1;
            if (waiting === 0) meet();
            await met;
            if (onDuty.every((n) => n === 1)) await add(tx, me._id, -1);
          }),
        ),
      );

      const onDuty = await Promise.all(doctors.map(({ _id }) => total(_id)));
      expect(onDuty.filter((n) => n === 1)).toHaveLength(1);
    });

    test('create once: the one that was later sees what the other has written', async () => {
      const doc = order();
      const seen: unknown[] = [];

      await Promise.all(
        [1, 2].map((n) =>
          current().transaction(async (tx) => {
            const found = await tx.get(orders, doc._id);
            if (found) seen.push(found.doc.total);
            else await tx.create(orders, { ...doc, total: n });
          }),
        ),
      );

      expect(seen).toEqual([await total(doc._id)]);
    });

    test('that create what is there run once again, then fail', async () => {
      const doc = await created({ total: 1 });
      const seat = { _id: freshId(), row: 'taken', number: 1 };
      await current().create(seats, seat);
      let runs = 0;

      const sameId = await failureOf(
        current().transaction(async (tx) => {
          runs += 1;
          await tx.create(orders, { ...doc, total: 2 });
        }),
      );
      const sameFields = await failureOf(
        current().transaction((tx) => tx.create(seats, { ...seat, _id: freshId() })),
      );

      expect([sameId.code, sameId.details.reason, runs]).toEqual(['conflict', 'duplicate', 2]);
      expect([sameFields.code, sameFields.details.outcome]).toEqual(['conflict', 'refused']);
      expect(await total(doc._id)).toBe(1);
    });

    test('replace only what is there, and remove what may be', async () => {
      const doc = await created();
      const replacing = failureOf(current().transaction((tx) => tx.replace(orders, order())));

      await current().transaction(async (tx) => {
        await tx.remove(orders, doc._id);
        await tx.remove(orders, freshId());
        expect(await tx.get(orders, doc._id)).toBeUndefined();
      });

      expect((await replacing).code).toBe('invalid');
      expect(await total(doc._id)).toBeUndefined();
    });

    test('remove and create again under the same id', async () => {
      const doc = await created({ total: 1 });
      const before = await current().get(orders, doc._id);

      await current().transaction(async (tx) => {
        await tx.remove(orders, doc._id);
        await tx.create(orders, { ...doc, total: 2 });
      });

      expect(await total(doc._id)).toBe(2);
      const rev = before?.rev ?? 0;
      expect(await current().patchIf(orders, doc._id, { total: 3 }, rev)).toBe(false);
    });

    test('do not commit what is half done, even if the work swallows the failure', async () => {
      const [a, b] = [await created({ total: 1 }), await created()];

      const error = await failureOf(
        current().transaction(async (tx) => {
          await add(tx, a._id, 1);
          await tx.create(orders, b).catch(() => undefined);
          return 'all fine';
        }),
      );

      expect(error.details.reason).toBe('duplicate');
      expect(await total(a._id)).toBe(1);
    });

    test('carry out an operation that is not awaited, and none after their end', async () => {
      const doc = await created({ total: 1 });
      let escaped: Transaction | undefined;

      await current().transaction(async (tx) => {
        escaped = tx;
        void tx.replace(orders, { ...doc, total: 2 });
      });

      expect(await total(doc._id)).toBe(2);
      await expect(escaped?.remove(orders, doc._id)).rejects.toThrow('ended');
      expect(await total(doc._id)).toBe(2);
    });

    test('make a writer outside wait, who then finds the document moved', async () => {
      const doc = await created({ total: 1 });
      const before = await current().get(orders, doc._id);
      let outside: Promise<boolean> | undefined;

      await current().transaction(async (tx) => {
        await add(tx, doc._id, 1);
        outside ??= current().patchIf(orders, doc._id, { total: 50 }, before?.rev ?? 0);
      });

      expect(await outside).toBe(false);
      expect(await total(doc._id)).toBe(2);
    });
  });
}
