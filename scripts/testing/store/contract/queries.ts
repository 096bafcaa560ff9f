import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Filter, Store } from '../../../../shared/store/store.ts';
import { failureOf, type Order, order, orders } from './fixtures.ts';

/** The queries that every driver must answer, and those that it must refuse. */
export function queriesContract(current: () => Store): void {
  describe('queries', () => {
    const batch = 'queries';
    const days = (n: number) => new Date(Date.UTC(2026, 0, n));
    const docs = [
      order({ batch, _id: 'q1', total: 1, state: 'open', placedAt: days(1), tags: ['x'] }),
      order({ batch, _id: 'q2', total: 2, state: 'paid', placedAt: days(2), tags: ['x', 'y'] }),
      order({ batch, _id: 'q3', total: 3, state: 'paid', placedAt: days(3), urgent: true }),
      order({ batch, _id: 'q4', total: 3, state: 'sent', placedAt: days(4), note: 'n' }),
    ];
    beforeAll(async () => {
      for (const doc of docs) await current().create(orders, doc);
    });

    const cases: [string, Filter<Order>, string[]][] = [
      ['equal text', { state: { eq: 'paid' } }, ['q2', 'q3']],
      ['equal dates', { placedAt: { eq: days(2) } }, ['q2']],
      ['booleans', { urgent: { eq: true } }, ['q3']],
      ['one of', { state: { in: ['open', 'sent'] } }, ['q1', 'q4']],
      ['one of none', { state: { in: [] } }, []],
      ['one of dates', { placedAt: { in: [days(1), days(4)] } }, ['q1', 'q4']],
      ['less', { total: { lt: 3 } }, ['q1', 'q2']],
      ['a range', { total: { gte: 2, lt: 3 } }, ['q2']],
      ['two ranges', { total: { gt: 1, lte: 3 }, placedAt: { gt: days(2), lt: days(4) } }, ['q3']],
      ['a list that has it', { tags: { has: 'x' } }, ['q1', 'q2']],
      ['a list that has one of several', { tags: { hasAny: ['y', 'z'] } }, ['q2']],
      ['two fields', { state: { eq: 'paid' }, tags: { has: 'y' } }, ['q2']],
      ['a missing field, which never matches', { note: { lte: 'z' } }, ['q4']],
      ['an id', { _id: { in: ['q1', 'q3', 'nobody'] } }, ['q1', 'q3']],
    ];
    test.each(cases)('find %s', async (_, filter, ids) => {
      const both: Filter<Order> = { batch: { eq: batch }, ...filter };

      const found = await current().query(orders, {
        filter: both,
        order: [{ field: '_id', direction: 'asc' }],
        limit: 10,
      });

      expect(found.map(({ doc }) => doc._id)).toEqual(ids);
      expect(await current().count(orders, both)).toBe(ids.length);
    });

    test('come in order, from where asked, as many as asked', async () => {
      const found = await current().query(orders, {
        filter: { batch: { eq: batch } },
        order: [
          { field: 'total', direction: 'desc' },
          { field: '_id', direction: 'desc' },
        ],
        skip: 1,
        limit: 2,
      });

      expect(found.map(({ doc }) => doc)).toEqual([docs[2], docs[1]]);
      expect(await current().patchIf(orders, 'q3', { total: 3 }, found[0]?.rev ?? 0)).toBe(true);
    });

    test('find everything only when told so', async () => {
      const all = await current().query(orders, { filter: 'all', limit: 1000 });

      expect(all.length).toBeGreaterThanOrEqual(docs.length);
      expect(await current().count(orders, 'all')).toBe(all.length);
    });

    const hollow: [string, unknown][] = [
      ['an empty filter', {}],
      ['no filter', undefined],
      ['a missing comparison', { state: undefined }],
      ['an empty comparison', { state: {} }],
      ['a missing value', { state: { eq: undefined } }],
      ['a missing value beside a good one', { total: { eq: 1 }, state: { eq: undefined } }],
      ['an empty object', { buyer: { eq: {} } }],
      ['a null', { note: { eq: null } }],
      ['an operator of the database', { total: { $gt: 0 } }],
      ['a field that is none', { unknown: { eq: 1 } }],
      ['a path', { 'buyer.name': { eq: 'A' } }],
      ['a missing value among others', { state: { in: ['open', undefined] } }],
    ];
    test.each(hollow)('refuse %s, which the SDK might take for "everything"', async (_, filter) => {
      const query = { filter: filter as Filter<Order>, limit: 10 };

      expect((await failureOf(current().query(orders, query))).code).toBe('invalid');
      expect((await failureOf(current().count(orders, query.filter))).code).toBe('invalid');
    });

    test.each([0, 1001, 1.5, Number.NaN])('refuse a limit of %p', async (limit) => {
      const query = { filter: 'all', limit } as const;

      expect((await failureOf(current().query(orders, query))).code).toBe('invalid');
    });
  });
}
