import type * as v from 'valibot';
import type { Backoff } from '../kernel/backoff.ts';
import type { Log } from '../kernel/log.ts';
import type { Transaction } from '../store/store.ts';
import { checkedJson, invalidKind } from './checked.ts';
import {
  DEFAULT_BACKOFF,
  DEFAULT_LEASE_MS,
  DEFAULT_MAX_ATTEMPTS,
  SHORTEST_LEASE_MS,
} from './timing.ts';

/**
 * How many of thirteen jobs a worker takes of each priority, while jobs of all three wait: none waits
 * for ever.
 */
export const shares = { high: 9, normal: 3, low: 1 } as const;
export type Priority = keyof typeof shares;

/** What a caller must know to enqueue a job of a kind. The schema only checks, it changes nothing. */
export interface JobKind<P, Name extends string = string> {
  /** Lower-case letters, digits and dashes. */
  readonly kind: Name;
  readonly payload: v.GenericSchema<P>;
}

/** The end of an attempt that got further and has more to do. Made by {@link again}. */
export interface Again<C = never> {
  readonly again: { readonly afterMs: number; readonly checkpoint?: C };
}

/** Ends the attempt; the job goes on later, from the checkpoint. Its attempts count anew. */
export function again<C = never>(
  options: { readonly afterMs?: number; readonly checkpoint?: C } = {},
): Again<C> {
  return { again: { afterMs: 0, ...options } };
}

/** What a running job works with. */
export interface JobContext<C = never> {
  /** Safe to log. */
  readonly id: string;
  /** Counts from 1, and anew when the job got further. */
  readonly attempt: number;
  /** The checkpoint that this attempt or an earlier one saved last. */
  readonly checkpoint: C | undefined;
  /** Aborted when the worker's time is nearly over: save, and return {@link again}. */
  readonly hurry: AbortSignal;
  /** Aborted when the attempt may do nothing more: its lease or the worker's time is over. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /**
   * Call it right before an effect that must not happen twice: an instance that was frozen may not
   * know yet that its lease is over.
   *
   * @throws AppError `conflict`
   */
  assertHeld(): void;
  /**
   * Saves the checkpoint from which the job goes on after a crash. If it differs from the one before,
   * the job's attempts count anew. What `alongside` writes is written with it, or not at all;
   * `alongside` may run more than once.
   *
   * @throws AppError `conflict` if the lease is over: nothing was saved
   */
  save(checkpoint: C, alongside?: (tx: Transaction) => Promise<void>): Promise<void>;
}

export interface JobOptions<P, C, Name extends string = string> extends JobKind<P, Name> {
  /** Only checks, like the schema of the payload. A job without it has no checkpoints. */
  readonly checkpoint?: v.GenericSchema<C>;
  /** How many attempts may fail, or die, without getting further; default 5. */
  readonly maxAttempts?: number;
  /**
   * How many of them may die, if more than may fail: a worker that dies has other jobs in hand too, most of
   * which have not killed it.
   */
  readonly maxDeaths?: number;
  /** The pause after a failed attempt; by default 2 s, doubling up to 10 min. */
  readonly backoff?: Backoff;
  /** How long a job stays with an instance that died: at least 10 s, by default 60 s. */
  readonly leaseMs?: number;
  /** How many jobs of the kind run at the same time, over all instances; by default any number. */
  readonly concurrency?: number;
  /**
   * How much of a worker's time an attempt may need that can neither save nor yield meanwhile. A worker
   * with less time left leaves the job to the next one, but never in the first minute of its shift: until
   * then there may be no other. By default none.
   */
  readonly needsMs?: number;
  /** Default `normal`. */
  readonly priority?: Priority;
  /**
   * Runs a job, or as much of it as there is time for. A crash makes it run again from the last
   * checkpoint, so what it does since then must bear being done twice. If it rejects, the attempt has
   * failed.
   */
  readonly run: (ctx: JobContext<C>, payload: P) => Promise<Again<C> | undefined>;
  /**
   * Called when the job is given up: after a last failure, while the attempt still holds the job, or when
   * its worker has died once too often, once it is buried. What it fails with is only logged.
   */
  readonly onDead?: (
    error: unknown,
    payload: P,
    ctx: Pick<JobContext, 'signal' | 'log'>,
  ) => Promise<void>;
}

/** A kind of job that a worker can run. Made by {@link defineJob}. */
export interface Job<Name extends string = string> {
  readonly kind: Name;
  readonly maxAttempts: number;
  readonly maxDeaths: number;
  readonly backoff: Backoff;
  readonly leaseMs: number;
  readonly concurrency: number | undefined;
  readonly needsMs: number;
  readonly priority: Priority;
  /** @throws AppError `invalid` if the stored job does not fit the schemas of this release */
  readonly run: (ctx: JobContext<unknown>, payload: unknown) => Promise<Again<unknown> | undefined>;
  readonly onDead: (
    error: unknown,
    payload: unknown,
    ctx: Pick<JobContext, 'signal' | 'log'>,
  ) => Promise<void>;
}

/** @throws AppError `invalid` for numbers that make no sense */
export function defineJob<P, C = never, Name extends string = string>(
  options: JobOptions<P, C, Name>,
): Job<Name> {
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
    return checkedJson(checkpointSchema, value, `The checkpoint of a ${kind} job`);
  }

  const givenOf = (payload: unknown): P =>
    checkedJson(payloadSchema, payload, `The payload of a ${kind} job`);

  return {
    kind,
    maxAttempts,
    maxDeaths: Math.max(maxAttempts, options.maxDeaths ?? 0),
    leaseMs,
    concurrency,
    backoff: options.backoff ?? DEFAULT_BACKOFF,
    needsMs: options.needsMs ?? 0,
    priority: options.priority ?? 'normal',
    async run(ctx, payload) {
      const given = givenOf(payload);
      const checkpoint = ctx.checkpoint === undefined ? undefined : checkpointOf(ctx.checkpoint);
      const save: JobContext<C>['save'] = (value, alongside) =>
        ctx.save(checkpointOf(value), alongside);
      const result = await options.run({ ...ctx, checkpoint, save }, given);
      if (result?.again.checkpoint !== undefined) checkpointOf(result.again.checkpoint);
      return result;
    },
    async onDead(error, payload, ctx) {
      await options.onDead?.(error, givenOf(payload), ctx);
    },
  };
}

function isAtLeast(least: number, value: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
