import type { JobStore } from '../../../shared/jobs/lease.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { FakeClock } from '../fake-clock.ts';

/** An event that is due in an instance, or on the way to the database and back. */
export interface Pending {
  readonly happen: () => void;
  /** A request that was sent arrives even if its sender is frozen or dead by then. */
  readonly isUnderway: boolean;
}

/** One instance of the function: its own clock, its own connection, and what can happen to it. */
export interface Instance {
  readonly clock: Clock;
  readonly store: JobStore;
  /** The events that may happen next. */
  pending(): readonly Pending[];
  happen(pending: Pending): void;
  /** Waits for its turn: time that passes in the instance's own code. */
  turn(): Promise<void>;
  freeze(): void;
  thaw(): void;
  kill(): void;
  /** The next request is carried out or not, and its answer is lost. */
  loseNext(isCarriedOut: boolean): void;
  readonly isFrozen: boolean;
  readonly isDead: boolean;
}

export function createInstance(base: FakeClock, inner: JobStore, skewMs: number): Instance {
  let waiting: Pending[] = [];
  let [isFrozen, isDead] = [false, false];
  let loss: { readonly isCarriedOut: boolean } | undefined;

  function wait(isUnderway: boolean): Promise<void> {
    return new Promise((resolve) => waiting.push({ happen: resolve, isUnderway }));
  }

  async function ask<R>(operation: () => Promise<R>): Promise<R> {
    await wait(true);
    const lost = loss;
    loss = undefined;
    const result = lost?.isCarriedOut === false ? undefined : await operation();
    await wait(false);
    if (!lost) return result as R;
    throw new AppError('upstream', 'No answer.', { details: { outcome: 'unknown' } });
  }

  return {
    clock: {
      now: () => base.now() + skewMs,
      after: (delayMs, task) => {
        let isCancelled = false;
        const run = () => {
          if (!isCancelled) task();
        };
        // The timers of a frozen instance fire when it thaws, at any moment after that.
        const cancel = base.after(delayMs, () =>
          isFrozen ? waiting.push({ happen: run, isUnderway: false }) : !isDead && run(),
        );
        return () => {
          isCancelled = true;
          cancel();
        };
      },
    },
    store: {
      get: (...args) => ask(() => inner.get(...args)),
      query: (...args) => ask(() => inner.query(...args)),
      patchIf: (...args) => ask(() => inner.patchIf(...args)),
      transaction: (work) => ask(() => inner.transaction(work)),
    },
    pending: () => waiting.filter(({ isUnderway }) => isUnderway || !(isFrozen || isDead)),
    happen(pending) {
      waiting = waiting.filter((other) => other !== pending);
      pending.happen();
    },
    turn: () => wait(false),
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
    },
    kill() {
      isDead = true;
    },
    loseNext(isCarriedOut) {
      loss = { isCarriedOut };
    },
    get isFrozen() {
      return isFrozen;
    },
    get isDead() {
      return isDead;
    },
  };
}
