import { expect } from '@jest/globals';
import { type Cases, type CaseWorld, failureOf } from './case.ts';
import type { Doc, Sdk } from './sdk.ts';

type Change = (use: (name: string, ...operands: unknown[]) => unknown) => object;

const commandsOf =
  (sdk: Sdk) =>
  (name: string, ...operands: unknown[]) =>
    sdk.command[name]?.(...operands);

/** A document, a change to it, and what must come of it. */
function becomes(before: Doc, change: Change, after: Doc) {
  return async ({ sdk }: CaseWorld) => {
    await sdk.add({ _id: 'a', ...before });

    expect(await sdk.update('a', change(commandsOf(sdk)))).toBe(1);
    expect(await sdk.get('a')).toEqual({ _id: 'a', ...after });
  };
}

/** A change that must fail and leave the document as it was. */
function refused(before: Doc, change: Change, code = 'DATABASE_REQUEST_FAILED') {
  return async ({ sdk }: CaseWorld) => {
    await sdk.add({ _id: 'a', ...before });

    expect((await failureOf(sdk.update('a', change(commandsOf(sdk))))).code).toBe(code);
    expect(await sdk.get('a')).toEqual({ _id: 'a', ...before });
  };
}

export const updateCases: Cases = {
  'plain objects merge deeply': becomes(
    { in: { x: 1, y: { z: 1 } }, n: 1 },
    () => ({ in: { y: { w: 2 } }, list: [1] }),
    { in: { x: 1, y: { z: 1, w: 2 } }, n: 1, list: [1] },
  ),
  'set replaces an object': becomes({ in: { x: 1 } }, (use) => ({ in: use('set', { y: 2 }) }), {
    in: { y: 2 },
  }),
  'remove takes a field away': becomes({ x: 1, y: 2 }, (use) => ({ x: use('remove') }), { y: 2 }),
  'inc adds, and starts from nothing': becomes(
    { n: 5 },
    (use) => ({ n: use('inc', -2), fresh: use('inc', 3) }),
    { n: 3, fresh: 3 },
  ),
  'mul multiplies': becomes({ n: 5 }, (use) => ({ n: use('mul', 3) }), { n: 15 }),
  'max and min': becomes(
    { low: 5, high: 5 },
    (use) => ({ low: use('min', 3), high: use('max', 9) }),
    { low: 3, high: 9 },
  ),
  'rename moves a field': becomes({ x: 1 }, (use) => ({ x: use('rename', 'y') }), { y: 1 }),
  'push adds at the end': becomes(
    { list: [1] },
    (use) => ({ list: use('push', [2, 3]), fresh: use('push', ['x']) }),
    { list: [1, 2, 3], fresh: ['x'] },
  ),
  'push with position, sort and slice': becomes(
    { a: [1, 4], b: [3, 1] },
    (use) => ({
      a: use('push', { each: [2, 3], position: 1 }),
      b: use('push', { each: [2], sort: 1, slice: 2 }),
      fresh: use('push', { each: [3, 1, 2], sort: 1, slice: 2 }),
    }),
    { a: [1, 2, 3, 4], b: [1, 2], fresh: [1, 2] },
  ),
  'unshift, pop and shift': becomes(
    { un: [2], po: [1, 2], sh: [1, 2] },
    (use) => ({ un: use('unshift', [1]), po: use('pop'), sh: use('shift') }),
    { un: [1, 2], po: [1], sh: [2] },
  ),
  'pull by value and by condition': becomes(
    { v: [1, 2, 1], c: [1, 5, 9], o: [{ k: 1 }, { k: 2 }] },
    (use) => ({ v: use('pull', 1), c: use('pull', use('gt', 4)), o: use('pull', { k: 1 }) }),
    { v: [2], c: [1], o: [{ k: 2 }] },
  ),
  pullAll: becomes({ v: [1, 2, 3] }, (use) => ({ v: use('pullAll', [1, 3]) }), { v: [2] }),
  'addToSet adds what is not there': becomes({ v: ['a'] }, (use) => ({ v: use('addToSet', 'b') }), {
    v: ['a', 'b'],
  }),
  'paths reach into objects and lists': becomes(
    { in: { x: 1 }, list: [{ n: 1 }, { n: 2 }] },
    (use) => ({ 'in.x': 2, 'list.1.n': use('inc', 5) }),
    { in: { x: 2 }, list: [{ n: 1 }, { n: 7 }] },
  ),
  'dates are stored as dates': becomes(
    { at: new Date(1) },
    (use) => ({ at: new Date(5), list: use('push', [new Date(6)]) }),
    { at: new Date(5), list: [new Date(6)] },
  ),

  'inc of a text is refused': refused({ n: 'x' }, (use) => ({ n: use('inc', 1) })),
  'inc of null is refused': refused({ n: null }, (use) => ({ n: use('inc', 1) })),
  'push onto what is no list is refused': refused({ n: 1 }, (use) => ({ n: use('push', [1]) })),
  'addToSet on what is no list is refused': refused({ n: 1 }, (use) => ({
    n: use('addToSet', 1),
  })),
  'a path through a number is refused': refused({ n: 1 }, () => ({ 'n.x': 1 })),
  'a field and a part of it cannot both be written': refused({ in: { x: 1 } }, (use) => ({
    in: use('set', { y: 1 }),
    'in.x': 2,
  })),

  'a change of nothing still counts its match': becomes({ n: 1 }, () => ({ n: 1 }), { n: 1 }),

  'update by query reaches every match': async ({ sdk }) => {
    for (const n of [1, 2, 3]) await sdk.add({ _id: String(n), n });
    const { gt, inc } = sdk.command;

    expect(await sdk.updateWhere({ n: gt?.(1) }, { n: inc?.(10) })).toBe(2);
    expect(await sdk.updateWhere({ n: 99 }, { n: 0 })).toBe(0);
    const found = await sdk.find((from) => from.orderBy('n', 'asc'));
    expect(found.map(({ n }) => n)).toEqual([1, 12, 13]);
  },

  'compare-and-set by query has one winner': async ({ sdk }) => {
    await sdk.add({ _id: 'a', rev: 0 });
    const attempt = (by: number) => sdk.updateWhere({ _id: 'a', rev: 0 }, { rev: 1, by });

    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(attempt));

    expect(outcomes.filter((updated) => updated === 1)).toHaveLength(1);
    expect(outcomes.filter((updated) => updated === 0)).toHaveLength(4);
    expect((await sdk.get('a'))?.by).toBe(outcomes.indexOf(1) + 1);
  },

  'increments from many at once are all there': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 0 });

    await Promise.all(
      Array.from({ length: 50 }, () => sdk.update('a', { n: sdk.command.inc?.(1) })),
    );

    expect((await sdk.get('a'))?.n).toBe(50);
  },

  'update without a query is refused': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });

    expect((await failureOf(sdk.updateWhere(undefined, { n: 2 }))).code).toBe('INVALID_PARAM');
    expect((await sdk.get('a'))?.n).toBe(1);
  },

  'remove by query reaches every match': async ({ sdk }) => {
    for (const n of [1, 2, 3]) await sdk.add({ _id: String(n), n });

    expect(await sdk.removeWhere({ n: sdk.command.lt?.(3) })).toBe(2);
    expect(await sdk.find((from) => from)).toEqual([{ _id: '3', n: 3 }]);
  },

  'remove without a query is refused': async ({ sdk }) => {
    await sdk.add({ _id: 'a' });

    expect((await failureOf(sdk.removeWhere(undefined))).code).toBe('INVALID_PARAM');
    expect(await sdk.count()).toBe(1);
  },
};
