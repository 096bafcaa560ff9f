import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { invalidKind } from './checked.ts';
import type { Job } from './define-job.ts';
import { judgeByCode, type Verdict } from './failure.ts';
import type { JobStore } from './lease.ts';
import { type Report, workShift } from './shift.ts';
import { DEFAULT_SLOTS } from './timing.ts';

export interface Worker {
  /**
   * Runs due jobs until none is left, or the time is nearly over: `untilMs` is when the function
   * will be stopped, in ms since the epoch. Workers at the same time share the work.
   *
   * @throws AppError what the store failed with when it was asked for jobs, after those under way
   * have ended
   */
  work(options: { readonly untilMs: number }): Promise<Report>;
}

export interface WorkerOptions {
  readonly store: JobStore;
  readonly jobs: readonly Job[];
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** How many jobs this worker has under way at a time; default 10. */
  readonly slots?: number;
  /** What to make of a failure; default: by the code of the error. */
  readonly judge?: (error: unknown) => Verdict;
}

/** @throws AppError `invalid` if two jobs are of one kind */
export function createWorker(options: WorkerOptions): Worker {
  const { store, clock, random, log, slots = DEFAULT_SLOTS, judge = judgeByCode } = options;
  const jobs = new Map<string, Job>();
  for (const job of options.jobs) {
    if (jobs.has(job.kind)) throw invalidKind(job.kind, 'is defined twice');
    jobs.set(job.kind, job);
  }
  const world = { store, clock, random, log, judge };
  return { work: ({ untilMs }) => workShift({ ...world, jobs, slots, untilMs }) };
}
