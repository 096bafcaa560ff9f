import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type FaultProxy, startFaultProxy } from '../../../scripts/postgres/fault-proxy.ts';
import { createFakeClock } from '../../../scripts/testing/fake-clock.ts';
import {
  contractCollections,
  crews,
  failureOf,
  freshId,
  order,
  orders,
} from '../../../scripts/testing/store/contract/fixtures.ts';
import {
  openPostgresFixture,
  type PostgresFixture,
} from '../../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../../scripts/testing/store/postgres-server.ts';
import { addOne } from '../../../scripts/testing/store/store-traps.ts';
import { createLog } from '../../kernel/log.ts';
import { Secret } from '../../kernel/secret.ts';
import type { DrivenStore } from '../driven-store.ts';
import * as driver from './driver.ts';
import type { PostgresServer } from './server.ts';

const url = await testServer();

(url === undefined ? describe.skip : describe)(
  'the store on PostgreSQL behind a bad network',
  () => {
    let fixture: PostgresFixture;
    let proxy: FaultProxy;
    let store: DrivenStore;
    let viaProxy: PostgresServer;
    const lines: string[] = [];
    const log = createLog({ write: (line) => lines.push(line), now: Date.now, level: 'debug' });

    beforeAll(async () => {
      fixture = await openPostgresFixture(url ?? '', contractCollections, { log });
      const { host, port } = fixture.server.address;
      proxy = await startFaultProxy({ host, port });
      viaProxy = at(fixture.server, proxy.port);
      store = fixture.another({ server: viaProxy });
    });
    afterEach(() => proxy.clear());
    afterAll(async () => {
      await fixture.close();
      await proxy.close();
    });

    async function created(total = 0) {
      const doc = order({ total });
      await fixture.store.create(orders, doc);
      return { doc, rev: (await fixture.store.get(orders, doc._id))?.rev ?? 0 };
    }
    const totalOf = async (id: string) => (await fixture.store.get(orders, id))?.doc.total;

    describe.each(['before', 'after'] as const)(
      'when connections are cut %s a statement',
      (when) => {
        test('documents are read and counted', async () => {
          const { doc } = await created(3);
          proxy.add({ when, sql: /^SELECT id/, times: 1 });
          proxy.add({ when, sql: /^SELECT count/, times: 1 });
          const hits = proxy.hits;

          expect((await store.get(orders, doc._id))?.doc.total).toBe(3);
          expect(await store.count(orders, { _id: { eq: doc._id } })).toBe(1);
          expect(proxy.hits - hits).toBe(2);
        });

        test('documents are created, changed, counted up and removed once', async () => {
          const fresh = order({ total: 1 });
          for (const sql of [/^INSERT/, /^UPDATE/, /^DELETE/]) proxy.add({ when, sql, times: 1 });
          const hits = proxy.hits;

          expect(await store.create(orders, fresh)).toBe(true);
          const rev = (await store.get(orders, fresh._id))?.rev ?? 0;
          expect(await store.patchIf(orders, fresh._id, { total: 2 }, rev)).toBe(true);
          proxy.add({ when, sql: /^UPDATE/, times: 1 });
          await store.increment(orders, fresh, { total: 1 });
          expect(await totalOf(fresh._id)).toBe(3);
          expect(await store.remove(orders, fresh._id)).toBe(true);

          expect(await totalOf(fresh._id)).toBeUndefined();
          expect(proxy.hits - hits).toBe(4);
        });

        test.each([/^BEGIN/, /^SELECT id/, /^UPDATE/, /^COMMIT/])(
          'transactions count once: %s',
          async (sql) => {
            const { doc } = await created();
            const hits = proxy.hits;
            proxy.add({ when, sql, times: 1 });

            await addOne(store, doc._id);

            expect(await totalOf(doc._id)).toBe(1);
            expect(proxy.hits - hits).toBe(1);
          },
        );

        test('a transaction that only creates has happened, or has not: its answer says which', async () => {
          const [first, second] = [order(), order()];
          proxy.add({ when, sql: /^COMMIT/, times: 1 });
          let runs = 0;

          await store.transaction(async (tx) => {
            runs += 1;
            await tx.create(orders, first);
            await tx.create(orders, second);
          });

          expect(await fixture.store.count(orders, { _id: { in: [first._id, second._id] } })).toBe(
            2,
          );
          expect(runs).toBe(when === 'after' ? 1 : 2);
        });

        test('a commit is known although the document was written many times since', async () => {
          const { doc } = await created();
          proxy.add({ when, sql: /^COMMIT/, times: 1 });
          let runs = 0;

          await store.transaction(async (tx) => {
            runs += 1;
            const found = await tx.get(orders, doc._id);
            await tx.replace(orders, { ...doc, total: (found?.doc.total ?? 0) + 1 });
            if (runs > 1) return;
            // More than the document remembers; they wait for the lock and come after the commit.
            for (let n = 0; n < 20; n += 1)
              void fixture.store.increment(orders, doc, { total: 10 });
          });

          // What was not committed is run again, as often as the others are in the way.
          expect(runs === 1).toBe(when === 'after');
          for (let tries = 0; (await totalOf(doc._id)) !== 201 && tries < 100; tries += 1) {
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
          expect(await totalOf(doc._id)).toBe(201);
        });
      },
    );

    test('all connections that died while the instance was frozen cost one retry together', async () => {
      const { doc } = await created();
      await Promise.all([1, 2, 3, 4].map(() => store.get(orders, doc._id)));
      expect(proxy.cutAll()).toBeGreaterThan(1);
      lines.length = 0;

      expect((await store.get(orders, doc._id))?.doc).toEqual(doc);
      expect((await store.get(orders, doc._id))?.doc).toEqual(doc);

      const retries = lines.filter((line) => line.includes('store recovered'));
      expect(retries.length).toBeLessThanOrEqual(1);
    });

    test('an answer that does not come ends when our clock says so', async () => {
      const clock = createFakeClock();
      const patient = fixture.another({
        server: viaProxy,
        clock,
        requestTimeoutMs: 60_000,
        budgetMs: 60_000,
      });
      const { doc, rev } = await created();
      await patient.get(orders, doc._id);
      const resume = proxy.pause();

      const reading = failureOf(patient.get(orders, doc._id));
      await clock.advance(60_000);
      const writing = failureOf(patient.patchIf(orders, doc._id, { total: 1 }, rev));
      await clock.advance(60_000);
      resume();

      const { code, details } = await reading;
      expect([code, details.outcome]).toEqual(['timeout', 'refused']);
      const written = await writing;
      expect([written.code, written.details.outcome]).toEqual(['timeout', 'unknown']);
      expect(clock.pending).toBe(0);
    });

    test('a server that nobody reaches is an error that says that nothing has happened', async () => {
      const lost = fixture.another({ server: at(fixture.server, 1), budgetMs: 50 });

      const error = await failureOf(lost.create(orders, order()));

      expect([error.code, error.details.reason]).toEqual(['upstream', 'unreachable']);
      expect(error.details.outcome).toBe('refused');
    });

    test('many instances count exactly, while a quarter of all statements is lost', async () => {
      const { doc } = await created();
      const instances = Array.from({ length: 6 }, () =>
        fixture.another({ server: viaProxy, budgetMs: 20_000 }),
      );
      let state = 7;
      const random = () => {
        state = (state * 16_807) % 2_147_483_647;
        return state / 2_147_483_647;
      };
      for (const when of ['before', 'after'] as const) proxy.add({ when, rate: 0.125, random });

      const results = await Promise.allSettled(
        instances.flatMap((instance) => [
          addOne(instance, doc._id),
          instance.increment(orders, doc, { total: 1 }),
        ]),
      );
      proxy.clear();

      const done = results.filter(({ status }) => status === 'fulfilled').length;
      const total = (await totalOf(doc._id)) ?? 0;
      expect(total).toBeGreaterThanOrEqual(done);
      expect(total).toBeLessThanOrEqual(results.length);
      expect(done).toBeGreaterThan(results.length / 2);
    });

    test('a wrong password is refused at once, and it is in no error', async () => {
      const password = new Secret('NotThePasswordAtAll');
      const { server } = fixture;
      const stranger = fixture.another({
        server: { ...server, address: { ...server.address, password } },
      });

      const error = await failureOf(stranger.get(orders, 'a'));

      expect([error.code, error.details.reason]).toEqual(['upstream', 'credentials']);
      expect(error.message).toContain('DATABASE_URL');
      expect(inspectAll(error)).not.toContain('NotThePasswordAtAll');
    });

    test('a table or a schema that is not there names what to run', async () => {
      const missing = { ...orders, name: 'not-provisioned' };
      const elsewhere = fixture.another({ server: { ...fixture.server, schema: 'nowhere' } });

      for (const error of [
        await failureOf(fixture.store.get(missing, 'a')),
        await failureOf(fixture.store.transaction((tx) => tx.create(missing, order()))),
        await failureOf(elsewhere.get(orders, 'a')),
      ]) {
        expect(error.message).toContain('npm run provision');
        expect(error.details.outcome).toBe('refused');
      }
    });

    test('without a server in the settings every operation says which are missing', async () => {
      const error = await failureOf(fixture.another({ server: undefined }).get(orders, 'a'));

      expect(error.details.reason).toBe('credentials_missing');
      expect(error.message).toContain('DATABASE_URL');
    });

    test('no error of a document quotes it', async () => {
      const id = freshId();
      await fixture.store.create(crews, { _id: id, members: ['oSecretMember'] });
      await fixture.store.create(crews, { _id: `${id}b`, members: ['other'] });
      const rev = (await fixture.store.get(crews, `${id}b`))?.rev ?? 0;

      const taken = await failureOf(
        fixture.store.patchIf(crews, `${id}b`, { members: ['oSecretMember'] }, rev),
      );
      const inside = await failureOf(
        fixture.store.transaction((tx) =>
          tx.create(crews, { _id: 'x', members: ['oSecretMember'] }),
        ),
      );

      for (const error of [taken, inside]) {
        expect(error.details.reason).toBe('duplicate');
        expect(inspectAll(error)).not.toContain('oSecretMember');
      }
    });

    test('no element of a unique list is taken twice by racing processes', async () => {
      const id = freshId();
      const racer = path.join(import.meta.dirname, '../../../scripts/testing/store/crew-racer.ts');
      const { address, schema } = fixture.server;
      const settings = JSON.stringify({
        ...address,
        password: address.password?.reveal(),
        schema,
        prefix: id,
      });
      const racers = Array.from({ length: 4 }, async (_, n) => {
        const child = spawn(process.execPath, ['--import', 'tsx', racer, String(n)], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
        child.stdin.end(settings);
        const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
        expect(code).toBe(0);
        return JSON.parse(output) as { readonly won: readonly string[]; readonly refused: number };
      });
      const results = await Promise.all(racers);

      const won = results.flatMap((each) => each.won);
      expect(new Set(won).size).toBe(won.length);
      expect(results.some(({ refused }) => refused > 0)).toBe(true);
      const rows = await fixture.query('SELECT id, doc FROM :"schema"."crews" WHERE id LIKE $1', [
        `${id}%`,
      ]);
      const members = rows.flatMap(({ doc }) => (doc as { readonly members: string[] }).members);
      expect(new Set(members).size).toBe(members.length);
      expect(members.sort()).toEqual(won.sort());
      const [{ count } = {}] = await fixture.query(
        'SELECT count(*)::int AS count FROM :"schema"."crews_members_elements" WHERE id LIKE $1',
        [`${id}%`],
      );
      expect(count).toBe(members.length);
    });

    test('500 clients through a pool of 50 all come to their turn', async () => {
      await driver.disconnect();
      const server = { ...fixture.server, poolSize: 50 };
      const crowd = fixture.another({ server, requestTimeoutMs: 20_000, budgetMs: 30_000 });
      const { doc } = await created();
      let most = 0;
      const watching = setInterval(() => {
        void fixture
          .query(
            "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'fuwuhao'",
          )
          .then(([row]) => {
            most = Math.max(most, Number(row?.n));
          });
      }, 20);

      await Promise.all(
        Array.from({ length: 500 }, async (_, n) => {
          const own = order({ total: n });
          await crowd.create(orders, own);
          await addOne(crowd, own._id);
          await crowd.increment(orders, doc, { total: 1 });
        }),
      );
      clearInterval(watching);

      expect(await totalOf(doc._id)).toBe(500);
      expect(most).toBeLessThanOrEqual(60);
    });

    test('no line of the log, and there are some, holds a password or a document', () => {
      expect(lines.length).toBeGreaterThan(0);
      const password = fixture.server.address.password?.reveal() ?? 'none';
      expect(lines.join()).not.toContain(password);
      expect(lines.join()).not.toMatch(/doc-\d/);
    });
  },
);

function at(server: PostgresServer, port: number): PostgresServer {
  return { ...server, address: { ...server.address, port } };
}

/** An error with all that hangs on it, as any log might print it. */
function inspectAll(error: Error): string {
  const { message, stack, cause } = error;
  return `${message} ${stack} ${JSON.stringify(error)} ${cause instanceof Error ? inspectAll(cause) : JSON.stringify(cause)}`;
}
