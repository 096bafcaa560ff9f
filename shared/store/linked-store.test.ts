import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Decide,
  type Fault,
  openStores,
  prepared,
} from '../../scripts/testing/store/contract/faulty-store.ts';
import { failureOf, order, orders } from '../../scripts/testing/store/contract/fixtures.ts';
import { AppError } from '../kernel/errors.ts';

describe('a write whose answer is lost', () => {
  test.each(['before', 'after'] as const)('%s it was carried out happens once', async (when) => {
    const { store, doc, rev, found } = await prepared({ request: 'update', when });

    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(true);

    expect(await found()).toBe(1);
    expect((await store.get(orders, doc._id))?.rev).toBe(rev + 1);
  });

  test('is recognised under the writes of others', async () => {
    const { store, doc, rev, overtake, queue } = await prepared();
    queue.push({ request: 'update', when: 'after', meanwhile: () => overtake(15) });

    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(true);
  });

  test('is known not to have been carried out when others were first', async () => {
    const { store, doc, rev, overtake, queue, found } = await prepared();
    queue.push({ request: 'update', when: 'before', meanwhile: () => overtake(3) });

    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(false);

    expect(await found()).toBe(103);
  });

  test.each([
    ['too many others have written since', 17, false],
    ['the document is gone', 0, true],
  ])('is unknown, and says so, when %s', async (_, times, isRemoved) => {
    const { store, others, doc, rev, overtake, queue } = await prepared();
    const meanwhile = async () => {
      await overtake(times);
      if (isRemoved) await others.remove(orders, doc._id);
    };
    queue.push({ request: 'update', when: 'after', meanwhile });

    const error = await failureOf(store.patchIf(orders, doc._id, { total: 1 }, rev));

    expect([error.code, error.details.outcome]).toEqual(['upstream', 'unknown']);
  });

  test('creates once, and knows its own from the one of another', async () => {
    const { store, others, queue } = await prepared();
    const [mine, theirs] = [order(), order({ total: 7 })];
    queue.push({ request: 'insert', when: 'after' });
    expect(await store.create(orders, mine)).toBe(true);

    const meanwhile = () => others.create(orders, theirs);
    queue.push({ request: 'insert', when: 'before', meanwhile });
    expect(await store.create(orders, { ...theirs, total: 8 })).toBe(false);

    expect((await others.get(orders, theirs._id))?.doc.total).toBe(7);
  });

  test.each(['before', 'after'] as const)('%s counts once', async (when) => {
    const first = await prepared({ request: 'update', when });
    await first.store.increment(orders, first.doc, { total: 1 });
    expect(await first.found()).toBe(1);

    const second = await prepared({ request: 'insert', when });
    const fresh = order({ total: 10 });
    await second.store.increment(orders, fresh, { total: 1 });
    expect((await second.others.get(orders, fresh._id))?.doc.total).toBe(11);
  });

  test('does not count again when so much was written since that it cannot be told', async () => {
    const { store, doc, overtake, queue } = await prepared();
    queue.push({ request: 'update', when: 'after', meanwhile: () => overtake(17) });

    const error = await failureOf(store.increment(orders, doc, { total: 1 }));

    expect([error.code, error.details.outcome]).toEqual(['upstream', 'unknown']);
  });

  test('counts again when all that was written since is remembered', async () => {
    const { store, doc, overtake, advance, queue, found } = await prepared();
    await overtake(20);
    advance(61_000);
    queue.push({ request: 'update', when: 'before' });

    await store.increment(orders, doc, { total: 1 });

    expect(await found()).toBe(121);
  });

  test.each(['before', 'after'] as const)('%s removes once', async (when) => {
    const { store, doc, found } = await prepared({ request: 'remove', when });

    expect(await store.remove(orders, doc._id)).toBe(true);

    expect(await found()).toBeUndefined();
  });

  test('because the instance was frozen for long is repeated all the same', async () => {
    const { store, doc, rev, advance, queue } = await prepared();
    queue.push({ request: 'update', when: 'before', meanwhile: async () => advance(3_600_000) });

    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(true);
  });

  test('is refused for certain when it never left', async () => {
    const fault: Fault = { request: 'update', when: 'before', code: 'ECONNREFUSED' };
    const { store, doc, rev } = await prepared(...Array.from({ length: 20 }, () => fault));

    const error = await failureOf(store.patchIf(orders, doc._id, { total: 1 }, rev));

    expect([error.code, error.details.outcome]).toEqual(['upstream', 'refused']);
  });

  test('stays unknown when later tries never left', async () => {
    const fault: Fault = { request: 'update', when: 'before', code: 'ECONNREFUSED' };
    const { store, doc, rev } = await prepared(
      { request: 'update', when: 'before' },
      ...Array.from({ length: 20 }, () => fault),
    );

    const error = await failureOf(store.patchIf(orders, doc._id, { total: 1 }, rev));

    expect([error.code, error.details.outcome]).toEqual(['upstream', 'unknown']);
  });
});

describe('a request that arrives after its repeat', () => {
  test('changes nothing that others have written meanwhile', async () => {
    const { store, doc, rev, deliver, overtake, found } = await prepared({
      request: 'update',
      when: 'late',
    });
    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(true);
    await overtake(1);

    await deliver();

    expect(await found()).toBe(101);
  });

  test('does not count a second time', async () => {
    const { store, doc, deliver, found } = await prepared({ request: 'update', when: 'late' });
    await store.increment(orders, doc, { total: 1 });

    await deliver();

    expect(await found()).toBe(1);
  });

  test('does not remove the document that came after', async () => {
    const { store, others, doc, deliver, found } = await prepared({
      request: 'remove',
      when: 'late',
    });
    expect(await store.remove(orders, doc._id)).toBe(true);
    await others.create(orders, { ...doc, total: 5 });

    await deliver();

    expect(await found()).toBe(5);
  });
});

test('whatever fails and in whatever order: what is said to have happened has, once', async () => {
  const requests = fc.infiniteStream(fc.integer({ min: 0, max: 7 }));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), requests, async (scheduler, dice) => {
      // One request in eight is lost before, one in eight after it was carried out.
      const decide: Decide = (request) => {
        const die = dice.next().value;
        return die < 2 ? { request, when: die === 0 ? 'before' : 'after' } : undefined;
      };
      const step = () => scheduler.schedule(Promise.resolve());
      const { store, others } = openStores(decide, step);
      const doc = order({ total: 0 });
      const tally = { done: 0, unknown: 0 };
      const count = async (operation: Promise<boolean>) => {
        try {
          if (await operation) tally.done += 1;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          if (error.details.outcome === 'unknown') tally.unknown += 1;
        }
      };
      const increment = () => count(store.increment(orders, doc, { total: 1 }).then(() => true));
      const patch = async () => {
        const now = await others.get(orders, doc._id);
        if (!now) return;
        const total = now.doc.total + 1;
        await count(store.patchIf(orders, doc._id, { total }, now.rev));
      };
      const transact = () =>
        count(
          store.transaction(async (tx) => {
            const now = await tx.get(orders, doc._id);
            if (now) await tx.replace(orders, { ...doc, total: now.doc.total + 1 });
            else await tx.create(orders, { ...doc, total: 1 });
            return true;
          }),
        );

      const work = Promise.all([
        increment(),
        transact(),
        patch(),
        increment(),
        transact(),
        patch(),
      ]);
      await scheduler.waitFor(work);

      const reading = others.get(orders, doc._id);
      await scheduler.waitFor(reading);
      const total = (await reading)?.doc.total ?? 0;
      expect(total).toBeGreaterThanOrEqual(tally.done);
      expect(total).toBeLessThanOrEqual(tally.done + tally.unknown);
    }),
    { numRuns: 300 },
  );
});
