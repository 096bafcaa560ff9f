import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { contractCollections } from '../../scripts/testing/store/contract/fixtures.ts';
import { defineCollection, planCollections } from './collection.ts';
import type { Index } from './store.ts';

const fields = {
  _id: v.string(),
  at: v.date(),
  key: v.string(),
  alias: v.optional(v.string()),
};

function define(name: string, indexes: readonly Index[], extra: v.ObjectEntries = {}) {
  return () => defineCollection({ name, indexes, schema: v.strictObject({ ...fields, ...extra }) });
}
const by = (name: string) => [{ name, direction: 'asc' }] as const;

describe('defineCollection', () => {
  test('takes what can be provisioned', () => {
    const indexes = [
      { fields: by('key'), unique: true },
      { fields: by('at'), expireAfterSeconds: 9 },
    ];

    expect(define('jobs', indexes)()).toMatchObject({ name: 'jobs', indexes });
  });

  test.each([
    ['a name that CloudBase refuses', define('_jobs', []), 'unusable name'],
    ['a field of the store', define('jobs', [], { _rev: v.number() }), '_rev'],
    ['an index over no field of it', define('jobs', [{ fields: by('kye') }]), 'index over kye'],
    [
      'a unique index that documents without the field would meet in',
      define('jobs', [{ fields: by('alias'), unique: true }]),
      'two without it collide',
    ],
    [
      'an expiry by something other than a date',
      define('jobs', [{ fields: by('key'), expireAfterSeconds: 1 }]),
      'expires by key',
    ],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('planCollections', () => {
  test('says what to create, in one order', () => {
    const plan = planCollections([...contractCollections].reverse());

    expect(plan).toEqual(planCollections(contractCollections));
    expect(plan).toEqual([
      {
        name: 'crews',
        access: 'ADMINONLY',
        indexes: [{ name: 'members_asc', fields: expect.anything(), unique: true }],
      },
      { name: 'orders', access: 'ADMINONLY', indexes: [] },
      {
        name: 'seats',
        access: 'ADMINONLY',
        indexes: [{ name: 'row_asc_number_asc', fields: expect.anything(), unique: true }],
      },
      {
        name: 'sessions',
        access: 'ADMINONLY',
        indexes: [
          {
            name: 'seenAt_asc',
            fields: expect.anything(),
            unique: false,
            expireAfterSeconds: 3_600,
          },
        ],
      },
    ]);
  });

  test('refuses two collections of one name', () => {
    expect(() => planCollections([{ name: 'jobs' }, { name: 'jobs' }])).toThrow('jobs');
  });
});
