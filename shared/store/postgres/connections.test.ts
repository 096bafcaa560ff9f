import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../../scripts/testing/fake-clock.ts';
import {
  contractCollections,
  crews,
  order,
  orders,
} from '../../../scripts/testing/store/contract/fixtures.ts';
import {
  openPostgresFixture,
  type PostgresFixture,
} from '../../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../../scripts/testing/store/postgres-server.ts';
import { addOne } from '../../../scripts/testing/store/store-traps.ts';
import type { PostgresServer } from './server.ts';

const url = await testServer();

(url === undefined ? describe.skip : describe)(
  'the store on PostgreSQL with few connections',
  () => {
    let fixture: PostgresFixture;
    /** Two connections: transactions take one of them at most. */
    let few: PostgresServer;
    /** One try, which may take long. */
    const one = { budgetMs: 0, requestTimeoutMs: 20_000 };

    beforeAll(async () => {
      fixture = await openPostgresFixture(url ?? '', contractCollections);
      few = { ...fixture.server, poolSize: 2 };
    });
    // A test that failed has unlocked nothing, and to close would wait for that.
    const unlocks: (() => Promise<void>)[] = [];
    afterEach(async () => {
      await Promise.all(unlocks.splice(0).map((unlock) => unlock()));
    });
    afterAll(() => fixture.close());

    async function created() {
      const doc = order({ total: 0 });
      await fixture.store.create(orders, doc);
      return doc;
    }
    const totalOf = async (id: string) => (await fixture.store.get(orders, id))?.doc.total;

    /** Holds a document until the function given back is called. */
    async function lock(id: string): Promise<() => Promise<void>> {
      const [opened, held] = [gate(), gate()];
      const done = fixture.store.transaction(async (tx) => {
        const found = await tx.get(orders, id);
        if (found) await tx.replace(orders, found.doc);
        held.open();
        await opened.passed;
      });
      await held.passed;
      const unlock = async () => {
        opened.open();
        await done;
      };
      unlocks.push(unlock);
      return unlock;
    }

    test('a transaction that began when nobody waited any more leaves its connection', async () => {
      const clock = createFakeClock();
      const store = fixture.another({ server: few, ...one });
      const hasty = fixture.another({ server: few, ...one, clock });
      const [first, second, third] = [await created(), await created(), await created()];
      const [opened, begun] = [gate(), gate()];
      const holder = store.transaction(async (tx) => {
        await tx.get(orders, first._id);
        begun.open();
        await opened.passed;
      });
      await begun.passed;

      const late = expect(addOne(hasty, second._id)).rejects.toMatchObject({ code: 'timeout' });
      await clock.advance(one.requestTimeoutMs);
      await late;
      opened.open();
      await holder;
      await addOne(store, third._id);

      expect([await totalOf(second._id), await totalOf(third._id)]).toEqual([0, 1]);
    });

    test('a statement without an answer fails alone: who waits for a connection gets one', async () => {
      const brief = fixture.another({ server: few, budgetMs: 0, requestTimeoutMs: 300 });
      const patient = fixture.another({ server: few, ...one });
      const [locked, free, another] = [await created(), await created(), await created()];
      const unlock = await lock(locked._id);

      const stuck = [1, 2].map(() => brief.increment(orders, locked, { total: 1 }));
      const failing = Promise.all(
        stuck.map((each) => expect(each).rejects.toMatchObject({ code: 'timeout' })),
      );
      const waiting = [
        ...[1, 2, 3].map(() => patient.increment(orders, free, { total: 1 })),
        // Of another document: with one try only, it may lose against the increments.
        addOne(patient, another._id),
        patient.get(orders, free._id),
      ];
      await failing;
      await Promise.all(waiting);
      await unlock();

      expect([await totalOf(free._id), await totalOf(another._id)]).toEqual([3, 1]);
    });

    test('a connection that answers is kept when another one does not', async () => {
      const own = { ...few, poolSize: 3 };
      const brief = fixture.another({ server: own, budgetMs: 0, requestTimeoutMs: 300 });
      const locked = await created();
      const unlock = await lock(locked._id);
      /** Of the last statement on the crews, which nobody else asks for. */
      async function backend() {
        await fixture.another({ server: own, ...one }).get(crews, 'none');
        const rows = await fixture.query(
          "SELECT pid FROM pg_stat_activity WHERE query LIKE '%' || $1 || '%crews%' AND pid <> pg_backend_pid()",
          [own.schema],
        );
        return rows.map(({ pid }) => pid);
      }

      const stuck = expect(brief.increment(orders, locked, { total: 1 })).rejects.toMatchObject({
        code: 'timeout',
      });
      const before = await backend();
      await stuck;
      const after = await backend();
      await unlock();

      expect(before).toHaveLength(1);
      expect(after).toEqual(before);
    });
  },
);

function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}
