import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createJobFixture, kindOf } from '../../scripts/testing/jobs/job-fixture.ts';
import { AppError } from '../kernel/errors.ts';
import { defineJob } from './define-job.ts';
import { jobCollection } from './job-document.ts';
import { createQueue } from './queue.ts';
import { MAX_JSON_BYTES } from './timing.ts';

const DAY = 24 * 3_600_000;
const greet = kindOf('greet');
const other = { name: 'other', schema: v.strictObject({ _id: v.string() }) };

describe('enqueue', () => {
  test('stores a job in one write and wakes a worker', async () => {
    const { clock, queue, counts, wakes, document } = createJobFixture();

    const { id, isNew } = await queue.enqueue(greet, { n: 1 });

    expect(isNew).toBe(true);
    expect(counts).toEqual({ reads: 0, queries: 0, writes: 1, transactions: 0 });
    expect(wakes).toHaveLength(1);
    expect(await document(id)).toEqual({
      _id: id,
      kind: 'greet',
      state: 'ready',
      createdAt: new Date(clock.now()),
      attempts: 0,
      dueAt: new Date(clock.now()),
      slot: id,
      payload: { n: 1 },
    });
  });

  test('wakes nobody for what is not due', async () => {
    const { clock, queue, wakes, document } = createJobFixture();

    const { id } = await queue.enqueue(greet, { n: 1 }, { runAt: clock.now() + 1 });

    expect(wakes).toEqual([]);
    expect((await document(id))?.dueAt).toEqual(new Date(clock.now() + 1));
  });

  test('makes one job of one key, also after it has run, until it is forgotten', async () => {
    const { clock, queue, shift, wakes, store } = createJobFixture();
    let runs = 0;
    const job = defineJob({
      ...greet,
      run: async () => {
        runs += 1;
      },
    });
    const key = 'oFollower.1700000000';

    const both = await Promise.all([1, 2].map((n) => queue.enqueue(greet, { n }, { key })));
    await shift([job]);
    const late = await queue.enqueue(greet, { n: 3 }, { key });
    const elsewhere = await queue.enqueue(kindOf('leave'), { n: 3 }, { key });
    await shift([job]);
    await clock.advance(8 * DAY);
    await store.removeExpired(jobCollection, 10);
    const later = await queue.enqueue(greet, { n: 4 }, { key });

    expect(both.map(({ isNew }) => isNew)).toEqual([true, false]);
    expect([late.isNew, elsewhere.isNew, later.isNew]).toEqual([false, true, true]);
    expect(new Set([...both, late, later].map(({ id }) => id)).size).toBe(1);
    expect(late.id).not.toContain('oFollower');
    expect(runs).toBe(1);
    expect(wakes).toHaveLength(3);
  });

  test.each<[string, object]>([
    ['another shape', { n: 'one' }],
    ['an unknown field', { n: 1, name: 'oSecretFollower' }],
    ['too many bytes', { n: 1, text: '好'.repeat(MAX_JSON_BYTES / 3) }],
  ])('refuses a payload of %s, without its words', async (_, payload) => {
    const { queue, counts } = createJobFixture();
    const kind = {
      kind: 'greet',
      payload: v.strictObject({ n: v.number(), text: v.optional(v.string()) }),
    };

    const enqueued = queue.enqueue(kind, payload as { n: number });

    const error = await enqueued.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'invalid' });
    expect(JSON.stringify([error, String(error)])).not.toContain('oSecretFollower');
    expect(counts.writes).toBe(0);
  });

  test('is checked by types', async () => {
    const { queue } = createJobFixture();

    // @ts-expect-error the payload belongs to the kind
    await expect(queue.enqueue(greet, { n: 'one' })).rejects.toThrow('not valid');
    // @ts-expect-error and so does its absence
    await expect(queue.enqueue(greet)).rejects.toThrow('not valid');
  });
});

describe('enqueueIn', () => {
  test('writes a job together with what it is about', async () => {
    const { queue, store, wakes } = createJobFixture();

    const made = await store.transaction(async (tx) => {
      await tx.create(other, { _id: 'a' });
      return queue.enqueueIn(tx, greet, { n: 1 });
    });
    const undone = store.transaction(async (tx) => {
      await queue.enqueueIn(tx, greet, { n: 2 });
      throw new Error('changed my mind');
    });

    await expect(undone).rejects.toThrow('changed my mind');
    expect(made.isNew).toBe(true);
    expect(await store.count(jobCollection, 'all')).toBe(1);
    expect(await store.count(other, 'all')).toBe(1);
    expect(wakes).toEqual([]);
  });

  test('makes one job of one key, whoever enqueues at the same time', async () => {
    const { queue, store } = createJobFixture();
    const enqueue = () =>
      store.transaction((tx) => queue.enqueueIn(tx, greet, { n: 1 }, { key: 'k' }));

    const all = await Promise.all([enqueue(), enqueue(), enqueue()]);

    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await store.count(jobCollection, 'all')).toBe(1);
  });
});

describe('waking a worker', () => {
  test.each<[string, () => Promise<void>]>([
    ['fails', () => Promise.reject(new AppError('upstream', 'no such function'))],
    [
      'throws at once',
      () => {
        throw new Error('no such function');
      },
    ],
    ['never ends', () => new Promise(() => {})],
  ])('that %s is given up within a second and logged', async (_, wakeWorker) => {
    const { clock, store, log, lines, document } = createJobFixture();
    const queue = createQueue({ store, clock, log, wakeWorker });

    const enqueuing = queue.enqueue(greet, { n: 1 });
    await clock.advance(1_000);

    const { id, isNew } = await enqueuing;
    expect(isNew).toBe(true);
    expect((await document(id))?.state).toBe('ready');
    expect(lines.filter((line) => line.includes('"worker not woken"'))).toHaveLength(1);
  });
});
