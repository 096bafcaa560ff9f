import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { Collection, Filter, Increments, Patch } from './store.ts';

const jobs = {
  name: 'jobs',
  schema: v.pipe(
    v.strictObject({
      _id: v.string(),
      state: v.picklist(['ready', 'done']),
      runAt: v.date(),
      attempts: v.number(),
      tags: v.array(v.number()),
      urgent: v.boolean(),
      lease: v.optional(v.strictObject({ holder: v.string() })),
    }),
    v.check(({ attempts }) => attempts >= 0),
  ),
} as const;
type Job = v.InferOutput<typeof jobs.schema>;

test('the types of filters, patches and increments refuse what the store would', () => {
  const collection: Collection<Job> = jobs;
  const filters: Filter<Job>[] = [
    { state: { eq: 'ready' }, runAt: { gte: new Date(0), lt: new Date(1) }, urgent: { eq: true } },
    { tags: { has: 7 } },
    { tags: { hasAny: [7, 8] } },
    { state: { in: ['ready', 'done'] } },
    // @ts-expect-error a missing value must never mean "everything"
    { attempts: { eq: undefined } },
    // @ts-expect-error a bare value would be flattened or merged by the SDK
    { attempts: 3 },
    // @ts-expect-error not a state
    { state: { eq: 'gone' } },
    // @ts-expect-error objects are not compared
    { lease: { eq: { holder: 'a' } } },
    // @ts-expect-error a list is asked for an element
    { tags: { eq: [7] } },
  ];
  const patches: Patch<Job>[] = [
    { attempts: 1, lease: undefined },
    // @ts-expect-error only an optional field can be removed
    { attempts: undefined },
    // @ts-expect-error the id of a document never changes
    { _id: 'b' },
  ];
  const increments: Increments<Job>[] = [
    { attempts: 1 },
    // @ts-expect-error only numbers can be added to
    { state: 1 },
  ];

  expect([collection.name, filters.length, patches.length, increments.length]).toEqual([
    'jobs',
    9,
    3,
    2,
  ]);
});
