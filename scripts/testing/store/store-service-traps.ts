import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret } from '../../../shared/kernel/secret.ts';
import type { Store } from '../../../shared/store/store.ts';
import { contractCollections, failureOf, freshId, order, orders } from './contract/fixtures.ts';
import { keys, openStoreFixture, type StoreFixture } from './store-fixture.ts';
import { addOne, type TrapOptions } from './store-traps.ts';

/** How a driver must understand the answers of the service, and how often it may ask. */
export function serviceTraps({ driver, otherDriver, actions }: TrapOptions): void {
  let fixture: StoreFixture;
  let store: Store;
  beforeAll(async () => {
    fixture = await openStoreFixture({ driver }, contractCollections);
    ({ store } = fixture);
  });
  afterAll(() => fixture.close());

  describe('the service', () => {
    test.each(['request-failed', 'duplicate-write'] as const)(
      'says that a document is there by %s',
      async (flavour) => {
        const doc = order({ total: 1 });
        await store.create(orders, doc);
        fixture.control.settings.duplicates = flavour;

        expect(await store.create(orders, { ...doc, total: 2 })).toBe(false);
        const inside = await failureOf(store.transaction((tx) => tx.create(orders, doc)));

        expect(inside.details.reason).toBe('duplicate');
        expect(JSON.stringify([inside.details, inside.message, inside.cause])).not.toContain(
          doc._id,
        );
      },
    );

    test('has no such collection: the error says what to run', async () => {
      const missing = { ...orders, name: 'not-provisioned' };

      const reading = await failureOf(store.get(missing, 'a'));
      const writing = await failureOf(store.create(missing, order()));
      const inside = await failureOf(store.transaction((tx) => tx.create(missing, order())));

      for (const error of [reading, writing, inside]) {
        expect(error.message).toContain('npm run provision');
        expect(error.details).toMatchObject({ collection: 'not-provisioned', outcome: 'refused' });
      }
    });

    test('refuses a wrong key at once, and the key is in no error', async () => {
      const secretKey = new Secret('WrongKeyOfMine');
      const stranger = fixture.another({ credentials: () => ({ ...keys, secretKey }) });
      fixture.control.stats.clear();

      const error = await failureOf(stranger.get(orders, 'a'));

      expect([error.code, error.details.reason]).toEqual(['upstream', 'credentials']);
      expect(fixture.control.stats.snapshot().byErrorCode).toEqual({ SIGN_PARAM_INVALID: 1 });
      expect(inspectAll(error)).not.toContain('WrongKeyOfMine');
    });

    test('is asked with the credentials of the moment, and never without', async () => {
      let secretKey: Secret | undefined;
      const rotating = fixture.another({
        credentials: () => secretKey && { secretId: keys.secretId, secretKey },
      });
      fixture.control.stats.clear();

      const without = await failureOf(rotating.get(orders, 'a'));
      const requests = fixture.control.stats.snapshot().requests;
      secretKey = new Secret('not yet');
      const wrong = await failureOf(rotating.get(orders, 'a'));
      secretKey = new Secret(keys.secretKey);

      expect([without.details.reason, requests]).toEqual(['credentials_missing', 0]);
      expect(wrong.details.reason).toBe('credentials');
      expect(await rotating.get(orders, 'a')).toBeUndefined();
    });

    test('that stays busy gives an error within the budget', async () => {
      const impatient = fixture.another({ budgetMs: 100 });
      const fault = {
        kind: 'error',
        code: 'EXCEED_REQUEST_LIMIT',
        action: actions.insert,
      } as const;
      fixture.control.faults.add(fault);

      const error = await failureOf(impatient.create(orders, order()));
      fixture.control.faults.clear();

      expect([error.code, error.details.reason, error.details.outcome]).toEqual([
        'upstream',
        'busy',
        'refused',
      ]);
    });

    test('holds a document that is none of ours', async () => {
      const id = freshId();
      await fixture.control.putDocument(keys.envId, 'orders', { _id: id, total: 1 });

      const error = await failureOf(store.get(orders, id));

      expect([error.code, error.details.reason]).toEqual(['upstream', 'foreign']);
    });

    test('gets one request for a write, and none more', async () => {
      const doc = order();
      await store.create(orders, order());
      fixture.control.stats.clear();

      await store.create(orders, doc);
      await store.patchIf(orders, doc._id, { total: 1 }, 0);

      const { byAction } = fixture.control.stats.snapshot();
      expect(byAction).toEqual({ [actions.insert]: 1, [actions.update]: 1 });
    });

    test('reads the same documents through the other SDK', async () => {
      const other = fixture.another({ driver: otherDriver });
      const doc = order({
        total: 1.5,
        tags: ['å', '中'],
        buyer: { name: 'N', since: new Date(0) },
        anything: { at: new Date(1e12), list: [1, 2 ** 40, -1.25, null, {}, []] },
      });
      await store.create(orders, doc);
      const found = await other.get(orders, doc._id);

      expect(found?.doc).toEqual(doc);
      expect(await other.replaceIf(orders, { ...doc, tags: ['b'] }, found?.rev ?? 0)).toBe(true);
      await other.increment(orders, doc, { total: 1 });
      await addOne(other, doc._id);
      expect((await store.get(orders, doc._id))?.doc).toEqual({ ...doc, tags: ['b'], total: 3.5 });
    });
  });
}

/** An error with its details and causes, as a log might print it. */
function inspectAll(error: Error): string {
  const { message, stack, cause } = error;
  return `${message} ${stack} ${JSON.stringify(error)} ${cause instanceof Error ? inspectAll(cause) : JSON.stringify(cause)}`;
}
