import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { invalidKind } from './checked.ts';
import type { Job } from './define-job.ts';
import { judgeByCode, type RetryDecision } from './failure.ts';
import type { JobStore } from './lease.ts';
import { type ShiftReport, workShift } from './shift.ts';
import { DEFAULT_SLOTS } from './timing.ts';

export interface Worker {
  /**
   * Runs due jobs until none is left, or the time is nearly over: `untilMs` is when the platform will
   * stop the function, in ms since the epoch. Workers that run at the same time share the work.
   *
   * @throws AppError what the store failed with when the worker asked it for jobs, after the jobs
   * under way have ended
   */
  work(options: { readonly untilMs: number }): Promise<ShiftReport>;
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
  /** Whether a failed job is tried again; by default the code of the error decides. */
  readonly judge?: (error: unknown) => RetryDecision;
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
