import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Store, Stored, Transaction } from '../store/store.ts';
import { type JobDocument, jobCollection } from './job-document.ts';
import { type JobPatch, leased, progressed } from './moves.ts';
import { HEARTBEAT } from './timing.ts';

export type JobStore = Pick<Store, 'get' | 'query' | 'patchIf' | 'transaction'>;

export interface JobLeaseOptions {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly leaseMs: number;
  /** The job as the worker has taken it, in the revision after that. */
  readonly job: Stored<JobDocument>;
  /** When the worker sent the write that took the job: the lease counts from there. */
  readonly since: number;
}

/**
 * The lease under which a worker runs one attempt of a job, and extends by itself. All that the
 * attempt writes to the job goes through here, one write after the other. A write lands only on the
 * revision that the attempt's own last write made: once another worker has taken the job, nothing
 * of this attempt can reach it.
 */
export class JobLease {
  /** Aborted once the attempt may do nothing more. */
  readonly signal: AbortSignal;
  readonly #options: JobLeaseOptions;
  readonly #controller = new AbortController();
  #rev: number;
  #until: number;
  #attempts: number;
  #checkpoint: unknown;
  #isOpen = true;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #cancelTimers = () => {};

  constructor(options: JobLeaseOptions) {
    const { job, since, leaseMs } = options;
    this.#options = options;
    this.signal = this.#controller.signal;
    this.#rev = job.rev;
    this.#until = since + leaseMs;
    this.#attempts = job.doc.attempts;
    this.#checkpoint = job.doc.checkpoint;
    this.#setTimers();
  }

  /** How many attempts the job has had since it last got further, this one included. */
  get attempts(): number {
    return this.#attempts;
  }

  /** @throws AppError `conflict` once the lease is over, or what `abort` was given */
  assertHeld(): void {
    if (this.#options.clock.now() >= this.#until) this.abort(leaseLost());
    this.signal.throwIfAborted();
  }

  /**
   * Saves a checkpoint, and what `alongside` writes with it, and extends the lease. Only a checkpoint
   * that differs from the one before is progress: otherwise a job that dies each time after saving
   * the same again would never be given up.
   *
   * @throws AppError `conflict` if the lease is over: nothing was saved
   */
  save(checkpoint: unknown, alongside?: (tx: Transaction) => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      const isNew = !isDeepStrictEqual(checkpoint, this.#checkpoint);
      await this.#extend((lease) => {
        const patch = { ...lease, ...(isNew ? progressed(this.#options.job.doc, checkpoint) : {}) };
        return alongside ? this.#writeWith(patch, alongside) : this.#write(patch);
      });
      if (isNew) this.#attempts = 1;
      this.#checkpoint = checkpoint;
    });
  }

  /** Ends the lease with the job's last move. `false`: another worker has it; nothing was written. */
  settle(patch: JobPatch): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!this.#isOpen) return false;
      this.leave();
      return this.#write(patch);
    });
  }

  abort(reason: AppError): void {
    this.#cancelTimers();
    if (!this.signal.aborted) this.#controller.abort(reason);
  }

  /** Gives the job up without a word: nothing is written any more, and the lease runs out. */
  leave(): void {
    this.#isOpen = false;
    this.abort(leaseLost());
  }

  #inTurn<R>(task: () => Promise<R>): Promise<R> {
    const result = this.#lastWrite.then(task);
    // The caller gets the failure; the next task only needs to know when this one is over.
    this.#lastWrite = result.catch(() => undefined);
    return result;
  }

  /** Every write that keeps the job also extends its lease. */
  async #extend(write: (lease: JobPatch) => Promise<boolean>): Promise<void> {
    const { clock, leaseMs } = this.#options;
    const now = clock.now();
    this.assertHeld();
    if (await write(leased(now, leaseMs))) this.#until = Math.max(this.#until, now + leaseMs);
    else this.abort(leaseLost());
    this.#setTimers();
    this.signal.throwIfAborted();
  }

  /** A write of unknown outcome may have moved the revision, which is then looked up once. */
  async #write(patch: JobPatch): Promise<boolean> {
    return (await this.#writeOnce(patch)) || ((await this.#findRev()) && this.#writeOnce(patch));
  }

  async #writeOnce(patch: JobPatch): Promise<boolean> {
    const { store, job } = this.#options;
    const isWritten = await store.patchIf(jobCollection, job.doc._id, patch, this.#rev);
    if (isWritten) this.#rev += 1;
    return isWritten;
  }

  async #findRev(): Promise<boolean> {
    const { store, job } = this.#options;
    const current = await store.get(jobCollection, job.doc._id);
    if (!this.#holds(current)) return false;
    this.#rev = current.rev;
    return true;
  }

  async #writeWith(
    patch: JobPatch,
    alongside: (tx: Transaction) => Promise<void>,
  ): Promise<boolean> {
    const { store, job } = this.#options;
    const rev = await store.transaction(async (tx) => {
      const current = await tx.get(jobCollection, job.doc._id);
      if (!this.#holds(current)) return undefined;
      await alongside(tx);
      await tx.replace(jobCollection, { ...current.doc, ...patch } as JobDocument);
      return current.rev;
    });
    if (rev === undefined) return false;
    this.#rev = rev + 1;
    return true;
  }

  #holds(current: Stored<JobDocument> | undefined): current is Stored<JobDocument> {
    const { holder } = this.#options.job.doc;
    return current?.doc.state === 'running' && current.doc.holder === holder;
  }

  async #beat(): Promise<void> {
    try {
      await this.#inTurn(async () => {
        if (this.#isOpen) await this.#extend((lease) => this.#write(lease));
      });
    } catch (error) {
      if (!this.#isOpen) return;
      this.#options.log.warn('lease not extended', { error });
      this.#setTimers();
    }
  }

  #setTimers(): void {
    this.#cancelTimers();
    if (!this.#isOpen || this.signal.aborted) return;
    const { clock, leaseMs } = this.#options;
    const left = Math.max(0, this.#until - clock.now());
    const cancels = [
      clock.after(leaseMs * HEARTBEAT, () => void this.#beat()),
      clock.after(left, () => this.abort(leaseLost())),
    ];
    this.#cancelTimers = () => {
      for (const cancel of cancels) cancel();
    };
  }
}

function leaseLost(): AppError {
  return new AppError(
    'conflict',
    'The lease of this job is over, and another worker may have taken it: nothing that this attempt does now counts.',
    { details: { reason: 'lease' } },
  );
}
