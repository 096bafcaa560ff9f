import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { kindOf, silentLog, watched } from '../../scripts/testing/jobs/job-fixture.ts';
import { allDatabases } from '../../scripts/testing/store/databases.ts';
import { systemClock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import {
  again,
  createJobOperator,
  createQueue,
  createWorker,
  defineJob,
  jobCollection,
} from './index.ts';

const WORKERS = 4;
const checkpoint = v.strictObject({ page: v.number() });
const ledger = {
  name: 'ledger',
  schema: v.strictObject({ _id: v.string(), n: v.number() }),
};

const collections = [jobCollection, ledger];
const databases = await allDatabases(collections);

describe.each(databases)('jobs on %s', (_, open) => {
  async function prepare() {
    const fixture = await open();
    const wakes = { count: 0 };
    const wakeWorker = async () => {
      wakes.count += 1;
    };
    const log = silentLog;
    const queue = createQueue({ store: fixture.store, clock: systemClock, log, wakeWorker });
    const operator = createJobOperator({ store: fixture.store, clock: systemClock, queue });
    return { ...fixture, wakes, queue, operator };
  }

  test('are run once each by workers that share them, within their limits', async () => {
    const { store, another, queue, operator, close } = await prepare();
    const runs = new Map<string, number>();
    const running = new Map<string, number>();
    let most = 0;
    const job = (kind: string, concurrency?: number) =>
      defineJob({
        ...kindOf(kind),
        ...(concurrency ? { concurrency } : {}),
        run: async (ctx) => {
          running.set(kind, (running.get(kind) ?? 0) + 1);
          if (concurrency) most = Math.max(most, running.get(kind) ?? 0);
          // Long enough for another worker to come across it.
          await operator.get(ctx.id);
          runs.set(ctx.id, (runs.get(ctx.id) ?? 0) + 1);
          running.set(kind, (running.get(kind) ?? 0) - 1);
        },
      });
    const jobs = [job('free'), job('limited', 2)];
    for (let n = 0; n < 40; n += 1) await queue.enqueue(kindOf('free'), { n });
    for (let n = 0; n < 10; n += 1) await queue.enqueue(kindOf('limited'), { n });

    const untilMs = Date.now() + 60_000;
    const reports = await Promise.all(
      Array.from({ length: WORKERS }, () => {
        const worker = { jobs, clock: systemClock, random: Math.random, log: silentLog };
        return createWorker({ ...worker, store: another() }).work({ untilMs });
      }),
    );

    const total = reports.reduce((sum, { done }) => sum + done, 0);
    expect([total, runs.size, most <= 2]).toEqual([50, 50, true]);
    expect([...runs.values()].every((n) => n === 1)).toBe(true);
    expect(await store.count(jobCollection, { state: { eq: 'done' } })).toBe(50);
    await close();
  });

  test('go through checkpoints, transactions, failures, death, retry and drop', async () => {
    const { store, queue, operator, wakes, close } = await prepare();
    const cure = { isCured: false };
    const sync = kindOf('sync');
    const job = defineJob({
      ...sync,
      checkpoint,
      maxAttempts: 2,
      backoff: { firstMs: 10, lastMs: 10 },
      run: async (ctx, { n }) => {
        const page = ctx.checkpoint?.page ?? 0;
        if (page === 3) return;
        if (page === 1 && ctx.attempt === 1) throw new AppError('upstream', 'once');
        if (page === 2 && !cure.isCured) throw new AppError('invalid', 'poison');
        await ctx.save({ page: page + 1 }, async (tx) => {
          const sum = (await tx.get(ledger, 'sum'))?.doc.n ?? 0;
          if (page === 0) await tx.create(ledger, { _id: 'sum', n });
          else await tx.replace(ledger, { _id: 'sum', n: sum + n });
        });
        return again();
      },
    });
    const { store: counted, counts } = watched(store);
    const worker = createWorker({
      store: counted,
      jobs: [job],
      clock: systemClock,
      random: () => 0,
      log: silentLog,
    });
    const { id } = await queue.enqueue(sync, { n: 5 }, { key: 'all' });

    const first = await worker.work({ untilMs: Date.now() + 60_000 });
    const dead = await operator.list({ state: 'dead', kind: 'sync' });
    cure.isCured = true;
    await operator.retry(id);
    const second = await worker.work({ untilMs: Date.now() + 60_000 });
    const { isNew } = await queue.enqueue(sync, { n: 5 }, { key: 'all' });

    expect(first).toMatchObject({ again: 2, failed: 1, dead: 1 });
    expect(dead).toMatchObject([{ id, error: { code: 'invalid', message: 'poison' } }]);
    expect(second).toMatchObject({ again: 1, done: 1 });
    expect((await store.get(ledger, 'sum'))?.doc.n).toBe(15);
    expect([isNew, wakes.count]).toEqual([false, 2]);
    // Six attempts with two writes each; the checkpoints went with their transactions.
    expect([counts.writes, counts.reads, counts.transactions]).toEqual([12, 0, 3]);
    await close();
  });
});
