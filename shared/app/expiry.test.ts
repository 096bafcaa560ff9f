import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { openPostgresFixture } from '../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../scripts/testing/store/postgres-server.ts';
import { inboxCollection } from '../callback/inbox-document.ts';
import { createLog } from '../kernel/log.ts';
import { createMemoryStore } from '../store/memory.ts';
import { appCollections } from './collections.ts';
import { createExpiry } from './expiry.ts';

const url = await testServer();
const log = createLog({ write: () => {}, now: Date.now, level: 'error' });

(url === undefined ? describe.skip : describe)('expired documents in PostgreSQL', () => {
  test('are removed by the worker, the others stay, and not more often than needed', async () => {
    const clock = createFakeClock();
    const fixture = await openPostgresFixture(url ?? '', appCollections, { clock });
    const { store } = fixture;
    const removeExpired = createExpiry({ store, clock, log });
    const at = (ms: number) => ({ state: 'done', removeAt: new Date(clock.now() + ms) }) as const;
    await fixture.query(
      `INSERT INTO :"schema"."inbox" SELECT 'old ' || n, 1, '{}', jsonb_build_object('state', 'done', 'removeAt', jsonb_build_object('$date', $1::bigint - n)) FROM generate_series(1, 1205) AS n`,
      [clock.now()],
    );
    await store.create(inboxCollection, { _id: 'fresh', ...at(30_000) });

    expect(await removeExpired()).toBe(1_205);
    expect(await store.count(inboxCollection, 'all')).toBe(1);
    await clock.advance(30_001);
    expect(await removeExpired()).toBe(0);
    await clock.advance(30_000);
    expect(await removeExpired()).toBe(1);
    expect(await store.get(inboxCollection, 'fresh')).toBeUndefined();
    const plan = await fixture.query(
      `EXPLAIN SELECT id FROM :"schema"."inbox" WHERE (CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) < 5 ORDER BY (CASE WHEN jsonb_typeof(doc -> 'removeAt' -> '$date') = 'number' THEN (doc -> 'removeAt' -> '$date')::numeric END) ASC NULLS FIRST LIMIT 1000`,
    );
    expect(JSON.stringify(plan)).toContain('inbox_removeAt_asc');
    await fixture.close();
  });
});

test('a database that removes them by itself is asked for nothing', async () => {
  const clock = createFakeClock();
  const removeExpired = createExpiry({ store: createMemoryStore({ now: clock.now }), clock, log });

  expect(await removeExpired()).toBe(0);
});
