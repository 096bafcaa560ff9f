import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../kernel/errors.ts';
import { failureOf, order, orders } from './contract/fixtures.ts';
import { failure, reasonFor } from './failure.ts';
import type { Link, LinkTransaction } from './link.ts';
import { createLinkedStore } from './linked-store.ts';
import { createMemoryLink } from './memory-link.ts';
import type { Store } from './store.ts';

/** What becomes of one request whose caller hears of a failure: carried out before, after or never. */
interface Fault {
  readonly request: keyof Link | `tx ${keyof LinkTransaction}`;
  /** `late`: when the test delivers it. */
  readonly when: 'before' | 'after' | 'late';
  readonly code?: string;
  /** What others do before the caller hears of the failure. */
  readonly meanwhile?: () => Promise<unknown>;
}

type Decide = (request: Fault['request']) => Fault | undefined;

type Late = (() => Promise<unknown>)[];

/** A link that fails as told. */
function faulty<L extends object>(link: L, decide: Decide, late: Late, prefix = ''): L {
  const wrap = (name: string, method: (...args: unknown[]) => Promise<unknown>) => {
    return async (...args: unknown[]): Promise<unknown> => {
      const fault = decide(`${prefix}${name}` as Fault['request']);
      const error = Object.assign(new Error('lost'), { code: fault?.code ?? 'ECONNRESET' });
      if (fault?.when === 'late') late.push(() => method(...args));
      if (fault && fault.when !== 'after') {
        await fault.meanwhile?.();
        throw error;
      }
      const result = await method(...args);
      await fault?.meanwhile?.();
      if (fault) throw error;
      return name === 'begin' ? faulty(result as LinkTransaction, decide, late, 'tx ') : result;
    };
  };
  const methods = Object.entries(link).map(([name, method]) => [name, wrap(name, method)]);
  return Object.fromEntries(methods) as L;
}

function openStores(decide: Decide, step: () => Promise<void> = () => Promise.resolve()) {
  let time = 0;
  const now = () => time;
  const pause = async (ms = 100) => {
    time += ms;
    await step();
  };
  const link = createMemoryLink({ now, step, pause });
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  const storeOver = (over: Link): Store =>
    createLinkedStore({
      link: () => Promise.resolve(over),
      async ask(task, request) {
        try {
          return await request();
        } catch (error) {
          throw failure(reasonFor(error), task, error);
        }
      },
      stamps: { writeId: () => `w${next()}`, firstRev: () => next() * 1_000_000 },
      pace: { now, pause, random: () => 0, budgetMs: 60_000, maxTries: 20 },
    });
  const late: Late = [];
  return {
    store: storeOver(faulty(link, decide, late)),
    others: storeOver(link),
    /** Lets what was held back arrive; whatever comes of it. */
    deliver: async () => {
      expect(late).not.toHaveLength(0);
      await Promise.allSettled(late.splice(0).map((arrive) => arrive()));
    },
  };
}

async function prepared(...faults: Fault[]) {
  const queue: Fault[] = [];
  const { store, others, deliver } = openStores((request) => inTurnOf(queue, request));
  const doc = order({ total: 0 });
  await others.create(orders, doc);
  const rev = (await others.get(orders, doc._id))?.rev ?? 0;
  queue.push(...faults);
  const found = async () => (await others.get(orders, doc._id))?.doc.total;
  /** Writes of others, so many. */
  const overtake = async (times: number) => {
    for (let n = 1; n <= times; n += 1) {
      const now = await others.get(orders, doc._id);
      await others.patchIf(orders, doc._id, { total: 100 + n }, now?.rev ?? 0);
    }
  };
  return { store, others, deliver, doc, rev, found, overtake, queue };
}

function inTurnOf(queue: Fault[], request: Fault['request']): Fault | undefined {
  return queue[0]?.request === request ? queue.shift() : undefined;
}

describe('a write whose answer is lost', () => {
  test.each(['before', 'after'] as const)('%s it was carried out happens once', async (when) => {
    const { store, doc, rev, found } = await prepared({ request: 'update', when });

    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(true);

    expect(await found()).toBe(1);
    expect((await store.get(orders, doc._id))?.rev).toBe(rev + 1);
  });

  test('is recognised under the writes of others', async () => {
    const { store, doc, rev, overtake, queue } = await prepared();
    queue.push({ request: 'update', when: 'after', meanwhile: () => overtake(7) });

    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(true);
  });

  test('is known not to have been carried out when others were first', async () => {
    const { store, doc, rev, overtake, queue, found } = await prepared();
    queue.push({ request: 'update', when: 'before', meanwhile: () => overtake(3) });

    expect(await store.patchIf(orders, doc._id, { total: 1 }, rev)).toBe(false);

    expect(await found()).toBe(103);
  });

  test.each([
    ['too many others have written since', 9, false],
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

  test.each(['before', 'after'] as const)('%s removes once', async (when) => {
    const { store, doc, found } = await prepared({ request: 'remove', when });

    expect(await store.remove(orders, doc._id)).toBe(true);

    expect(await found()).toBeUndefined();
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

  test('does not commit a transaction that has been run again', async () => {
    const { store, doc, deliver, found } = await prepared({ request: 'tx commit', when: 'late' });
    await store.transaction(async (tx) => {
      const now = await tx.get(orders, doc._id);
      await tx.replace(orders, { ...doc, total: (now?.doc.total ?? 0) + 1 });
    });

    await deliver();

    expect(await found()).toBe(1);
  });
});

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
