import type { StateTable } from '../kernel/state-table.ts';
import type { Patch } from '../store/store.ts';
import type { FailureRecord } from './failure.ts';
import type { JobDocument, JobState } from './job-document.ts';
import { KEPT_MS, SKEW_MS } from './timing.ts';

/** Every way in which a job may move on. */
export const moves = {
  /** A running job only after its lease: the worker that held it has died, or is too late. */
  take: { from: ['ready', 'running'], to: 'running' },
  keep: { from: ['running'], to: 'running' },
  finish: { from: ['running'], to: 'done' },
  again: { from: ['running'], to: 'ready' },
  fail: { from: ['running'], to: 'ready' },
  bury: { from: ['running'], to: 'dead' },
  retry: { from: ['dead'], to: 'ready' },
  drop: { from: ['ready', 'dead'], to: 'dropped' },
} as const satisfies StateTable<JobState>;

export type JobPatch = Patch<JobDocument>;

/** The stored lease is longer than the holder's own, by as much as two clocks may differ. */
export function leased(now: number, leaseMs: number): JobPatch {
  return { dueAt: new Date(now + leaseMs + SKEW_MS) };
}

/** The job got further, so its attempts count anew, from the one that runs. */
export function progressed(job: JobDocument, checkpoint: unknown): JobPatch {
  return { attempts: 1, ...workOf(job, checkpoint) };
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
    ...withoutWork(job),
    error: undefined,
  };
}

/** The job got further, so its attempts count anew. */
export function yielded(
  job: JobDocument,
  by: { readonly dueAt: number; readonly checkpoint: unknown },
): JobPatch {
  const { dueAt, checkpoint } = by;
  return {
    ...waiting(job, 'again', dueAt),
    attempts: 0,
    error: undefined,
    ...(checkpoint === undefined ? {} : workOf(job, checkpoint)),
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
  return { ...ended(job, 'drop', now), ...withoutWork(job) };
}

/** What is bound to the AppSecret is written together. */
function workOf({ kind, payload }: JobDocument, checkpoint: unknown): JobPatch {
  return { kind, payload, checkpoint };
}

function withoutWork({ kind }: JobDocument): JobPatch {
  return { kind, payload: undefined, checkpoint: undefined };
}

function waiting(job: JobDocument, move: 'again' | 'fail' | 'retry', dueAt: number): JobPatch {
  return { state: moves[move].to, slot: job._id, dueAt: new Date(dueAt) };
}

function ended(job: JobDocument, move: 'finish' | 'bury' | 'drop', now: number): JobPatch {
  const state = moves[move].to;
  return { state, slot: job._id, dueAt: undefined, removeAt: new Date(now + KEPT_MS[state]) };
}
