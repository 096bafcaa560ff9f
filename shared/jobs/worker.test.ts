import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createJobFixture, kindOf } from '../../scripts/testing/jobs/job-fixture.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { again, defineJob, type Job, type JobContext, type JobOptions } from './define-job.ts';
import { jobCollection } from './job-document.ts';

const SECOND = 1_000;
const nothing = {
  done: 0,
  again: 0,
  failed: 0,
  dead: 0,
  late: 0,
  abandoned: 0,
  missed: 0,
  full: 0,
};

const greet = kindOf('greet');
const checkpoint = v.strictObject({ page: v.number() });
type Checkpoint = v.InferOutput<typeof checkpoint>;

/** A kind that counts pages. */
function paged(
  run: (
    ctx: JobContext<Checkpoint>,
    payload: { n: number },
  ) => ReturnType<JobOptions<{ n: number }, Checkpoint>['run']>,
  options: Partial<JobOptions<{ n: number }, Checkpoint>> = {},
) {
  return defineJob({ ...greet, checkpoint, ...options, run });
}

/** A worker takes the job, and its instance is killed: nothing that it would do happens any more. */
async function killOne(
  { clock, worker }: Pick<ReturnType<typeof createJobFixture>, 'clock' | 'worker'>,
  job: Job,
): Promise<void> {
  const killed = createKillable(clock);
  void worker([job], { clock: killed.clock }).work({ untilMs: clock.now() + 900 * SECOND });
  await clock.advance(SECOND);
  killed.kill();
  await clock.advance(62 * SECOND);
}

describe('a shift', () => {
  test('runs what is due, once, and keeps only the bones of what is done', async () => {
    const { queue, shift, document } = createJobFixture();
    const seen: number[] = [];
    const job = defineJob({
      ...greet,
      run: async (_, { n }) => {
        seen.push(n);
      },
    });
    const { id } = await queue.enqueue(greet, { n: 1 });
    await queue.enqueue(greet, { n: 2 });

    const first = await shift([job]);
    const second = await shift([job]);

    expect(seen).toEqual([1, 2]);
    expect(first).toEqual({ ...nothing, done: 2, isDrained: true });
    expect(second).toEqual({ ...nothing, isDrained: true });
    const { payload, removeAt, dueAt, ...rest } = (await document(id)) ?? {};
    expect([payload, dueAt]).toEqual([undefined, undefined]);
    expect(removeAt).toBeInstanceOf(Date);
    expect(rest).toMatchObject({ _id: id, state: 'done', attempts: 1, slot: id });
  });

  test('leaves what is not due yet, and what it has no job for', async () => {
    const { clock, queue, shift } = createJobFixture();
    const seen: number[] = [];
    const job = defineJob({
      ...greet,
      run: async (_, { n }) => {
        seen.push(n);
      },
    });
    await queue.enqueue(greet, { n: 1 }, { runAt: clock.now() + 60 * SECOND });
    await queue.enqueue(kindOf('unknown'), { n: 2 });

    await shift([job]);
    expect(seen).toEqual([]);
    await clock.advance(60 * SECOND);
    await shift([job]);

    expect(seen).toEqual([1]);
  });

  test('costs two writes a job, no reads, and a query a page', async () => {
    const { queue, shift, counts } = createJobFixture();
    const job = defineJob({ ...greet, run: async () => {} });
    for (let n = 0; n < 200; n += 1) await queue.enqueue(greet, { n });
    const before = { ...counts };

    const report = await shift([job]);

    expect(report.done).toBe(200);
    expect(before).toEqual({ reads: 0, queries: 0, writes: 200, transactions: 0 });
    // Two full pages, the empty one after them, and the one that ends the shift.
    expect(counts).toEqual({ reads: 0, queries: 4, writes: 600, transactions: 0 });
  });

  test('has as many under way as it has slots', async () => {
    const { clock, queue, shift } = createJobFixture();
    let [now, most] = [0, 0];
    const job = defineJob({
      ...greet,
      run: async () => {
        now += 1;
        most = Math.max(most, now);
        await sleep(clock, SECOND);
        now -= 1;
      },
    });
    for (let n = 0; n < 20; n += 1) await queue.enqueue(greet, { n });
    const startedAt = clock.now();

    await shift([job], { slots: 4 });

    expect(most).toBe(4);
    expect(clock.now() - startedAt).toBeLessThan(7 * SECOND);
  });

  test('refuses two jobs of one kind, and numbers that make no sense', () => {
    const { worker } = createJobFixture();
    const job = defineJob({ ...greet, run: async () => {} });
    const define = (options: object) => () =>
      defineJob({ ...greet, run: async () => {}, ...options });

    expect(() => worker([job, job])).toThrow('twice');
    expect(define({ kind: 'Not a kind' })).toThrow('proper name');
    expect(define({ leaseMs: 9_999 })).toThrow('leaseMs');
    expect(define({ maxAttempts: 0 })).toThrow('maxAttempts');
    expect(define({ concurrency: 0.5 })).toThrow('concurrency');
  });
});

describe('failures', () => {
  test('are tried again after growing pauses, then the job is dead with its error', async () => {
    const { clock, queue, shift, document, operator } = createJobFixture();
    const starts: number[] = [];
    const job = defineJob({
      ...greet,
      maxAttempts: 4,
      backoff: { firstMs: 2 * SECOND, lastMs: 5 * SECOND },
      run: async ({ attempt }, { n }) => {
        if (n === 1) return;
        starts.push(clock.now());
        throw new AppError('upstream', `No luck the ${attempt}. time.`);
      },
    });
    const startedAt = clock.now();
    const { id } = await queue.enqueue(greet, { n: 0 });
    for (let n = 0; n < 5; n += 1) await queue.enqueue(greet, { n: 1 });

    const report = await shift([job], { random: () => 0.5 });

    // Three quarters of 2, 4 and 5 s.
    expect(starts.map((at) => at - startedAt)).toEqual([0, 1_500, 4_500, 8_250]);
    expect(report).toEqual({ ...nothing, done: 5, failed: 3, dead: 1, isDrained: true });
    expect(await document(id)).toMatchObject({ state: 'dead', attempts: 4, payload: { n: 0 } });
    expect(await operator.list({ state: 'dead' })).toEqual([
      expect.objectContaining({
        id,
        error: { code: 'upstream', message: 'No luck the 4. time.', at: startedAt + 8_250 },
      }),
    ]);
  });

  test.each(['invalid', 'unauthorized', 'forbidden', 'not_found'] as const)(
    'that are %s kill the job at once',
    async (code) => {
      const { queue, shift, document } = createJobFixture();
      const job = defineJob({
        ...greet,
        run: async () => {
          throw new AppError(code, 'Never.');
        },
      });
      const { id } = await queue.enqueue(greet, { n: 0 });

      expect(await shift([job])).toEqual({ ...nothing, dead: 1, isDrained: true });

      expect(await document(id)).toMatchObject({ state: 'dead', attempts: 1, error: { code } });
    },
  );

  test('of a payload that today has another schema kill the job without running it', async () => {
    const { queue, shift, document } = createJobFixture();
    let runs = 0;
    const job = defineJob({
      kind: 'greet',
      payload: v.strictObject({ name: v.string() }),
      run: async () => {
        runs += 1;
      },
    });
    const { id } = await queue.enqueue(greet, { n: 0 });

    expect((await shift([job])).dead).toBe(1);

    expect(runs).toBe(0);
    expect((await document(id))?.error?.message).toContain('not valid');
  });

  test('that are bugs are tried again, and leave their words in the log only', async () => {
    const { queue, shift, document, lines } = createJobFixture();
    const job = defineJob({
      ...greet,
      maxAttempts: 2,
      run: async () => {
        throw new TypeError('undefined is oSecretFollower');
      },
    });
    const { id } = await queue.enqueue(greet, { n: 0 });

    expect(await shift([job])).toMatchObject({ failed: 1, dead: 1 });

    const { error } = (await document(id)) ?? {};
    expect(error).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('TypeError'),
    });
    expect(JSON.stringify(error)).not.toContain('oSecretFollower');
    expect(lines.some((line) => line.includes('undefined is') && line.includes(id))).toBe(true);
  });

  test('are judged by whoever knows more of them', async () => {
    const { clock, queue, shift } = createJobFixture();
    const starts: number[] = [];
    const job = defineJob({
      ...greet,
      run: async () => {
        starts.push(clock.now());
        throw new AppError(starts.length === 1 ? 'rate_limited' : 'upstream', 'No.');
      },
    });
    await queue.enqueue(greet, { n: 0 });
    const startedAt = clock.now();

    const judge = (error: unknown) =>
      error instanceof AppError && error.code === 'rate_limited'
        ? { isFinal: false, waitMs: 7 * SECOND }
        : { isFinal: true };
    expect(await shift([job], { judge })).toMatchObject({ failed: 1, dead: 1 });

    expect(starts).toEqual([startedAt, startedAt + 7 * SECOND]);
  });
});

describe('checkpoints', () => {
  test('are where the next attempt begins', async () => {
    const { queue, shift, counts } = createJobFixture();
    const pages: number[] = [];
    const job = paged(async (ctx, { n }) => {
      for (let page = ctx.checkpoint?.page ?? 0; page < n; page += 1) {
        pages.push(page);
        if (page === 2 && ctx.attempt === 1) throw new Error('fell over');
        await ctx.save({ page: page + 1 });
      }
    });
    await queue.enqueue(greet, { n: 4 });

    await shift([job]);

    expect(pages).toEqual([0, 1, 2, 2, 3]);
    expect([counts.reads, counts.writes]).toEqual([0, 1 + 2 * 2 + 4]);
  });

  test('begin the counting of failures anew, but for the attempt that made them', async () => {
    const { queue, shift, document } = createJobFixture();
    const attempts: number[] = [];
    const job = paged(
      async (ctx) => {
        attempts.push(ctx.attempt);
        const { page } = ctx.checkpoint ?? { page: 0 };
        if (page < 6) await ctx.save({ page: page + 1 });
        throw new Error('fell over');
      },
      { maxAttempts: 2, backoff: { firstMs: SECOND, lastMs: SECOND } },
    );
    const { id } = await queue.enqueue(greet, { n: 0 });

    await shift([job]);

    expect(attempts).toEqual([1, 2, 2, 2, 2, 2, 2]);
    expect(await document(id)).toMatchObject({ state: 'dead', checkpoint: { page: 6 } });
  });

  test('are written together with other documents, or not at all', async () => {
    const { queue, shift, store, document } = createJobFixture();
    const counted = { name: 'counted', schema: v.strictObject({ _id: v.string(), n: v.number() }) };
    let isFirst = true;
    const job = paged(async (ctx) => {
      await ctx.save({ page: 1 }, async (tx) => {
        const n = (await tx.get(counted, 'c'))?.doc.n ?? 0;
        if (n === 0) await tx.create(counted, { _id: 'c', n: 1 });
        else await tx.replace(counted, { _id: 'c', n: n + 1 });
        if (isFirst) {
          isFirst = false;
          throw new Error('in the middle');
        }
      });
      await ctx.save({ page: 2 });
      return again({ afterMs: 60 * SECOND });
    });
    const { id } = await queue.enqueue(greet, { n: 0 });

    expect(await shift([job])).toMatchObject({ failed: 1, again: 1 });

    expect((await store.get(counted, 'c'))?.doc.n).toBe(1);
    expect(await document(id)).toMatchObject({
      state: 'ready',
      attempts: 0,
      checkpoint: { page: 2 },
    });
  });

  test('that do not fit their schema kill the job', async () => {
    const { queue, shift, document } = createJobFixture();
    const job = paged((ctx) => ctx.save({ page: 'two' } as unknown as Checkpoint) as never);
    const { id } = await queue.enqueue(greet, { n: 0 });
    const hollow = paged(async () => again({ checkpoint: { page: Number.NaN } }), {
      kind: 'hollow',
    });
    const other = await queue.enqueue(kindOf('hollow'), { n: 0 });

    expect(await shift([job, hollow])).toMatchObject({ dead: 2 });

    expect((await document(id))?.error?.code).toBe('invalid');
    expect((await document(other.id))?.error?.code).toBe('invalid');
  });

  test('come with again(), which begins the counting of attempts anew', async () => {
    const { clock, queue, shift } = createJobFixture();
    const runs: [attempt: number, page: number | undefined, at: number][] = [];
    const startedAt = clock.now();
    const job = paged(
      async ({ attempt, checkpoint: from }) => {
        runs.push([attempt, from?.page, clock.now() - startedAt]);
        if (runs.length === 1) throw new Error('once');
        if (runs.length < 4)
          return again({ checkpoint: { page: runs.length }, afterMs: 3 * SECOND });
      },
      { maxAttempts: 2 },
    );
    await queue.enqueue(greet, { n: 0 });

    expect(await shift([job])).toEqual({
      ...nothing,
      failed: 1,
      again: 2,
      done: 1,
      isDrained: true,
    });

    expect(runs).toEqual([
      [1, undefined, 0],
      [2, undefined, 1_000],
      [1, 2, 4_000],
      [1, 3, 7_000],
    ]);
  });
});

describe('the lease', () => {
  test('is extended for as long as the job runs', async () => {
    const { clock, queue, worker, settle, counts } = createJobFixture();
    let runs = 0;
    const job = defineJob({
      ...greet,
      leaseMs: 30 * SECOND,
      run: async ({ signal }) => {
        runs += 1;
        await sleep(clock, 100 * SECOND, signal);
      },
    });
    await queue.enqueue(greet, { n: 0 });
    const untilMs = clock.now() + 300 * SECOND;

    const long = worker([job]).work({ untilMs });
    for (let n = 0; n < 9; n += 1) {
      await clock.advance(10 * SECOND);
      expect(await settle(worker([job]).work({ untilMs }))).toMatchObject({ done: 0, missed: 0 });
    }
    const report = await settle(long);

    expect(report.done).toBe(1);
    expect(runs).toBe(1);
    // Enqueued, taken, extended every 10 s, finished.
    expect(counts.writes).toBe(1 + 1 + 9 + 1);
  });

  test('that cannot be extended ends the job before another may begin', async () => {
    const { clock, queue, worker, fails, settle, document } = createJobFixture();
    const log: string[] = [];
    const job = defineJob({
      ...greet,
      leaseMs: 30 * SECOND,
      run: async ({ signal, attempt, assertHeld }) => {
        log.push(`${attempt} begins`);
        if (attempt === 2) return;
        signal.addEventListener('abort', () => log.push(`1 ends at ${clock.now() - startedAt}`));
        await sleep(clock, 200 * SECOND);
        expect(assertHeld).toThrow('The lease of this job is over');
      },
    });
    const { id } = await queue.enqueue(greet, { n: 0 });
    const startedAt = clock.now();
    const untilMs = startedAt + 300 * SECOND;

    const first = worker([job]).work({ untilMs });
    await clock.advance(0);
    fails.writes = new AppError('upstream', 'down');
    await clock.advance(31 * SECOND);
    delete fails.writes;
    expect(await settle(worker([job]).work({ untilMs }))).toMatchObject({ done: 0 });
    await clock.advance(SECOND);
    expect(await settle(worker([job]).work({ untilMs }))).toMatchObject({ done: 1 });

    expect(await settle(first)).toMatchObject({ late: 1 });
    expect(log).toEqual(['1 begins', '1 ends at 30000', '2 begins']);
    expect(await document(id)).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('of a dead worker is taken over, with the attempt counted', async () => {
    const world = createJobFixture();
    const { queue, shift, document } = world;
    const attempts: number[] = [];
    const job = defineJob({
      ...greet,
      maxAttempts: 2,
      run: ({ attempt }) => {
        attempts.push(attempt);
        return new Promise(() => {});
      },
    });
    const { id } = await queue.enqueue(greet, { n: 0 });
    for (let n = 0; n < 2; n += 1) await killOne(world, job);

    const report = await shift([job]);

    expect(attempts).toEqual([1, 2]);
    expect(report).toEqual({ ...nothing, dead: 1, isDrained: true });
    expect(await document(id)).toMatchObject({ state: 'dead', error: { code: 'timeout' } });
  });

  test('may die more often than it may fail, if it says so', async () => {
    const world = createJobFixture();
    const { queue, shift, document } = world;
    const job = defineJob({
      ...greet,
      maxAttempts: 1,
      maxDeaths: 3,
      run: ({ attempt }) =>
        attempt < 3 ? new Promise(() => {}) : Promise.reject(new AppError('upstream', 'No.')),
    });
    const { id } = await queue.enqueue(greet, { n: 0 });
    for (let n = 0; n < 2; n += 1) await killOne(world, job);

    expect(await shift([job])).toMatchObject({ dead: 1 });
    expect(await document(id)).toMatchObject({ state: 'dead', error: { code: 'upstream' } });
  });

  test.each([
    ['that got further each time', ({ page }: Checkpoint) => ({ page: page + 1 }), 'done'],
    ['that never got further', (at: Checkpoint) => ({ ...at }), 'dead'],
  ])('of a dead worker %s', async (_name, step, end) => {
    const world = createJobFixture();
    const { queue, shift, document } = world;
    let deaths = 0;
    const job = paged(
      async (ctx) => {
        await ctx.save(step(ctx.checkpoint ?? { page: 0 }));
        if (deaths < 5) await new Promise(() => {});
      },
      { maxAttempts: 3 },
    );
    const { id } = await queue.enqueue(greet, { n: 0 });
    for (; deaths < 5; deaths += 1) await killOne(world, job);

    await shift([job]);

    expect(await document(id)).toMatchObject({ state: end });
  });

  test('that was lost while frozen lets neither a checkpoint nor an end through', async () => {
    const { clock, queue, worker, shift, document, store } = createJobFixture();
    let thaw = () => {};
    const refused: unknown[] = [];
    const job = paged(async (ctx) => {
      if (ctx.attempt === 2) {
        await ctx.save({ page: 22 });
        return again({ afterMs: 3_600 * SECOND });
      }
      await new Promise<void>((resolve) => {
        thaw = resolve;
      });
      await ctx.save({ page: 11 }).catch((error) => refused.push(error));
    });
    const { id } = await queue.enqueue(greet, { n: 0 });
    const frozen = createKillable(clock);
    const first = worker([job], { clock: frozen.clock }).work({
      untilMs: clock.now() + 900 * SECOND,
    });
    await clock.advance(0);
    frozen.kill();
    await clock.advance(63 * SECOND);
    await shift([job]);
    const before = await store.get(jobCollection, id);

    thaw();
    await clock.advance(0);

    expect(refused).toEqual([expect.objectContaining({ code: 'conflict' })]);
    expect(await store.get(jobCollection, id)).toEqual(before);
    expect(await document(id)).toMatchObject({ state: 'ready', checkpoint: { page: 22 } });
    void first;
  });
});

describe('the time', () => {
  test('is used up to its margins: yield when asked, abort, leave behind', async () => {
    const { clock, queue, shift, document } = createJobFixture();
    const startedAt = clock.now();
    const log: string[] = [];
    const at = (what: string) => log.push(`${what} ${(clock.now() - startedAt) / SECOND}`);
    const polite = paged(async (ctx) => {
      let page = ctx.checkpoint?.page ?? 0;
      for (; !ctx.hurry.aborted; page += 1) await sleep(clock, SECOND, ctx.signal);
      at('polite');
      return again({ checkpoint: { page } });
    });
    const deaf = defineJob({
      ...kindOf('deaf'),
      run: async ({ signal }) => {
        await sleep(clock, 1_000 * SECOND, signal).catch(() => at('deaf'));
        signal.throwIfAborted();
      },
    });
    const stuck = defineJob({ ...kindOf('stuck'), run: () => new Promise<undefined>(() => {}) });
    const ids = [];
    for (const kind of [greet, kindOf('deaf'), kindOf('stuck')]) {
      ids.push((await queue.enqueue(kind, { n: 0 })).id);
    }

    const report = await shift([polite, deaf, stuck], { budgetMs: 120 * SECOND });

    expect(log).toEqual(['polite 110', 'deaf 116']);
    expect(clock.now() - startedAt).toBeLessThanOrEqual(119 * SECOND);
    expect(report).toEqual({ ...nothing, again: 1, failed: 1, abandoned: 1, isDrained: false });
    const states = await Promise.all(ids.map((id) => document(id)));
    expect(states).toMatchObject([
      { state: 'ready', attempts: 0, checkpoint: { page: 110 } },
      { state: 'ready', attempts: 1, error: { code: 'timeout' } },
      { state: 'running' },
    ]);
    expect(clock.pending).toBe(0);
  });

  test('takes no job when too little of it is left', async () => {
    const { clock, queue, shift } = createJobFixture();
    const starts: number[] = [];
    const job = defineJob({
      ...greet,
      run: async () => {
        starts.push(clock.now() - startedAt);
        await sleep(clock, 10 * SECOND);
      },
    });
    for (let n = 0; n < 9; n += 1) await queue.enqueue(greet, { n });
    const startedAt = clock.now();

    const report = await shift([job], { budgetMs: 60 * SECOND, slots: 1 });

    expect(starts).toEqual([0, 10, 20, 30, 40].map((s) => s * SECOND));
    expect(report).toEqual({ ...nothing, done: 5, isDrained: false });
  });

  test('is not begun with for a job that needs more of it, and others are done all the same', async () => {
    const { clock, queue, shift } = createJobFixture();
    const startedAt = clock.now();
    const starts: string[] = [];
    const at = (name: string) => starts.push(`${name} ${(clock.now() - startedAt) / SECOND}`);
    const short = defineJob({
      ...kindOf('short'),
      run: async () => {
        at('short');
      },
    });
    const long = defineJob({
      ...greet,
      needsMs: 30 * SECOND,
      run: async () => {
        at('long');
        await sleep(clock, 25 * SECOND);
        if (starts.length === 4) await queue.enqueue(kindOf('short'), { n: 0 });
      },
    });
    for (let n = 0; n < 5; n += 1) await queue.enqueue(greet, { n });

    const report = await shift([long, short], { budgetMs: 120 * SECOND, slots: 1 });

    expect(starts).toEqual(['long 0', 'long 25', 'long 50', 'long 75', 'short 100']);
    expect(clock.now() - startedAt).toBeLessThan(101 * SECOND);
    expect(report).toEqual({ ...nothing, done: 5, isDrained: false });

    // Somebody who invokes the worker by hand gives it less, and no other worker may be there.
    expect(await shift([long, short], { budgetMs: 20 * SECOND })).toMatchObject({
      abandoned: 1,
    });
    expect(starts.at(-1)).toMatch(/^long/);
  });
});

describe('kinds', () => {
  test('wait for nobody: a flood of one lets the others through, by their shares', async () => {
    const { clock, queue, shift } = createJobFixture();
    const order: string[] = [];
    const job = (kind: string, priority: 'high' | 'normal' | 'low') =>
      defineJob({
        ...kindOf(kind),
        priority,
        run: async () => {
          order.push(kind);
          await sleep(clock, 100);
        },
      });
    const jobs = [job('flood', 'normal'), job('urgent', 'high'), job('slow', 'low')];
    for (let n = 0; n < 300; n += 1) await queue.enqueue(kindOf('flood'), { n });
    for (let n = 0; n < 60; n += 1) await queue.enqueue(kindOf('urgent'), { n });
    for (let n = 0; n < 60; n += 1) await queue.enqueue(kindOf('slow'), { n });

    await shift(jobs, { slots: 1 });

    const share = (kind: string) => order.slice(0, 52).filter((other) => other === kind).length;
    expect([share('urgent'), share('flood'), share('slow')]).toEqual([36, 12, 4]);
    expect(order).toHaveLength(420);
  });

  test('of limited concurrency keep their limit over all workers', async () => {
    const { clock, queue, worker, settle, counts } = createJobFixture();
    let [now, most, runs] = [0, 0, 0];
    const job = defineJob({
      ...greet,
      concurrency: 2,
      run: async () => {
        runs += 1;
        now += 1;
        most = Math.max(most, now);
        await sleep(clock, SECOND);
        now -= 1;
      },
    });
    for (let n = 0; n < 20; n += 1) await queue.enqueue(greet, { n });
    const untilMs = clock.now() + 300 * SECOND;

    const workers = [1, 2, 3, 4].map(() => worker([job]).work({ untilMs }));
    const reports = await settle(Promise.all(workers));

    expect([runs, most, now]).toEqual([20, 2, 0]);
    expect(reports.reduce((sum, { done }) => sum + done, 0)).toBe(20);
    expect(counts.writes).toBeLessThan(20 * 3 + 20);
  });

  test('of limited concurrency get the place of a dead worker back', async () => {
    const { clock, queue, worker, shift } = createJobFixture();
    let runs = 0;
    const job = defineJob({
      ...greet,
      concurrency: 1,
      run: async () => {
        runs += 1;
        if (runs === 1) await new Promise(() => {});
      },
    });
    for (let n = 0; n < 3; n += 1) await queue.enqueue(greet, { n });
    const killed = createKillable(clock);
    void worker([job], { clock: killed.clock }).work({ untilMs: clock.now() + 900 * SECOND });
    await clock.advance(SECOND);
    killed.kill();

    expect(await shift([job])).toMatchObject({ done: 0, isDrained: true });
    await clock.advance(62 * SECOND);
    expect(await shift([job])).toMatchObject({ done: 3, isDrained: true });
  });
});

describe('the store', () => {
  test('being down fails the shift, after the jobs under way have ended', async () => {
    const { clock, queue, worker, settle, fails, lines } = createJobFixture();
    let isEnded = false;
    const job = defineJob({
      ...greet,
      run: async () => {
        fails.queries = new AppError('upstream', 'down');
        await sleep(clock, 5 * SECOND);
        isEnded = true;
      },
    });
    await queue.enqueue(greet, { n: 0 });

    const work = worker([job]).work({ untilMs: clock.now() + 300 * SECOND });

    await expect(settle(work)).rejects.toThrow('down');
    expect(isEnded).toBe(true);
    expect(lines.some((line) => line.includes('"done":1'))).toBe(true);
  });

  test('losing the end of a job makes another worker repeat it', async () => {
    const { clock, queue, shift, fails } = createJobFixture();
    let runs = 0;
    const job = defineJob({
      ...greet,
      run: async () => {
        runs += 1;
        if (runs === 1)
          fails.writes = new AppError('upstream', 'down', { details: { outcome: 'unknown' } });
      },
    });
    await queue.enqueue(greet, { n: 0 });

    expect(await shift([job])).toMatchObject({ late: 1, done: 0 });
    delete fails.writes;
    await clock.advance(62 * SECOND);
    expect(await shift([job])).toMatchObject({ done: 1 });

    expect(runs).toBe(2);
  });
});

/** A clock whose timers never fire again once it is killed. */
function createKillable(clock: ReturnType<typeof createJobFixture>['clock']) {
  let isDead = false;
  return {
    kill: () => {
      isDead = true;
    },
    clock: {
      now: clock.now,
      after: (ms: number, task: () => void) =>
        clock.after(ms, () => {
          if (!isDead) task();
        }),
    },
  };
}
