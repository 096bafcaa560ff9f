import { expect } from '@jest/globals';
import { type Cases, failureOf } from './case.ts';
import type { Pipeline, Sdk } from './sdk.ts';

const orders = [
  { _id: '1', who: 'ann', total: 10, tags: ['x', 'y'] },
  { _id: '2', who: 'ann', total: 30, tags: ['y'] },
  { _id: '3', who: 'bob', total: 5, tags: [] },
];

async function fill(sdk: Sdk) {
  for (const order of orders) await sdk.add(order);
}

const stage = (pipeline: Pipeline, name: string, operand: unknown): Pipeline => {
  const next = pipeline[name]?.(operand);
  if (!next) throw new Error(`The SDK has no stage ${name}.`);
  return next;
};

export const aggregateCases: Cases = {
  'match, group and sort': async ({ sdk }) => {
    await fill(sdk);
    const { gt, aggregate } = sdk.command;
    const group = { _id: '$who', sum: aggregate?.sum?.('$total'), count: aggregate?.sum?.(1) };

    const result = await sdk.aggregate((from) => {
      const matched = stage(from, 'match', { total: gt?.(0) });
      return stage(stage(matched, 'group', group), 'sort', { sum: -1 });
    });

    expect(result).toEqual([
      { _id: 'ann', sum: 40, count: 2 },
      { _id: 'bob', sum: 5, count: 1 },
    ]);
  },

  'project, skip and limit': async ({ sdk }) => {
    await fill(sdk);

    const result = await sdk.aggregate((from) => {
      const sorted = stage(from, 'sort', { total: 1 });
      const page = stage(stage(sorted, 'skip', 1), 'limit', 1);
      return stage(page, 'project', { _id: 0, total: 1 });
    });

    expect(result).toEqual([{ total: 10 }]);
  },

  'unwind and sortByCount': async ({ sdk }) => {
    await fill(sdk);

    const result = await sdk.aggregate((from) =>
      stage(stage(from, 'unwind', '$tags'), 'sortByCount', '$tags'),
    );

    expect(result).toEqual([
      { _id: 'y', count: 2 },
      { _id: 'x', count: 1 },
    ]);
  },

  'lookup joins another collection': async ({ sdk }) => {
    await fill(sdk);
    await sdk.createCollection('people');
    await sdk.add({ _id: 'ann', age: 30 }, 'people');
    const join = { from: 'people', localField: 'who', foreignField: '_id', as: 'person' };

    const result = await sdk.aggregate((from) =>
      stage(stage(from, 'match', { _id: '1' }), 'lookup', join),
    );

    expect(result).toEqual([{ ...orders[0], person: [{ _id: 'ann', age: 30 }] }]);
  },

  'expressions over dates know time zones': async ({ sdk }) => {
    await sdk.add({ _id: 'a', at: new Date('2026-01-01T20:00:00Z') });
    const dateToString = sdk.command.aggregate?.dateToString;
    const day = dateToString?.({ date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' });

    const result = await sdk.aggregate((from) =>
      stage(stage(from, 'addFields', { day }), 'project', { day: 1 }),
    );

    expect(result).toEqual([{ _id: 'a', day: '2026-01-02' }]);
  },

  'count counts': async ({ sdk }) => {
    await fill(sdk);

    expect(await sdk.aggregate((from) => stage(from, 'count', 'n'))).toEqual([{ n: 3 }]);
  },

  'aggregation leaves the documents as they are': async ({ sdk }) => {
    await fill(sdk);

    await sdk.aggregate((from) => stage(from, 'addFields', { total: 0, 'in.x': 1 }));

    expect(await sdk.get('1')).toEqual(orders[0]);
  },

  'a stage that is not supported is refused': async ({ sdk }) => {
    const near = { near: sdk.point(1, 2), distanceField: 'd', spherical: true };

    const failure = await failureOf(sdk.aggregate((from) => stage(from, 'geoNear', near)));

    expect(failure.code).toBe('DATABASE_INVALID_OPERRATOR');
  },
};
