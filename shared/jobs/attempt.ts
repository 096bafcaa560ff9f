import { randomUUID } from 'node:crypto';
import { backoffMs } from '../kernel/backoff.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { reasonOf } from '../store/failure.ts';
import type { Again } from './define-job.ts';
import { type Candidate, isTakeover } from './due-jobs.ts';
import { type FailureRecord, type RetryDecision, recordOf } from './failure.ts';
import { type JobDocument, jobCollection } from './job-document.ts';
import { JobLease, type JobStore } from './lease.ts';
import { buried, failed, finished, type JobPatch, leased, taken, yielded } from './moves.ts';

/** How an attempt ended whose result counts. */
type Settled =
  | { readonly kind: 'done' | 'dead' }
  /** It comes again: after `again()`, or after a failure. */
  | { readonly kind: 'again' | 'failed'; readonly dueAt: number };

/** What became of a candidate. */
export type AttemptOutcome =
  | Settled
  /** Another worker was quicker. */
  | { readonly kind: 'missed' }
  /** All slots of its kind are taken. */
  | { readonly kind: 'full' }
  /** The lease was over before the attempt was: its result does not count. */
  | { readonly kind: 'late' };

export interface AttemptOptions {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly judge: (error: unknown) => RetryDecision;
}

/**
 * Takes one job and runs it to the end of this attempt: two writes, and one for each checkpoint and
 * each heartbeat.
 *
 * @throws AppError what the store fails with when the job is taken
 */
export async function attempt(
  { store, clock, random, log: parentLog, judge }: AttemptOptions,
  { stored, job, slot }: Candidate,
  hurry: AbortSignal,
  /** Called before the job runs; it may abort. */
  onStart: (lease: JobLease) => void,
): Promise<AttemptOutcome> {
  const { doc, rev } = stored;
  const { _id: id, kind } = doc;
  const about = { job: id, kind };
  const since = clock.now();

  if (isTakeover(stored) && doc.attempts >= job.maxDeaths) {
    const isBuried = await store.patchIf(jobCollection, id, buried(doc, died(since), since), rev);
    if (isBuried) {
      parentLog.error('job dead', { reason: 'worker died', details: about });
      await reportDeath(new AppError('timeout', died(since).message), hurry, parentLog);
    }
    return { kind: isBuried ? 'dead' : 'missed' };
  }

  const patch: JobPatch = {
    ...taken(doc, { holder: randomUUID(), slot }),
    ...leased(since, job.leaseMs),
    ...(isTakeover(stored) ? { error: died(since) } : {}),
  };
  try {
    if (!(await store.patchIf(jobCollection, id, patch, rev))) return { kind: 'missed' };
  } catch (error) {
    // Of the fields that are written here only the slot is unique.
    if (reasonOf(error) === 'duplicate') return { kind: 'full' };
    throw error;
  }

  const current = { ...doc, ...patch } as JobDocument;
  const log = parentLog.child({ details: { ...about, attempt: current.attempts } });
  const taking = { doc: current, rev: rev + 1 };
  const lease = new JobLease({ store, clock, log, leaseMs: job.leaseMs, job: taking, since });
  onStart(lease);
  try {
    lease.assertHeld();
  } catch {
    lease.leave();
    log.warn('job late', { reason: 'taken too slowly' });
    return { kind: 'late' };
  }

  /** Whoever waits for the job is told that it is given up. */
  async function reportDeath(error: unknown, signal: AbortSignal, log: Log): Promise<void> {
    try {
      await job.onDead(error, doc.payload, { signal, log });
    } catch (second) {
      log.error('onDead failed', { error: second });
    }
  }

  async function run(): Promise<Again<unknown> | undefined> {
    const { attempts: attempt, checkpoint, payload } = current;
    const { signal } = lease;
    const assertHeld = () => lease.assertHeld();
    const save: JobLease['save'] = (...args) => lease.save(...args);
    return job.run({ id, attempt, checkpoint, hurry, signal, log, assertHeld, save }, payload);
  }

  async function conclude(result: Again<unknown> | undefined): Promise<Settled | undefined> {
    const now = clock.now();
    if (!result) {
      return (await lease.settle(finished(current, now))) ? { kind: 'done' } : undefined;
    }
    const { afterMs, checkpoint } = result.again;
    const dueAt = now + Math.max(0, afterMs);
    const isSettled = await lease.settle(yielded(current, { dueAt, checkpoint }));
    return isSettled ? { kind: 'again', dueAt } : undefined;
  }

  async function concludeFailure(error: unknown): Promise<Settled | undefined> {
    const now = clock.now();
    const record: FailureRecord = recordOf(error, now);
    const { isFinal, waitMs = 0 } = judge(error);
    const { attempts } = lease;
    if (isFinal || attempts >= job.maxAttempts) {
      await reportDeath(error, lease.signal, log);
      if (!(await lease.settle(buried(current, record, now)))) return undefined;
      log.error('job dead', { error, ms: now - since });
      return { kind: 'dead' };
    }
    const dueAt = now + Math.max(waitMs, backoffMs(job.backoff, attempts, random()));
    if (!(await lease.settle(failed(current, record, dueAt)))) return undefined;
    log.warn('job failed', { error, ms: now - since });
    return { kind: 'failed', dueAt };
  }

  let outcome: Settled | undefined;
  try {
    const ended = await run().then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
    outcome = 'error' in ended ? await concludeFailure(ended.error) : await conclude(ended.result);
  } catch (error) {
    log.error('job not settled', { error });
  }
  if (!outcome) log.warn('job late', { reason: 'lease over' });
  else log.info('job attempted', { reason: outcome.kind, ms: clock.now() - since });
  return outcome ?? { kind: 'late' };
}

function died(now: number): FailureRecord {
  const message =
    'The worker that ran it ended without a word: by a crash, or by the time limit of the function.';
  return { code: 'timeout', message, at: new Date(now) };
}
