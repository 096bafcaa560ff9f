import { describe, expect, test } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../scripts/testing/fake-clock.ts';
import { openPostgresFixture } from '../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../scripts/testing/store/postgres-server.ts';
import { inboxCollection } from '../callback/inbox-document.ts';
import { createLog } from '../kernel/log.ts';
import { nonceCollection } from '../proxy/nonces.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { appCollections } from './collections.ts';
import { createExpiry } from './expiry.ts';

const url = await testServer();
const log = createLog({ write: () => {}, now: Date.now, level: 'error' });
const MINUTE_MS = 60_000;

/** Counts the looks into each collection; one of them may fail. */
function observed(store: Store, broken?: string) {
  const looks: string[] = [];
  const removeExpired: Store['removeExpired'] = (collection, limit) => {
    looks.push(collection.name);
    if (collection.name === broken) throw new Error('not provisioned');
    return store.removeExpired(collection, limit);
  };
  return { looks, store: { removeExpired } };
}

const add = async (store: Store, clock: FakeClock, count: number) => {
  for (let i = 0; i < count; i += 1) {
    await store.create(nonceCollection, {
      _id: `${clock.now()} ${i}`,
      removeAt: new Date(clock.now() - 1),
    });
  }
};

test('the worker removes what has expired, without any index that would', async () => {
  const clock = createFakeClock();
  const store = createMemoryStore({ now: clock.now });
  const removeExpired = createExpiry({ store, clock, log });
  await add(store, clock, 1_205);
  await store.create(nonceCollection, { _id: 'fresh', removeAt: new Date(clock.now() + 30_000) });

  expect(await removeExpired()).toBe(1_205);
  await clock.advance(30_001);
  expect(await removeExpired()).toBe(0);
  await clock.advance(30_000);
  expect(await removeExpired()).toBe(1);
  expect(await store.count(nonceCollection, 'all')).toBe(0);
});

test('where nothing expires, a day costs less than a hundred looks into a collection', async () => {
  const clock = createFakeClock();
  const { looks, store } = observed(createMemoryStore({ now: clock.now }));
  const removeExpired = createExpiry({ store, clock, log });

  for (let minute = 0; minute < 24 * 60; minute += 1) {
    await removeExpired();
    await clock.advance(MINUTE_MS);
  }

  const collections = new Set(looks).size;
  expect(collections).toBeGreaterThan(5);
  expect(looks.length / collections).toBeLessThan(100);
});

test('a collection that was idle is looked into each minute again once it has something', async () => {
  const clock = createFakeClock();
  const inner = createMemoryStore({ now: clock.now });
  const { looks, store } = observed(inner);
  const removeExpired = createExpiry({ store, clock, log });
  for (let i = 0; i < 10; i += 1, await clock.advance(16 * MINUTE_MS)) await removeExpired();
  await add(inner, clock, 1);
  expect(await removeExpired()).toBe(1);
  looks.length = 0;

  await clock.advance(MINUTE_MS);
  await removeExpired();

  expect(looks).toEqual([nonceCollection.name]);
});

test('a shift ends although there is more, and the next one goes on', async () => {
  const clock = createFakeClock();
  const endless: Pick<Store, 'removeExpired'> = {
    async removeExpired(collection, limit) {
      await clock.advance(1_000);
      return collection.name === 'inbox' ? limit : 0;
    },
  };
  const removeExpired = createExpiry({ store: endless, clock, log });
  const startedAt = clock.now();

  await removeExpired();
  expect(clock.now() - startedAt).toBeLessThan(30_000);
  expect(await removeExpired()).toBeGreaterThan(0);
});

test('one collection that fails does not keep the others from being tidied', async () => {
  const clock = createFakeClock();
  const inner = createMemoryStore({ now: clock.now });
  const { store } = observed(inner, 'inbox');
  await add(inner, clock, 3);

  await expect(createExpiry({ store, clock, log })()).rejects.toThrow('not provisioned');
  expect(await inner.count(nonceCollection, 'all')).toBe(0);
});

(url === undefined ? describe.skip : describe)('in PostgreSQL', () => {
  test('expired documents are found by the index', async () => {
    const clock = createFakeClock();
    const fixture = await openPostgresFixture(url ?? '', appCollections, { clock });
    const { store } = fixture;
    const removeExpired = createExpiry({ store, clock, log });
    await fixture.query(
      `INSERT INTO :"schema"."inbox" SELECT 'old ' || n, 1, '{}', jsonb_build_object('state', 'done', 'removeAt', jsonb_build_object('$date', $1::bigint - n)) FROM generate_series(1, 1205) AS n`,
      [clock.now()],
    );

    expect(await removeExpired()).toBe(1_205);
    expect(await store.count(inboxCollection, 'all')).toBe(0);
    const plan = await fixture.query(
      `EXPLAIN SELECT id FROM :"schema"."inbox" WHERE (CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) < 5 ORDER BY (CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST LIMIT 1000`,
    );
    expect(JSON.stringify(plan)).toContain('inbox_removeAt_asc');
    await fixture.close();
  });
});
