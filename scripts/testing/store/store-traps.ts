import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '../../../shared/kernel/log.ts';
import type { Driver } from '../../../shared/store/sdk/driver.ts';
import type { Store } from '../../../shared/store/store.ts';
import type { Fault } from '../../emulator/cloudbase/index.ts';
import { createFakeClock } from '../fake-clock.ts';
import { contractCollections, failureOf, order, orders } from './contract/fixtures.ts';
import { keys, openStoreFixture, type StoreFixture } from './store-fixture.ts';

export interface TrapOptions {
  readonly driver: () => Promise<Driver>;
  /** The driver of the other SDK, which must read the same documents. */
  readonly otherDriver: () => Promise<Driver>;
  /** The names that the SDK gives to its requests. */
  readonly actions: {
    readonly insert: string;
    readonly update: string;
    readonly remove: string;
    readonly get: string;
    readonly count: string;
    readonly replaceInTransaction: string;
  };
}

const begin = 'database.startTransaction';
const commit = 'database.commitTransaction';

/** Adds one to the total, in a transaction. */
export function addOne(store: Store, id: string): Promise<void> {
  return store.transaction(async (tx) => {
    const found = await tx.get(orders, id);
    if (found) await tx.replace(orders, { ...found.doc, total: found.doc.total + 1 });
  });
}

/** How a driver must bear a network and a service that fail, on a real connection. */
export function networkTraps({ driver, actions }: TrapOptions): void {
  let fixture: StoreFixture;
  let store: Store;
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: Date.now, level: 'debug' });
  beforeAll(async () => {
    fixture = await openStoreFixture({ driver, log }, contractCollections);
    ({ store } = fixture);
  });
  afterEach(() => fixture.control.faults.clear());
  afterAll(() => fixture.close());

  async function created(total = 0) {
    const doc = order({ total });
    await store.create(orders, doc);
    return { doc, rev: (await store.get(orders, doc._id))?.rev ?? 0 };
  }
  const totalOf = async (id: string) => (await store.get(orders, id))?.doc.total;
  const strike = (fault: Fault) => fixture.control.faults.add({ times: 1, ...fault });
  const struck = () => fixture.control.faults.list().map(({ hits }) => hits);

  const failures: [string, object][] = [
    ['a reset before the request', { kind: 'reset', when: 'before' }],
    ['a reset after it was carried out', { kind: 'reset', when: 'after' }],
    ['a page of a gateway', { kind: 'http', status: 502 }],
    ['an answer that is not JSON', { kind: 'http', status: 200, body: '<html>' }],
    ['an empty answer', { kind: 'http', status: 200, body: '' }],
    ['an answer without what was asked for', { kind: 'http', status: 200, body: '{}' }],
    ['a failure of the service', { kind: 'error', code: 'SYS_ERR' }],
    ['too many requests', { kind: 'error', code: 'EXCEED_RATELIMIT' }],
  ];

  describe.each(failures)('after %s', (_, failure) => {
    const hit = (action: string) => strike({ ...failure, action } as Fault);

    test('documents are read and counted', async () => {
      const { doc } = await created(3);
      hit(actions.get);
      hit(actions.count);

      expect(await totalOf(doc._id)).toBe(3);
      expect(await store.count(orders, { _id: { eq: doc._id } })).toBe(1);
      expect(struck()).toEqual([1, 1]);
    });

    test('documents are created, changed, counted up and removed once', async () => {
      const fresh = order({ total: 1 });
      for (const action of [actions.insert, actions.update, actions.remove]) hit(action);

      expect(await store.create(orders, fresh)).toBe(true);
      const rev = (await store.get(orders, fresh._id))?.rev ?? 0;
      expect(await store.patchIf(orders, fresh._id, { total: 2 }, rev)).toBe(true);
      hit(actions.update);
      await store.increment(orders, fresh, { total: 1 });
      expect(await totalOf(fresh._id)).toBe(3);
      expect(await store.remove(orders, fresh._id)).toBe(true);

      expect(await totalOf(fresh._id)).toBeUndefined();
      expect(struck()).toEqual([1, 1, 1, 1]);
    });

    test.each([begin, commit, actions.replaceInTransaction])(
      'of %s transactions count once',
      async (action) => {
        const { doc } = await created();
        hit(action);

        await addOne(store, doc._id);

        expect(await totalOf(doc._id)).toBe(1);
        expect(struck()).toEqual([1]);
      },
    );
  });

  describe('connections', () => {
    test('that died while the instance was frozen are replaced', async () => {
      const { doc } = await created();
      await Promise.all([1, 2, 3, 4].map(() => totalOf(doc._id)));

      expect(fixture.control.killIdleSockets()).toBeGreaterThan(0);
      await Promise.all([1, 2, 3, 4].map(() => addOne(store, doc._id)));

      expect(await totalOf(doc._id)).toBe(4);
    });

    test('are kept: a burst of requests does not open one each', async () => {
      const { doc } = await created();
      strike({ kind: 'reset', when: 'before', reusedSocket: true });

      for (let n = 0; n < 5; n += 1) await totalOf(doc._id);

      expect(struck()).toEqual([1]);
    });

    test('that give no answer end when our clock says so', async () => {
      const clock = createFakeClock();
      const patient = fixture.another({ clock, requestTimeoutMs: 60_000, budgetMs: 60_000 });
      await patient.preload();
      const { doc, rev } = await created();
      strike({ kind: 'delay', ms: 500, when: 'before', action: actions.get });
      strike({ kind: 'delay', ms: 500, when: 'before', action: actions.update });

      const reading = failureOf(patient.get(orders, doc._id));
      await clock.advance(60_000);
      const writing = failureOf(patient.patchIf(orders, doc._id, { total: 1 }, rev));
      await clock.advance(60_000);

      const { code, details } = await reading;
      expect([code, details.outcome]).toEqual(['timeout', 'refused']);
      const written = await writing;
      expect([written.code, written.details.outcome]).toEqual(['timeout', 'unknown']);
      expect(clock.pending).toBe(0);
    });

    test('that answer too late are asked again, and what was written counts once', async () => {
      const impatient = fixture.another({ requestTimeoutMs: 150 });
      await impatient.preload();
      const { doc, rev } = await created();
      strike({ kind: 'delay', ms: 1000, when: 'after', action: actions.update });

      expect(await impatient.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(true);
      strike({ kind: 'delay', ms: 1000, when: 'after', action: commit });
      await addOne(impatient, doc._id);

      expect(await totalOf(doc._id)).toBe(2);
      expect(struck()).toEqual([1, 1]);
    });

    test('to an address without a server are an error that says that nothing has happened', async () => {
      const lost = fixture.another({ serviceUrl: 'http://127.0.0.1:1/admin', budgetMs: 50 });

      const error = await failureOf(lost.create(orders, order()));

      expect([error.code, error.details.reason]).toEqual(['upstream', 'unreachable']);
      expect(error.details.outcome).toBe('refused');
    });
  });

  describe('transactions', () => {
    test('are run again after conflicts, with an end', async () => {
      const { doc } = await created();
      strike({ kind: 'conflict', times: 3 });
      await addOne(store, doc._id);
      expect(await totalOf(doc._id)).toBe(1);

      strike({ kind: 'conflict', times: 999 });
      const error = await failureOf(addOne(fixture.another({ budgetMs: 100 }), doc._id));

      expect([error.code, error.details.outcome]).toEqual(['conflict', 'refused']);
      expect(await totalOf(doc._id)).toBe(1);
    });

    test('are run again when the server has ended them', async () => {
      const { doc } = await created();
      let runs = 0;

      await store.transaction(async (tx) => {
        runs += 1;
        const found = await tx.get(orders, doc._id);
        if (runs === 1) fixture.control.clock.advance(31_000);
        await tx.replace(orders, { ...doc, total: (found?.doc.total ?? 0) + 1 });
      });

      expect([runs, await totalOf(doc._id)]).toEqual([2, 1]);
    });

    test('of many instances count exactly, while a quarter of all requests fails', async () => {
      const { doc } = await created();
      const instances = Array.from({ length: 6 }, () => fixture.another({ budgetMs: 20_000 }));
      const often = { rate: 0.125, times: 10_000, seed: 7 };
      strike({ kind: 'reset', when: 'before', ...often });
      strike({ kind: 'reset', when: 'after', ...often });

      const results = await Promise.allSettled(
        instances.flatMap((instance) => [
          addOne(instance, doc._id),
          instance.increment(orders, doc, { total: 1 }),
        ]),
      );
      fixture.control.faults.clear();

      const done = results.filter(({ status }) => status === 'fulfilled').length;
      const total = (await totalOf(doc._id)) ?? 0;
      expect(total).toBeGreaterThanOrEqual(done);
      expect(total).toBeLessThanOrEqual(results.length);
      expect(done).toBeGreaterThan(results.length / 2);
    });
  });

  test('no line of the log, and there are some, holds a key or a document', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).toContain('store recovered');
    expect(lines.join()).not.toMatch(new RegExp(`${keys.secretKey}|${keys.secretId}|doc-\\d`));
  });
}
