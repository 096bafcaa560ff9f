import type * as v from 'valibot';
import type { Log } from '../kernel/log.ts';
import type { Transaction } from '../store/store.ts';
import type { Backoff } from './backoff.ts';
import { checked, invalidKind } from './checked.ts';
import {
  DEFAULT_BACKOFF,
  DEFAULT_LEASE_MS,
  DEFAULT_MAX_ATTEMPTS,
  SHORTEST_LEASE_MS,
} from './timing.ts';

/** Of thirteen jobs taken while all three are waiting, how many are of each: none waits for ever. */
export const shares = { high: 9, normal: 3, low: 1 } as const;
export type Priority = keyof typeof shares;

/** What one must know of a kind to enqueue a job of it. The schema only checks, it changes nothing. */
export interface JobKind<P> {
  /** Lower case, digits and dashes. */
  readonly kind: string;
  readonly payload: v.GenericSchema<P>;
}

/** The end of an attempt that got somewhere, with more to do. Made by {@link again}. */
export interface Again<C = never> {
  readonly again: { readonly afterMs: number; readonly checkpoint?: C };
}

/** Ends the attempt; the job goes on later, from the checkpoint. Its failures count anew. */
export function again<C = never>(
  options: { readonly afterMs?: number; readonly checkpoint?: C } = {},
): Again<C> {
  return { again: { afterMs: 0, ...options } };
}

/** What a running job has in hand. */
export interface JobContext<C = never> {
  /** Safe to log. */
  readonly id: string;
  /** From 1; counted anew when the job got further. */
  readonly attempt: number;
  /** What was saved last, by this attempt or an earlier one. */
  readonly checkpoint: C | undefined;
  /** Aborted when the worker's time is nearly over: save, and return {@link again}. */
  readonly hurry: AbortSignal;
  /** Aborted when nothing more may be done: another worker may have the job, or the time is over. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /**
   * To be called right before what must not happen twice: an instance that was frozen may not know
   * yet that its job is no longer its own.
   *
   * @throws AppError `conflict`
   */
  assertHeld(): void;
  /**
   * From here the job goes on after a crash; if it is further on than before, its attempts count
   * anew. What `alongside` writes is written with it, or not at all; it may run more than once.
   *
   * @throws AppError `conflict` if the job is no longer ours: nothing was saved
   */
  save(checkpoint: C, alongside?: (tx: Transaction) => Promise<void>): Promise<void>;
}

export interface JobOptions<P, C> extends JobKind<P> {
  /** As with the payload, it only checks. Without it there are no checkpoints. */
  readonly checkpoint?: v.GenericSchema<C>;
  /** How often it may fail, or die, without getting further: default 5. */
  readonly maxAttempts?: number;
  /** Default 2 s doubling to 10 min. */
  readonly backoff?: Backoff;
  /** How long a job stays with an instance that died; at least 10 s, default 60 s. */
  readonly leaseMs?: number;
  /** How many run at the same time, over all instances; default: no limit. */
  readonly concurrency?: number;
  /** Default `normal`. */
  readonly priority?: Priority;
  /**
   * Runs a job, or as much of it as there is time for. It may run again after a crash, so what it
   * does must bear that, or stand behind a checkpoint. To reject is to fail the attempt.
   */
  readonly run: (ctx: JobContext<C>, payload: P) => Promise<Again<C> | undefined>;
}

/** A kind of job that a worker can run. Made by {@link defineJob}. */
export interface Job {
  readonly kind: string;
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  readonly leaseMs: number;
  readonly concurrency: number | undefined;
  readonly priority: Priority;
  /** @throws AppError `invalid` if what was stored does not fit the schemas of today */
  readonly run: (ctx: JobContext<unknown>, payload: unknown) => Promise<Again<unknown> | undefined>;
}

/** @throws AppError `invalid` for numbers that make no sense */
export function defineJob<P, C = never>(options: JobOptions<P, C>): Job {
  const { kind, payload: payloadSchema, checkpoint: checkpointSchema } = options;
  const { maxAttempts = DEFAULT_MAX_ATTEMPTS, leaseMs = DEFAULT_LEASE_MS, concurrency } = options;
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(kind)) throw invalidKind(kind, 'has no proper name');
  if (!isAtLeast(1, maxAttempts)) throw invalidKind(kind, 'needs a maxAttempts of 1 or more');
  if (!isAtLeast(SHORTEST_LEASE_MS, leaseMs))
    throw invalidKind(kind, 'needs a leaseMs of 10 s or more');
  if (concurrency !== undefined && !isAtLeast(1, concurrency)) {
    throw invalidKind(kind, 'needs a concurrency of 1 or more');
  }

  function checkpointOf(value: unknown): C {
    if (!checkpointSchema) throw invalidKind(kind, 'has no schema for checkpoints');
    return checked(checkpointSchema, value, `The checkpoint of a ${kind} job`);
  }

  return {
    kind,
    maxAttempts,
    leaseMs,
    concurrency,
    backoff: options.backoff ?? DEFAULT_BACKOFF,
    priority: options.priority ?? 'normal',
    async run(ctx, payload) {
      const given = checked(payloadSchema, payload, `The payload of a ${kind} job`);
      const checkpoint = ctx.checkpoint === undefined ? undefined : checkpointOf(ctx.checkpoint);
      const save: JobContext<C>['save'] = (value, alongside) =>
        ctx.save(checkpointOf(value), alongside);
      const result = await options.run({ ...ctx, checkpoint, save }, given);
      if (result?.again.checkpoint !== undefined) checkpointOf(result.again.checkpoint);
      return result;
    },
  };
}

function isAtLeast(least: number, value: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
