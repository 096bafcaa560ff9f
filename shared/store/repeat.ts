import { type Backoff, backoffMs } from '../kernel/backoff.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { kinds, reasonOf, type Task, withUnknownOutcome } from './failure.ts';

const WAIT: Backoff = { firstMs: 25, lastMs: 600 };

/** How long the store tries an operation, and how it waits between two tries. */
export interface Pace {
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly budgetMs: number;
  readonly maxTries: number;
  readonly log?: Log;
}

/** What a try must know of the tries before it. */
export interface Before {
  /** An earlier try may have been carried out although it failed. */
  readonly maybeDone: boolean;
  readonly tries: number;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or the time is up. An attempt that may be run
 * again must be safe to repeat: a read, a compare-and-set, or one that looks at `maybeDone`.
 *
 * @throws AppError with outcome `unknown` if any try may have been carried out
 */
export async function repeat<R>(
  pace: Pace,
  task: Task,
  attempt: (before: Before) => Promise<R>,
): Promise<R> {
  const until = pace.now() + pace.budgetMs;
  let maybeDone = false;
  for (let tries = 0; ; tries += 1) {
    try {
      const result = await attempt({ maybeDone, tries });
      if (tries > 0) {
        const { operation, collection } = task;
        pace.log?.info('store recovered', { count: tries, details: { operation, collection } });
      }
      return result;
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === undefined || !(error instanceof AppError)) throw error;
      maybeDone ||= error.details.outcome === 'unknown';
      // A connection that died while the instance was frozen says nothing about the next one. So the
      // time that the instance was frozen does not count.
      const wait =
        tries === 0 && reason === 'connection' ? 0 : backoffMs(WAIT, tries + 1, pace.random());
      const isLate = wait > 0 && pace.now() + wait >= until;
      const isLast = isLate || tries + 1 >= pace.maxTries;
      if (!kinds[reason].isPassing || isLast) throw maybeDone ? withUnknownOutcome(error) : error;
      if (wait > 0) await pace.pause(wait);
    }
  }
}
