import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Store, Stored, Transaction } from '../store/store.ts';
import { type JobDocument, jobCollection } from './job-document.ts';
import { held, type JobPatch, progressed } from './moves.ts';
import { HEARTBEAT } from './timing.ts';

export type JobStore = Pick<Store, 'get' | 'query' | 'patchIf' | 'transaction'>;

/** A job in our hands: all that is written to it goes through here, in turn, under one lease. */
export interface Holding {
  /** Aborted once nothing more may be done. */
  readonly signal: AbortSignal;
  /** Since it last got somewhere, this one counted in. */
  readonly attempts: number;
  readonly assertHeld: () => void;
  readonly save: (
    checkpoint: unknown,
    alongside?: (tx: Transaction) => Promise<void>,
  ) => Promise<void>;
  /** Ends the lease with the last move. `false`: another has the job; nothing was written. */
  settle(patch: JobPatch): Promise<boolean>;
  abort(reason: AppError): void;
  /** Lets go: nothing is written any more, and the lease runs out. */
  leave(): void;
}

export interface HoldingOptions {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly leaseMs: number;
  /** The job as we have taken it, in the revision after that. */
  readonly job: Stored<JobDocument>;
  /** When the claim was sent: the lease counts from there. */
  readonly since: number;
}

/**
 * Keeps the lease of a job that has just been taken. A write lands only on the revision that our
 * own last write made; so once another has taken the job, nothing of ours can reach it.
 */
export function createHolding(options: HoldingOptions): Holding {
  const { store, clock, log, leaseMs, job } = options;
  const { _id: id, holder } = job.doc;
  let { attempts, checkpoint: known } = job.doc;
  const controller = new AbortController();
  let { rev } = job;
  let until = options.since + leaseMs;
  let isOpen = true;
  let turn: Promise<unknown> = Promise.resolve();
  let cancelBeat = () => {};
  let cancelEnd = () => {};

  function inTurn<R>(task: () => Promise<R>): Promise<R> {
    const result = turn.then(task);
    // The caller has the failure; the next in turn only needs to know when it is over.
    turn = result.catch(() => undefined);
    return result;
  }

  function abort(reason: AppError): void {
    cancelBeat();
    cancelEnd();
    if (!controller.signal.aborted) controller.abort(reason);
  }

  /** Whether the job is still ours; then with the revision that it has now. */
  async function isStillOurs(): Promise<boolean> {
    const now = await store.get(jobCollection, id);
    if (now?.doc.holder !== holder || now?.doc.state !== 'running') return false;
    rev = now.rev;
    return true;
  }

  /** A write of unknown outcome may have moved the revision: then it is looked up, once. */
  async function write(patch: JobPatch): Promise<boolean> {
    if (await store.patchIf(jobCollection, id, patch, rev)) {
      rev += 1;
      return true;
    }
    if (!(await isStillOurs())) return false;
    if (!(await store.patchIf(jobCollection, id, patch, rev))) return false;
    rev += 1;
    return true;
  }

  /** What keeps the job also extends its lease. */
  async function keep(land: (now: number) => Promise<boolean>): Promise<void> {
    const now = clock.now();
    assertHeld();
    if (!(await land(now))) abort(notOurs());
    else until = Math.max(until, now + leaseMs);
    watch();
    controller.signal.throwIfAborted();
  }

  async function saveWith(
    patch: JobPatch,
    alongside: (tx: Transaction) => Promise<void>,
  ): Promise<boolean> {
    const found = await store.transaction(async (tx) => {
      const current = await tx.get(jobCollection, id);
      if (current?.doc.holder !== holder || current?.doc.state !== 'running') return undefined;
      await alongside(tx);
      await tx.replace(jobCollection, { ...current.doc, ...patch } as JobDocument);
      return current.rev;
    });
    if (found === undefined) return false;
    rev = found + 1;
    return true;
  }

  /** What is no news is no progress: a job that dies after saving it again would never be given up. */
  async function save(
    checkpoint: unknown,
    alongside?: (tx: Transaction) => Promise<void>,
  ): Promise<void> {
    const isNews = !isDeepStrictEqual(checkpoint, known);
    await keep((now) => {
      const patch = { ...held(now, leaseMs), ...(isNews ? progressed(checkpoint) : {}) };
      return alongside ? saveWith(patch, alongside) : write(patch);
    });
    if (isNews) attempts = 1;
    known = checkpoint;
  }

  async function beat(): Promise<void> {
    try {
      await inTurn(async () => {
        if (isOpen) await keep((now) => write(held(now, leaseMs)));
      });
    } catch (error) {
      if (!isOpen) return;
      log.warn('lease not extended', { error });
      watch();
    }
  }

  function watch(): void {
    cancelBeat();
    cancelEnd();
    if (!isOpen || controller.signal.aborted) return;
    cancelBeat = clock.after(leaseMs * HEARTBEAT, () => void beat());
    cancelEnd = clock.after(Math.max(0, until - clock.now()), () => abort(notOurs()));
  }

  function assertHeld(): void {
    if (clock.now() >= until) abort(notOurs());
    controller.signal.throwIfAborted();
  }

  function leave(): void {
    isOpen = false;
    abort(notOurs());
  }

  watch();
  return {
    signal: controller.signal,
    assertHeld,
    abort,
    leave,
    get attempts() {
      return attempts;
    },
    save: (checkpoint, alongside) => inTurn(() => save(checkpoint, alongside)),
    settle: (patch) =>
      inTurn(async () => {
        if (!isOpen) return false;
        leave();
        return write(patch);
      }),
  };
}

function notOurs(): AppError {
  return new AppError(
    'conflict',
    'This job is no longer ours: its lease is over, and another worker may have taken it. Nothing that it does now counts.',
    { details: { reason: 'lease' } },
  );
}
