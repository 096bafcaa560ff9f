import * as v from 'valibot';
import { type JobDocument, jobCollection } from '../../../shared/jobs/job-document.ts';
import { createJobOperator } from '../../../shared/jobs/operator.ts';
import { createQueue } from '../../../shared/jobs/queue.ts';
import { createWorker, type WorkerOptions } from '../../../shared/jobs/worker.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { createMemoryStore } from '../../../shared/store/memory.ts';
import type { Store } from '../../../shared/store/store.ts';
import { createFakeClock } from '../fake-clock.ts';

export const silentLog = createLog({ write: () => {}, now: () => 0 });

/** A kind with the simplest payload, for tests that only enqueue. */
export function kindOf(kind: string) {
  return { kind, payload: v.strictObject({ n: v.number() }) };
}

export type Counts = Record<'reads' | 'queries' | 'writes' | 'transactions', number>;

/** A store that counts its operations, and fails while a test wants it to. */
export function watched(inner: Store) {
  const counts: Counts = { reads: 0, queries: 0, writes: 0, transactions: 0 };
  const fails: Partial<Record<keyof Counts, Error>> = {};
  /** Such an operation is carried out when this is over. */
  const delays: Partial<Record<keyof Counts, Promise<void>>> = {};
  /** Such an operation is carried out, and is heard of when this is over. */
  const holds: Partial<Record<keyof Counts, Promise<void>>> = {};
  async function counted<R>(kind: keyof Counts, operation: () => Promise<R>): Promise<R> {
    counts[kind] += 1;
    const failure = fails[kind];
    if (failure) throw failure;
    await delays[kind];
    const result = await operation();
    await holds[kind];
    return result;
  }
  const store: Store = {
    get: (...args) => counted('reads', () => inner.get(...args)),
    create: (...args) => counted('writes', () => inner.create(...args)),
    insert: (...args) => counted('writes', () => inner.insert(...args)),
    replaceIf: (...args) => counted('writes', () => inner.replaceIf(...args)),
    patchIf: (...args) => counted('writes', () => inner.patchIf(...args)),
    increment: (...args) => counted('writes', () => inner.increment(...args)),
    remove: (...args) => counted('writes', () => inner.remove(...args)),
    query: (...args) => counted('queries', () => inner.query(...args)),
    count: (...args) => counted('queries', () => inner.count(...args)),
    removeExpired: (...args) => counted('writes', () => inner.removeExpired(...args)),
    transaction: (work) => counted('transactions', () => inner.transaction(work)),
  };
  return { store, counts, fails, delays, holds };
}

/** Jobs on a memory store and a fake clock. */
export function createJobFixture() {
  const clock = createFakeClock();
  const { store, counts, fails } = watched(createMemoryStore({ now: clock.now }));
  const wakes: number[] = [];
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now, level: 'debug' });
  const wakeWorker = async () => {
    wakes.push(clock.now());
  };
  const queue = createQueue({ store, clock, log, wakeWorker });
  const operator = createJobOperator({ store, clock, queue });
  const worker = (jobs: WorkerOptions['jobs'], options: Partial<WorkerOptions> = {}) =>
    createWorker({ store, jobs, clock, random: () => 0, log, ...options });
  const document = async (id: string): Promise<JobDocument | undefined> =>
    (await store.get(jobCollection, id))?.doc;

  /** One shift of a worker, by default of five minutes. */
  const shift = (
    jobs: WorkerOptions['jobs'],
    { budgetMs = 300_000, ...options }: Partial<WorkerOptions> & { budgetMs?: number } = {},
  ) => clock.settle(worker(jobs, options).work({ untilMs: clock.now() + budgetMs }));

  return {
    clock,
    store,
    counts,
    fails,
    wakes,
    lines,
    log,
    queue,
    operator,
    worker,
    document,
    settle: clock.settle,
    shift,
  };
}
