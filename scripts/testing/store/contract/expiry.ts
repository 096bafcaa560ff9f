import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../../../shared/store/store.ts';
import { freshId, sessions } from './fixtures.ts';

/** What the worker relies on where no index removes anything. */
export function expiryContract(current: () => Store): void {
  describe('expired documents', () => {
    test('go in portions, the oldest first, and the others stay', async () => {
      const store = current();
      const create = async (seenAt: number) => {
        const _id = freshId();
        await store.create(sessions, { _id, seenAt: new Date(seenAt) });
        return _id;
      };
      const old = [3, 1, 2].map((day) => Date.UTC(2020, 0, day));
      const [third, first, second] = [
        await create(old[0] ?? 0),
        await create(old[1] ?? 0),
        await create(old[2] ?? 0),
      ];
      const fresh = await create(Date.UTC(2100, 0));
      const left = async () => {
        const ids = [first, second, third, fresh];
        const found = await Promise.all(ids.map((id) => store.get(sessions, id)));
        return ids.filter((_, i) => found[i]);
      };

      expect(await store.removeExpired(sessions, 2)).toBe(2);
      expect(await left()).toEqual([third, fresh]);
      expect(await store.removeExpired(sessions, 2)).toBe(1);
      expect(await store.removeExpired(sessions, 2)).toBe(0);
      expect(await left()).toEqual([fresh]);
    });

    test('are only those of a collection that says so', async () => {
      const orders = { name: 'orders' };

      expect(await current().removeExpired(orders, 10)).toBe(0);
    });
  });
}
