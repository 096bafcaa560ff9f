import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { withinTime } from '../kernel/time-limit.ts';
import type { Store, Transaction } from '../store/store.ts';
import { checkedJson } from './checked.ts';
import type { JobKind } from './define-job.ts';
import { type JobDocument, jobCollection } from './job-document.ts';
import { WAKE_LIMIT_MS } from './timing.ts';

export interface EnqueueOptions {
  /**
   * Two jobs of one kind with the same key are one job, for as long as the first is kept. The key may
   * name a follower: only its hash is stored.
   */
  readonly key?: string;
  /** The trace of the follower whom the job is about, so that it goes when the follower goes. */
  readonly follower?: string;
  /** The job does not run before this, in ms since the epoch; default now. */
  readonly runAt?: number;
}

export interface Enqueued {
  readonly id: string;
  /** `false`: there is a job with this key already. */
  readonly isNew: boolean;
}

/** Starts a worker in an instance of its own, without waiting for its work. */
export type WakeWorker = () => Promise<void>;

export interface Queue {
  /**
   * Stores a job, and wakes a worker if the job is new and due. One write.
   *
   * @throws AppError `invalid` for a payload that does not fit its schema; or what the store fails
   * with: a caller that gave a key may then safely enqueue the job again
   */
  enqueue<P>(kind: JobKind<P>, payload: P, options?: EnqueueOptions): Promise<Enqueued>;
  /**
   * The same as part of a transaction, so that a job and the documents that it is about are written
   * together. One write, and with a key one read. Call `wakeWorker` after the commit.
   */
  enqueueIn<P>(
    tx: Transaction,
    kind: JobKind<P>,
    payload: P,
    options?: EnqueueOptions,
  ): Promise<Enqueued>;
  /** Whether the job with this key waits or runs: not one that has ended, dead ones among them. */
  isPending<P>(reader: Pick<Transaction, 'get'>, kind: JobKind<P>, key: string): Promise<boolean>;
  /** Wakes a worker, if that can be done within a second; it never fails. */
  wakeWorker(): Promise<void>;
}

export interface QueueOptions {
  readonly store: Pick<Store, 'create'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wakeWorker: WakeWorker;
}

/** Takes jobs for the workers. A caller that enqueues one need not know the code that runs it. */
export function createQueue({ store, clock, log, wakeWorker }: QueueOptions): Queue {
  /** If this fails, the worker's timer starts a worker within a minute. */
  async function wake(): Promise<void> {
    try {
      await withinTime(clock, WAKE_LIMIT_MS, wakeWorker);
    } catch (error) {
      log.warn('worker not woken', { error });
    }
  }

  function newJob<P>(kind: JobKind<P>, payload: P, options: EnqueueOptions): JobDocument {
    const now = clock.now();
    const { runAt = now } = options;
    if (!Number.isFinite(runAt))
      throw new AppError('invalid', 'The runAt of a job must be a time in ms since the epoch.');
    const _id = jobId(kind.kind, options.key);
    return {
      _id,
      kind: kind.kind,
      state: 'ready',
      createdAt: new Date(now),
      attempts: 0,
      dueAt: new Date(runAt),
      slot: _id,
      ...(options.follower === undefined ? {} : { follower: options.follower }),
      payload: checkedJson(kind.payload, payload, `The payload of a ${kind.kind} job`),
    };
  }

  return {
    wakeWorker: wake,

    async enqueue(kind, payload, options = {}) {
      const job = newJob(kind, payload, options);
      const isNew = await store.create(jobCollection, job);
      const isDue = (options.runAt ?? 0) <= clock.now();
      if (isNew && isDue) await wake();
      return { id: job._id, isNew };
    },

    async enqueueIn(tx, kind, payload, options = {}) {
      const job = newJob(kind, payload, options);
      const known = options.key !== undefined && (await tx.get(jobCollection, job._id));
      if (!known) await tx.create(jobCollection, job);
      return { id: job._id, isNew: !known };
    },

    async isPending(reader, { kind }, key) {
      const job = await reader.get(jobCollection, jobId(kind, key));
      return job?.doc.state === 'ready' || job?.doc.state === 'running';
    },
  };
}

/** Hashed, since ids are logged and a key may hold an openid. */
function jobId(kind: string, key: string | undefined): string {
  if (key === undefined) return `${kind}.${randomUUID()}`;
  return `${kind}.${createHash('sha256').update(key).digest('base64url').slice(0, 27)}`;
}
