import type { Patch } from '../store/store.ts';
import type { FailureRecord } from './failure.ts';
import type { JobDocument, JobState } from './job-document.ts';
import { KEPT_MS, SKEW_MS } from './timing.ts';

/** Every way in which a job may move on; there is no other. */
export const moves = {
  /** A running one only after its lease: whoever held it has died, or is too late. */
  take: { from: ['ready', 'running'], to: 'running' },
  keep: { from: ['running'], to: 'running' },
  finish: { from: ['running'], to: 'done' },
  again: { from: ['running'], to: 'ready' },
  fail: { from: ['running'], to: 'ready' },
  bury: { from: ['running'], to: 'dead' },
  retry: { from: ['dead'], to: 'ready' },
  drop: { from: ['ready', 'dead'], to: 'dropped' },
} as const satisfies Record<string, { from: readonly JobState[]; to: JobState }>;

export type Move = keyof typeof moves;

export function isLegal(move: Move, state: JobState): boolean {
  return (moves[move].from as readonly JobState[]).includes(state);
}

export type JobPatch = Patch<JobDocument>;

/** Running since `now`, or running on: the lease is written with what clocks may differ. */
export function held(now: number, leaseMs: number): JobPatch {
  return { dueAt: new Date(now + leaseMs + SKEW_MS) };
}

/** It got somewhere, so its attempts count anew, from the one that runs. */
export function progressed(checkpoint: unknown): JobPatch {
  return { attempts: 1, checkpoint };
}

export function taken(
  job: JobDocument,
  by: { readonly holder: string; readonly slot: string | undefined },
): JobPatch {
  const { holder, slot = job.slot } = by;
  return { state: moves.take.to, holder, slot, attempts: job.attempts + 1 };
}

export function finished(job: JobDocument, now: number): JobPatch {
  return {
    ...ended(job, 'finish', now),
    payload: undefined,
    checkpoint: undefined,
    error: undefined,
  };
}

/** It got somewhere, so its attempts count anew. */
export function yielded(
  job: JobDocument,
  by: { readonly dueAt: number; readonly checkpoint: unknown },
): JobPatch {
  const { dueAt, checkpoint } = by;
  return {
    ...waiting(job, 'again', dueAt),
    attempts: 0,
    error: undefined,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

export function failed(job: JobDocument, error: FailureRecord, dueAt: number): JobPatch {
  return { ...waiting(job, 'fail', dueAt), error };
}

export function buried(job: JobDocument, error: FailureRecord, now: number): JobPatch {
  return { ...ended(job, 'bury', now), error };
}

export function revived(job: JobDocument, now: number): JobPatch {
  return { ...waiting(job, 'retry', now), attempts: 0, removeAt: undefined };
}

export function dropped(job: JobDocument, now: number): JobPatch {
  return { ...ended(job, 'drop', now), payload: undefined, checkpoint: undefined };
}

function waiting(job: JobDocument, move: 'again' | 'fail' | 'retry', dueAt: number): JobPatch {
  return { state: moves[move].to, slot: job._id, dueAt: new Date(dueAt) };
}

function ended(job: JobDocument, move: 'finish' | 'bury' | 'drop', now: number): JobPatch {
  const state = moves[move].to;
  return { state, slot: job._id, dueAt: undefined, removeAt: new Date(now + KEPT_MS[state]) };
}
