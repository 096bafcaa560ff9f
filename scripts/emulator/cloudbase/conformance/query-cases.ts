import { expect } from '@jest/globals';
import { type Cases, type CaseWorld, ENV, failureOf } from './case.ts';
import type { Doc, Sdk } from './sdk.ts';

async function fill(sdk: Sdk, ...documents: Doc[]) {
  for (const document of documents) await sdk.add(document);
}

async function idsWhere(sdk: Sdk, query: object): Promise<unknown[]> {
  return (await sdk.find((from) => from.where(query))).map(({ _id }) => _id).sort();
}

const numbers: Doc[] = [1, 2, 3, 4, 5].map((n) => ({ _id: `n${n}`, n }));

/** A query over the numbers 1 to 5 and the ids it must find. */
function overNumbers(query: (sdk: Sdk) => object, ...ids: string[]) {
  return async ({ sdk }: CaseWorld) => {
    await fill(sdk, ...numbers);

    expect(await idsWhere(sdk, query(sdk))).toEqual(ids);
  };
}

const call = (sdk: Sdk, name: string, ...operands: unknown[]) => sdk.command[name]?.(...operands);

export const queryCases: Cases = {
  equality: overNumbers(() => ({ n: 3 }), 'n3'),
  'eq and neq': overNumbers((sdk) => ({ n: call(sdk, 'neq', 3) }), 'n1', 'n2', 'n4', 'n5'),
  'gt and lt': overNumbers((sdk) => ({ n: call(sdk, 'gt', 4) }), 'n5'),
  'gte and lte': overNumbers(
    (sdk) => call(sdk, 'and', [{ n: call(sdk, 'gte', 2) }, { n: call(sdk, 'lte', 3) }]) as object,
    'n2',
    'n3',
  ),
  in: overNumbers((sdk) => ({ n: call(sdk, 'in', [1, 5, 9]) }), 'n1', 'n5'),
  nin: overNumbers((sdk) => ({ n: call(sdk, 'nin', [1, 2, 3]) }), 'n4', 'n5'),
  or: overNumbers(
    (sdk) => call(sdk, 'or', [{ n: 1 }, { n: call(sdk, 'gt', 4) }]) as object,
    'n1',
    'n5',
  ),
  'or on one field': overNumbers(
    (sdk) => ({ n: call(sdk, 'or', call(sdk, 'lt', 2), call(sdk, 'gt', 4)) }),
    'n1',
    'n5',
  ),
  not: overNumbers((sdk) => ({ n: call(sdk, 'not', call(sdk, 'gt', 2)) }), 'n1', 'n2'),
  mod: overNumbers(
    // The older SDK takes both numbers as one list.
    (sdk) => ({ n: sdk.name === 'node-sdk' ? call(sdk, 'mod', 2, 0) : call(sdk, 'mod', [2, 0]) }),
    'n2',
    'n4',
  ),
  'several ids': overNumbers((sdk) => ({ _id: call(sdk, 'in', ['n1', 'n4', 'n9']) }), 'n1', 'n4'),
  'id and another field': overNumbers(() => ({ _id: 'n1', n: 2 })),

  'exists, and null for missing': async ({ sdk }) => {
    await fill(sdk, { _id: 'has', x: 1 }, { _id: 'null', x: null }, { _id: 'lacks' });

    expect(await idsWhere(sdk, { x: call(sdk, 'exists', true) })).toEqual(['has', 'null']);
    expect(await idsWhere(sdk, { x: null })).toEqual(['lacks', 'null']);
  },

  'arrays: contains, all, size, elemMatch': async ({ sdk }) => {
    await fill(
      sdk,
      { _id: 'a', tags: ['x', 'y'], items: [{ q: 1, p: 5 }] },
      {
        _id: 'b',
        tags: ['y'],
        items: [
          { q: 1, p: 1 },
          { q: 2, p: 5 },
        ],
      },
    );
    const both = { q: 1, p: call(sdk, 'gt', 4) };

    expect(await idsWhere(sdk, { tags: 'y' })).toEqual(['a', 'b']);
    expect(await idsWhere(sdk, { tags: call(sdk, 'all', ['x', 'y']) })).toEqual(['a']);
    expect(await idsWhere(sdk, { tags: call(sdk, 'size', 1) })).toEqual(['b']);
    expect(await idsWhere(sdk, { items: call(sdk, 'elemMatch', both) })).toEqual(['a']);
  },

  'nested fields by object and by path': async ({ sdk }) => {
    await fill(sdk, { _id: 'a', in: { x: 1, y: 2 } }, { _id: 'b', in: { x: 2 } });

    expect(await idsWhere(sdk, { in: { x: 1 } })).toEqual(['a']);
    expect(await idsWhere(sdk, { 'in.x': call(sdk, 'gt', 1) })).toEqual(['b']);
  },

  'regular expressions in both spellings': async ({ sdk }) => {
    await fill(sdk, { _id: 'a', s: 'Hello' }, { _id: 'b', s: 'shell' }, { _id: 'c', s: 'help' });

    expect(await idsWhere(sdk, { s: /^hel/i })).toEqual(['a', 'c']);
    expect(await idsWhere(sdk, { s: sdk.RegExp({ regexp: 'ell', options: 'i' }) })).toEqual([
      'a',
      'b',
    ]);
  },

  'dates compare as dates': async ({ sdk }) => {
    await fill(sdk, { _id: 'old', at: new Date(1000) }, { _id: 'new', at: new Date(5000) });

    expect(await idsWhere(sdk, { at: call(sdk, 'lt', new Date(2000)) })).toEqual(['old']);
    expect(await idsWhere(sdk, { at: new Date(5000) })).toEqual(['new']);
  },

  'a server date compares with the time of the emulator': async ({ sdk, emulator }) => {
    emulator.control.clock.set(10_000_000);
    await fill(
      sdk,
      { _id: 'past', at: new Date(9_000_000) },
      { _id: 'future', at: new Date(9e12) },
    );

    expect(await idsWhere(sdk, { at: call(sdk, 'lt', sdk.serverDate()) })).toEqual(['past']);
  },

  'order by several fields, skip and limit': async ({ sdk }) => {
    await fill(
      sdk,
      { _id: '1', g: 'b', n: 1 },
      { _id: '2', g: 'a', n: 1 },
      { _id: '3', g: 'a', n: 2 },
      { _id: '4', g: 'b', n: 2 },
    );

    const page = await sdk.find((from) =>
      from.where({}).orderBy('g', 'asc').orderBy('n', 'desc').skip(1).limit(2),
    );

    expect(page.map(({ _id }) => _id)).toEqual(['2', '4']);
  },

  'unlike types sort as BSON does': async ({ sdk }) => {
    await fill(
      sdk,
      { _id: 'date', v: new Date(0) },
      { _id: 'bool', v: true },
      { _id: 'text', v: 'a' },
      { _id: 'number', v: 5 },
      { _id: 'missing' },
      { _id: 'object', v: { x: 1 } },
    );

    const sorted = await sdk.find((from) => from.orderBy('v', 'asc'));

    const ids = sorted.map(({ _id }) => _id);
    expect(ids).toEqual(['missing', 'number', 'text', 'object', 'bool', 'date']);
  },

  'a query gives 100 documents, 1000 at most': async ({ sdk, emulator }) => {
    const writes = Array.from({ length: 1005 }, (_, n) => ['c', `s:${n}`, { _id: String(n) }]);
    emulator.control.import(ENV, [
      { kind: 'collection', name: 'c' },
      { kind: 'commit', writes: writes as [string, string, unknown][] },
    ]);

    expect(await sdk.find((from) => from)).toHaveLength(100);
    expect(await sdk.find((from) => from.limit(1004))).toHaveLength(1000);
    expect(await sdk.count()).toBe(1005);
  },

  'projections include or leave out': async ({ sdk }) => {
    await sdk.add({ _id: 'a', x: 1, y: 2, in: { p: 1, q: 2 } });

    const [included] = await sdk.find((from) => from.field({ x: true, 'in.p': true }));
    const [without] = await sdk.find((from) => from.field({ x: true, _id: false }));
    const [excluded] = await sdk.find((from) => from.field({ x: false, in: false }));

    expect(included).toEqual({ _id: 'a', x: 1, in: { p: 1 } });
    expect(without).toEqual({ x: 1 });
    expect(excluded).toEqual({ _id: 'a', y: 2 });
  },

  'count counts what matches': async ({ sdk }) => {
    await fill(sdk, ...numbers);

    expect(await sdk.count()).toBe(5);
    expect(await sdk.count({ n: call(sdk, 'gt', 3) })).toBe(2);
    expect(await sdk.count({ n: 9 })).toBe(0);
  },

  'a filter of nothing but an empty object matches everything': async ({ sdk }) => {
    await fill(sdk, ...numbers);

    expect(await sdk.count({ n: {} })).toBe(5);
  },

  'geographic queries are refused': async ({ sdk }) => {
    const near = call(sdk, 'geoNear', { geometry: sdk.point(1, 2), maxDistance: 5 });

    const failure = await failureOf(sdk.find((from) => from.where({ at: near })));

    expect(failure.code).toBe('DATABASE_INVALID_OPERRATOR');
  },
};
