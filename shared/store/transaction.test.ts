import { describe, expect, test } from '@jest/globals';
import { type Fault, prepared } from '../../scripts/testing/store/contract/faulty-store.ts';
import { failureOf, orders } from '../../scripts/testing/store/contract/fixtures.ts';
import type { Store } from './store.ts';

describe('a commit whose answer is lost', () => {
  const work = (store: Store, id: string) => {
    const counter = { runs: 0 };
    const done = store.transaction(async (tx) => {
      counter.runs += 1;
      const found = await tx.get(orders, id);
      if (found) await tx.replace(orders, { ...found.doc, total: found.doc.total + 1 });
      return counter.runs;
    });
    return { done, counter };
  };

  test('after it was carried out is found in the documents', async () => {
    const { store, doc, found } = await prepared({ request: 'tx commit', when: 'after' });

    expect(await work(store, doc._id).done).toBe(1);

    expect(await found()).toBe(1);
  });

  test('before it was carried out is run again', async () => {
    const { store, doc, found } = await prepared({ request: 'tx commit', when: 'before' });

    expect(await work(store, doc._id).done).toBe(2);

    expect(await found()).toBe(1);
  });

  test('is found under the writes of others', async () => {
    const { store, doc, found, overtake, queue } = await prepared();
    queue.push({ request: 'tx commit', when: 'after', meanwhile: () => overtake(2) });

    expect(await work(store, doc._id).done).toBe(1);

    expect(await found()).toBe(102);
  });

  test('is not run again while the server may still carry it out', async () => {
    const faults = Array.from(
      { length: 20 },
      (): Fault => ({ request: 'tx abort', when: 'before' }),
    );
    const { store, doc } = await prepared({ request: 'tx commit', when: 'before' }, ...faults);
    const { done, counter } = work(store, doc._id);

    const error = await failureOf(done);

    expect([error.code, error.details.outcome, counter.runs]).toEqual(['upstream', 'unknown', 1]);
  });

  test('is decided by a document that was removed, too', async () => {
    const { store, doc, others } = await prepared({ request: 'tx commit', when: 'before' });

    await store.transaction((tx) => tx.remove(orders, doc._id));

    expect(await others.get(orders, doc._id)).toBeUndefined();
  });

  test('or any operation before it, is no doubt about the outcome', async () => {
    const fault: Fault = { request: 'tx replace', when: 'after' };
    const { store, doc, found } = await prepared(...Array.from({ length: 20 }, () => fault));

    const error = await failureOf(work(store, doc._id).done);

    expect([error.code, error.details.outcome]).toEqual(['upstream', 'refused']);
    expect(await found()).toBe(0);
  });

  test('that arrives after the work was run again changes nothing', async () => {
    const { store, doc, deliver, found } = await prepared({ request: 'tx commit', when: 'late' });
    await store.transaction(async (tx) => {
      const now = await tx.get(orders, doc._id);
      await tx.replace(orders, { ...doc, total: (now?.doc.total ?? 0) + 1 });
    });

    await deliver();

    expect(await found()).toBe(1);
  });
});
